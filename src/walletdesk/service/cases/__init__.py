"""The one record of a matter: reference, promises with their clocks, timeline, payments it concerns, summary.

Refuses to know how money moves, who may act on it, what people wrote to each other, and what any page looks like.
"""
