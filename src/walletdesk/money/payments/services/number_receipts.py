"""Receipt numbers for what is about to be written: the sequence is the database's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from walletdesk.money.payments.rules.receipt_numbers import receipt_number

NEXT = "SELECT nextval('payments_receipt_number') FROM generate_series(1, %s)"


def number_receipts(letter: str, moment: datetime, how_many: int) -> list[str]:
    """``how_many`` fresh numbers, one statement."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [how_many])
        return as_numbers(letter, moment, (sequence for (sequence,) in cursor.fetchall()))


def as_numbers(letter: str, moment: datetime, sequences: Iterable[int]) -> list[str]:
    """Places in the sequence as numbers. The hour in them is the house's."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return [receipt_number(letter, local, sequence) for sequence in sequences]
