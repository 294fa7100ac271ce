"""The media engine: every leg's sound, 8,000 samples a second, in a process of its own.

Knows legs, sounds, bridges and recordings; nothing of calls, menus, people or signalling. All legs are plain RTP with
G.711 and RFC 4733 events. One tick every 20 ms does all legs at once, as arrays. ``client.MediaEngine`` drives it.
"""
