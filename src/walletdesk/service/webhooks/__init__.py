"""Telling other software what happened: webhooks by Standard Webhooks 1.0.0, and the same events as a feed.

An owner (a shop, or a customer with keys) names endpoints; what happened to things of that owner is written down once as
an event with the words it will always have, and each endpoint gets it signed, at least once, or the owner sees that it
was given up. Knows how a thing is shown to other software (``shapes``); refuses to know how an address is called (``ports.py``)
and who may ask (the doors do).
"""
