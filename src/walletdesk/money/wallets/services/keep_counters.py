"""The counters' rows: locked and read in one statement, written in one. The judging is pure (``rules/``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from walletdesk.foundation.arrays.public import int_array, of_arrays, texts_or_null, uuid_array
from walletdesk.foundation.statements.public import rows_of, sent
from walletdesk.money.wallets.queries.counters import KeptCounters, kept_in
from walletdesk.money.wallets.rules.counters import Counters

SQL = Path(__file__).resolve().parent.parent / "sql"
LOCK = (SQL / "lock_counters.sql").read_text()
WRITE = (SQL / "write_counters.sql").read_text()


def lock_counters(wallet_ids: Iterable[UUID]) -> dict[UUID, KeptCounters]:
    """The counters of these wallets, locked in id order until the transaction ends. Before the ledger's accounts."""
    wanted = list(set(wallet_ids))
    if not wanted:
        return {}
    return {row[0]: kept_in(row[1:]) for row in rows_of(LOCK, uuid_array(wanted))}


def write_counters(changed: Mapping[UUID, Counters]) -> None:
    """Write what :func:`lock_counters` has locked."""
    if not changed:
        return
    counters = list(changed.values())
    windows = [one.windows for one in counters]
    sent(
        WRITE,
        uuid_array(list(changed)),
        _dates([one.day if one else None for one in windows]),
        _dates([one.month if one else None for one in windows]),
        _dates([one.year if one else None for one in windows]),
        of_arrays([one.day for one in counters]),
        of_arrays([one.month for one in counters]),
        of_arrays([one.year for one in counters]),
        of_arrays([one.lifetime for one in counters]),
        int_array([one.incoming for one in counters]),
    )


def _dates(days: Sequence[date | None]) -> str:
    return texts_or_null([None if day is None else day.isoformat() for day in days])
