"""Is the customer who they say they are, and is the agent? Answered by the customer's own device, both ways at once.

The agent asks; the signed-in app shows who asks (name, employee number), about which case, and a code that the agent
sees too. "Yes, this is genuine" proves each side to the other. A voice, a number and knowledge prove nothing.
The levels are written down in ``rules.py``.

Refuses to know what a case is about and what a level allows; the rooms above decide that.
"""
