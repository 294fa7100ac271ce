"""The counters' rows: locked and read in one statement, written in one. The judging is pure (``rules/``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from django.db import connection

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
    with connection.cursor() as cursor:
        cursor.execute(LOCK, {"wallets": wanted})
        return {row[0]: kept_in(row[1:]) for row in cursor.fetchall()}


def write_counters(changed: Mapping[UUID, Counters]) -> None:
    """Write what :func:`lock_counters` has locked."""
    if not changed:
        return
    rows = [
        {
            "wallet_id": str(wallet_id),
            "day": counters.windows.day.isoformat() if counters.windows else None,
            "month": counters.windows.month.isoformat() if counters.windows else None,
            "year": counters.windows.year.isoformat() if counters.windows else None,
            "day_used": counters.day,
            "month_used": counters.month,
            "year_used": counters.year,
            "lifetime_used": counters.lifetime,
            "incoming_minor": counters.incoming,
        }
        for wallet_id, counters in changed.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"rows": json.dumps(rows)})
