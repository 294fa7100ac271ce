"""Entries, holds and answers as values, and the layout in which a batch of entries travels to the database.

    Entry(uuid7(), "payment", "order 81/1", (Line(wallet, merchant, 3800), Line(merchant, fees, 23)))

A line moves an amount in whole minor units from the ``debit`` account to the ``credit`` account: out of a wallet is a
debit, into it a credit. A frozen value, so that a batch can be built in one place and posted in another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from walletdesk.foundation.arrays.public import int_array, text_array, uuid_array

_FITS_A_COLUMN = 2**63 - 1


class Line(NamedTuple):
    """``amount`` minor units from ``debit`` to ``credit`` (ids of ledger accounts)."""

    debit: int
    credit: int
    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One business event. ``(kind, reference)`` is its business key: it is posted once, ever.

    ``reverses`` is the entry whose exact opposite this is; ``refunds`` the entry of which it gives something back;
    ``captures`` the funds hold that it uses up. At most one of ``reverses`` and ``refunds``.
    """

    id: UUID
    kind: str
    reference: str
    lines: tuple[Line, ...]
    reverses: UUID | None = None
    refunds: UUID | None = None
    memo: str = ""
    captures: UUID | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """It stands in the books. ``replayed``: it stood there before; ``entry_id`` is the entry of the first time."""

    entry_id: UUID
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """It was refused and moved nothing. ``line_no`` counts from 1; None when the refusal is about the whole."""

    code: str
    account_id: int | None = None
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """``amount`` of ``account`` set aside until ``expires_at``. ``id`` and ``reference`` are both its keys."""

    id: UUID
    account: int
    amount: int
    reference: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    hold_id: UUID
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class HoldReleased:
    hold_id: UUID
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class HoldCapture:
    """Use up the hold: ``amount`` of it goes from the held account to ``credit``, the rest is available again."""

    hold_id: UUID
    amount: int
    credit: int
    entry_id: UUID
    kind: str
    reference: str
    memo: str = ""


def column_sized(amount: int) -> int:
    """An amount beyond 64 bits cannot travel; it is cut to the biggest that can, which the books refuse as too big."""
    return amount if -_FITS_A_COLUMN <= amount <= _FITS_A_COLUMN else _FITS_A_COLUMN if amount > 0 else -_FITS_A_COLUMN


def laid_out(entries: Sequence[Entry]) -> tuple[Any, ...]:
    """The parallel arrays of ``ledger_post`` (see ``sql/posting.sql``): 9 by entry, the accounts, 3 by line.

    Each account appears once, in id order, and lines name its place; ``twin_of`` names the first entry with the same key or id. A
    column in which nobody says anything (links, memos, twins: most batches) travels as None.
    """
    lines = [line for entry in entries for line in entry.lines]
    accounts = sorted({line[0] for line in lines} | {line[1] for line in lines})
    place_of = dict(zip(accounts, range(1, len(accounts) + 1), strict=True))
    first_with: dict[Any, int] = {}
    twin_of: list[int] = []
    until: list[int] = []
    lines_so_far = 0
    for ordinal, entry in enumerate(entries, start=1):
        first = first_with.setdefault((entry.kind, entry.reference), ordinal)
        twin_of.append(min(first, first_with.setdefault(entry.id, first)))
        lines_so_far += len(entry.lines)
        until.append(lines_so_far)
    return (
        uuid_array([entry.id for entry in entries]),
        text_array([entry.kind for entry in entries]),
        text_array([entry.reference for entry in entries]),
        uuid_array([entry.reverses for entry in entries]),
        uuid_array([entry.refunds for entry in entries]),
        uuid_array([entry.captures for entry in entries]),
        text_array([entry.memo for entry in entries]) if any(entry.memo for entry in entries) else None,
        int_array(twin_of) if len(first_with) < 2 * len(entries) else None,
        int_array(until),
        int_array(accounts),
        int_array([place_of[line[0]] for line in lines]),
        int_array([place_of[line[1]] for line in lines]),
        int_array([column_sized(line[2]) for line in lines]),
    )
