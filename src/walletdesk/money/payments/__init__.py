"""Paying: orders and their codes, payments, top-ups from a bank, money from person to person, and what became of all that.

Knows who paid whom what for which order, and every attempt that failed. Refuses to know why money goes back (``refunds``
leaves a note here), cases, pages and how a bank is reached (``ports.py``).
"""
