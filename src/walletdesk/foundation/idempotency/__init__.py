"""One key, one effect, one answer: how a resent request finds what it did the first time.

The row of a key is written in the transaction of the effect, under a unique index on caller, route and key. So the key
and the effect are committed together or not at all, and a repetition reads the first answer instead of doing it again.
Refuses to know what the request does.
"""
