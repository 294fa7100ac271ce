"""Who watches those who help: looks at accounts, doors broken open, pairs that always agree, and the way back for staff.

An alarm is a row that somebody else has to answer; nobody answers one about themselves. Refuses to know how a case is
solved, and refuses to stop ordinary work: it counts, tells, and draws the line only at a ceiling.
"""
