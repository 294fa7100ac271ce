"""The till: a shop signs up, shows a code, sees it turn to "paid" by itself, reads its takings, answers the desk.

Knows no rule: it asks the rooms and draws what they say. Everything here belongs to the shop of the one who is signed
in; another shop's order or case does not exist.
"""
