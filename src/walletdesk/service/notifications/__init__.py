"""Telling people: the in-app inbox in both languages, and mail with a log of its delivery.

Refuses to know what the messages are about: rooms above say what to tell, facts from below say what happened.
"""
