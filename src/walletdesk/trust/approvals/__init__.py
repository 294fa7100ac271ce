"""Two persons: one proposes, another of another team decides, and neither is the one who gains.

A proposal is a sealed envelope: kind, subject, payload, and the hash of what was in it when it was made. The checker
approves a hash, so nobody can approve one thing and get another. A decided proposal never changes again; a changed wish
is a new proposal. The database holds all of this by itself (``sql/guards.sql``).

Refuses to know what approving does: the room above acts in the same transaction, on the state it reads here.
"""
