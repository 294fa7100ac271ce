"""How a payment is called by people: ``P 2605 1912 4119 07``.

A letter for the kind, the year and month, the day and hour (where the shop's clock hangs), a number from the database's
sequence, two check digits (ISO 7064, MOD 97-10). The sequence never repeats, so the number is unique for ever; beyond
9,999 it takes one more group of four. The check digits catch every single wrong digit and every swapped pair, on the
telephone too.
"""

from __future__ import annotations

import re
from datetime import datetime

PAYMENT, REFUND, TRANSFER, TOP_UP = "P", "R", "T", "U"
_WRITTEN = re.compile(r"([PRTU])([0-9]{14,30})", re.ASCII)


def receipt_number(letter: str, local: datetime, sequence: int) -> str:
    """The number for the ``sequence``-th receipt, made at the ``local`` hour."""
    groups = -(-max(len(str(sequence)), 4) // 4)
    digits = f"{local:%y%m%d%H}{sequence:0{groups * 4}d}"
    return spaced(letter + digits + check_digits(digits))


def check_digits(digits: str) -> str:
    """Two digits that make the whole number leave 1 when divided by 97."""
    return f"{98 - int(digits) * 100 % 97:02d}"


def spaced(compact: str) -> str:
    """``P26051912411907`` as people read it: the letter, then groups of four, the check digits alone."""
    letter, digits = compact[0], compact[1:]
    groups = [digits[i : i + 4] for i in range(0, len(digits) - 2, 4)]
    return " ".join([letter, *groups[:-1], groups[-1], digits[-2:]]) if len(digits) % 4 == 2 else compact


def read_receipt_number(text: str) -> str | None:
    """The number as it is stored, from what somebody typed or spelled; None if it is none or a digit is wrong."""
    compact = re.sub(r"[\s\-·.]", "", text).upper()
    match = _WRITTEN.fullmatch(compact)
    if match is None or len(match[2]) % 4 != 2 or int(match[2]) % 97 != 1:
        return None
    return spaced(compact)
