"""A counter's row as the rules see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from walletdesk.money.wallets.models import LimitCounter
from walletdesk.money.wallets.rules.counters import Counters, padded
from walletdesk.money.wallets.rules.windows import Windows

COLUMNS = (
    "day",
    "month",
    "year",
    "day_used",
    "month_used",
    "year_used",
    "lifetime_used",
    "incoming_minor",
    "has_own_limits",
    "has_payee_limits",
)
"""In the order of ``sql/lock_counters.sql``."""


@dataclass(frozen=True, slots=True)
class KeptCounters:
    """One wallet's counters as they stand, and whether its owner has ever set limits, and any of one payee."""

    counters: Counters
    has_own_limits: bool
    has_payee_limits: bool


def kept_in(columns: Sequence[Any]) -> KeptCounters:
    """The values of ``COLUMNS``."""
    day, month, year, by_day, by_month, by_year, ever, incoming, has_own, of_payees = columns
    counters = Counters(
        windows=Windows(day, month, year) if day else None,
        day=padded(tuple(by_day)),
        month=padded(tuple(by_month)),
        year=padded(tuple(by_year)),
        lifetime=padded(tuple(ever)),
        incoming=incoming,
    )
    return KeptCounters(counters, has_own, of_payees)


def counters_of(wallet_id: UUID) -> Counters:
    """The counters as they stand, without a lock: to be shown."""
    return kept_in(LimitCounter.objects.values_list(*COLUMNS).get(pk=wallet_id)).counters
