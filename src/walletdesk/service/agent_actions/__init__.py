"""What an agent can do for a customer: look, ask, unmask, propose money back; and what a second person decides.

Every act is bound to a case, is checked against the role at that moment, and is written down where the customer can
read it. Refuses to know pages, and to do anything to money that two people have not agreed on.
"""
