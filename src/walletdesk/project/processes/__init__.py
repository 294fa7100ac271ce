"""The processes of an installation: PostgreSQL as a direct child, pages, live, worker, sandbox; their start and their end.

Nothing here knows what a payment is. Nothing here imports Django: a process that only starts others stays small.
"""
