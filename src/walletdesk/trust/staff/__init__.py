"""The people at the desk: name, employee number, team, role, and the table of what a role may do.

Refuses to know what the acts do: ``rules.py`` says who may, the rooms above say how.
"""
