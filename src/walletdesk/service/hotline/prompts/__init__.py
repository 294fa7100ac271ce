"""What the hotline says: every sentence and figure in two languages, its sound, and who recorded it when.

A room inside the hotline's. Refuses to know calls, callers and queues: it is given names and figures (``rules/said.py`` of
the hotline) and answers with sound files. A sound that is missing is found at start, never by a caller.
"""
