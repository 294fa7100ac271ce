"""A hold whose time is over lets go of the money by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from walletdesk.foundation.clock.public import at, uuid7
from walletdesk.foundation.jobs.public import run_due_timers
from walletdesk.money.ledger.public import (
    AccountSpec,
    Entry,
    HoldRequest,
    Line,
    balances,
    open_accounts,
    place_holds,
    post_many,
    system_account,
)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_timer_releases_a_forgotten_hold() -> None:
    with at(MORNING):
        (wallet,) = open_accounts([AccountSpec("customer_wallet", "CNY", "customer:forgetful")])
        bank = system_account("bank_clearing", "CNY")
        post_many([Entry(uuid7(), "top_up", "spring", (Line(bank, wallet, 5_000),))])
        place_holds([HoldRequest(uuid7(), wallet, 3_000, "a deposit", MORNING + timedelta(minutes=10))])
        assert balances([wallet])[wallet].available == 2_000
    with at(MORNING + timedelta(minutes=11)):
        assert "ledger.expire_holds" in run_due_timers()
        assert balances([wallet])[wallet].available == 5_000
