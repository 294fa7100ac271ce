"""What went to payees who are limited by the day: read and written only for those, under the lock of the wallet's counters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from walletdesk.foundation.arrays.public import int_array, texts_or_null, uuid_array
from walletdesk.foundation.statements.public import rows_of, sent

SQL = Path(__file__).resolve().parent.parent / "sql"
READ = (SQL / "payee_uses.sql").read_text()
WRITE = (SQL / "write_payee_uses.sql").read_text()
GIVE_BACK = (SQL / "give_back_payee_uses.sql").read_text()
Pair = tuple[UUID, UUID | None]
"""A wallet and a payee."""


class PayeeUsed(NamedTuple):
    """What went to a payee on ``day``."""

    day: date
    minor: int

    def and_more(self, minor: int) -> PayeeUsed:
        return PayeeUsed(self.day, self.minor + minor)


class PayeeReturn(NamedTuple):
    """What had gone to a payee on ``day`` and came back."""

    wallet_id: UUID
    payee_id: UUID
    day: date
    minor: int


def payee_uses(days: Mapping[Pair, date]) -> dict[Pair, PayeeUsed]:
    """What each of these wallets has paid the payee beside it in the running day; one statement, none for none.

    A day never goes back: where the row is of a later one, that one still runs.
    """
    if not days:
        return {}
    pairs = list(days)
    rows = rows_of(READ, uuid_array([wallet for wallet, _ in pairs]), uuid_array([payee for _, payee in pairs]))
    found: dict[Pair, PayeeUsed] = {(wallet, payee): PayeeUsed(day, minor) for wallet, payee, day, minor in rows}
    nothing = {pair: PayeeUsed(day, 0) for pair, day in days.items()}
    return {
        pair: found[pair] if pair in found and found[pair].day >= day else nothing[pair] for pair, day in days.items()
    }


def write_payee_uses(paid: Mapping[Pair, PayeeUsed]) -> None:
    """Write what :func:`payee_uses` has read and what was posted since."""
    if not paid:
        return
    pairs, used = list(paid), list(paid.values())
    sent(
        WRITE,
        uuid_array([wallet for wallet, _ in pairs]),
        uuid_array([payee for _, payee in pairs]),
        texts_or_null([one.day.isoformat() for one in used]),
        int_array([one.minor for one in used]),
    )


def give_back_payee_uses(returns: Sequence[PayeeReturn]) -> None:
    """Take out what came back on the day of which the row speaks; one statement, none for nothing."""
    if not returns:
        return
    sent(
        GIVE_BACK,
        uuid_array([one.wallet_id for one in returns]),
        uuid_array([one.payee_id for one in returns]),
        texts_or_null([one.day.isoformat() for one in returns]),
        int_array([one.minor for one in returns]),
    )
