"""The customer number: a serial from the database and one check digit (Damm), shown as ``WD-8821 0463``.

The check digit catches every single wrong digit and every swap of two neighbours, so a number read out over the
telephone is either right or refused; it never silently names somebody else.
"""

from __future__ import annotations

import re

PREFIX = "WD-"
_WRITTEN = re.compile(r"(?:WD)?([0-9]{8,18})", re.ASCII | re.IGNORECASE)
# A weakly totally anti-symmetric quasigroup of order ten (H. Michael Damm, 2004): row = so far, column = next digit.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(serial: int) -> int:
    """The digit that makes ``serial`` a number: ``8821046`` → ``3``."""
    row = 0
    for digit in str(serial):
        row = int(_DAMM[row][int(digit)])
    return row


def show_number(serial: int) -> str:
    """``8821046`` → ``WD-8821 0463``; the last four digits stand apart, however long the number grows."""
    digits = f"{serial}{check_digit(serial)}"
    return f"{PREFIX}{digits[:-4]} {digits[-4:]}"


def read_number(text: str) -> int | None:
    """The serial behind a written number, or None when it is none or its check digit is wrong.

    Spaces, dashes and case do not matter; the prefix may be left out.
    """
    match = _WRITTEN.fullmatch(re.sub(r"[\s\-]", "", text))
    if match is None:
        return None
    serial = int(match[1][:-1])
    return serial if str(serial) == match[1][:-1] and check_digit(serial) == int(match[1][-1]) else None
