"""Facts: what has happened, written in the transaction in which it happened, and told to others after it.

A fact goes upwards or sideways without the teller knowing who listens (``project/event_routes.py`` knows). Each listener
hears it at least once, or the delivery stands in a visible list of dead letters. Live pages hear a topic and a number by
NOTIFY and read the rest here. Refuses to know what any fact means.
"""
