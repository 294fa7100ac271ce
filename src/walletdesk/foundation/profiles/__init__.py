"""The figures that an operator may turn: limits, fees, promised times; each row has a date and a source.

Refuses to know what a figure is used for. A row is never changed: a new figure is a new row from a later date, so that
what held on a past day can always be said.
"""
