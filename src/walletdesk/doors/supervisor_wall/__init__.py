"""The wall and the pages behind it: how long people wait, who is there, what was promised, how many people next week takes,
what the telephone says first.

Knows no rule: it asks the rooms (workforce, hotline, cases) and draws what they say. The wall is read from five metres and
scrolls nothing; the pages behind it are desks like any other.
"""
