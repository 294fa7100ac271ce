"""The hotline: a call from its first ring to the record it leaves, told as states, places in a queue, promises and offers.

Refuses to know what carries sound (``ports.MediaGateway``), what a prompt sounds like, how long a wait is forecast to
be, and any page. It never believes a caller's number, and never dials one that is not on file.
"""
