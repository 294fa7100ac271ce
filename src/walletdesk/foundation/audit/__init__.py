"""Who did what, to what, why: a list that only grows, each row sealed by a hash over itself and the row before.

Refuses to know what an act means, and refuses to forget: no row is changed or removed, by trigger and by privilege.
"""
