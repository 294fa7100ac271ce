"""The desk: where agents see a case, its customer and the money, and act under policy; where the second person approves.

Knows no rule: it asks the rooms, draws what they say and passes on what somebody pressed. ``showing`` turns what rooms
answer into what a page reads; the views beside it are one page each.
"""
