"""Statements that take a whole batch: sent to the server apart from their parameters, prepared, several in one flight.

Refuses to know what they say.
"""
