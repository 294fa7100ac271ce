"""Keys with which other software speaks for an owner, and the log of what it asked.

A key belongs to an owner, who is a kind and an id: what a merchant or a customer is, this room refuses to know. Nor does it
know what a scope opens: the doors ask for it by name. The secret is shown once; only its SHA-256 is kept.
"""
