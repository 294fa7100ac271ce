"""The customer's door: a phone in one hand. It parses, asks the rooms, and shows; no rule lives here.

Every page works without a script by links and forms; with one the camera scans, the pad draws and parts stay live.
"""
