"""The people whose money it is: who they are to us, how they are shown to others, and the PIN that moves their money.

    number.py      WD-8821 0463: a number from the database with a check digit
    masking.py     林*雨, 138****2046, l***@example.com
    pin.py         which six digits are a PIN; five tries, then a timed lock
    set_tier.py    how well the person is known, 4 to 1; what a tier may move stands with the wallets

Refuses to know about money, cases and staff. A telephone number here is an address, never a proof.
"""
