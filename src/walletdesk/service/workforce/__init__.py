"""Waiting, understood: how long a caller will wait, when few call, how many people are needed, what was kept.

Reads the hotline's calls and counts them by the hour. Refuses to know how a call is carried, who is next in the queue
(the hotline's own rule), and who any caller is: nothing here names a person who called.
"""
