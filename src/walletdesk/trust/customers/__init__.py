"""The people whose money it is: who they are to us, how they are shown to others, and the PIN that moves their money.

    number.py      WD-8821 0463: a number from the database with a check digit
    masking.py     林*雨, 138****2046, l***@example.com
    pin.py         which six digits are a PIN; five tries, then a timed lock

Refuses to know about money, cases and staff. A telephone number here is an address, never a proof.
"""
