"""Years of payments in an hour: real payments through ``pay_many``, in the past, and what they weigh."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import timedelta

import psycopg

from bench.claims import say
from bench.http_town import HttpTown
from bench.throwaway import on_database

BATCH = 2_000
DAYS = 29


@dataclass(frozen=True)
class Weight:
    payments: int
    size: int


def weigh() -> Weight:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM payments_payment), pg_database_size(current_database())")
        return Weight(*cursor.fetchone())


def grow_to(name: str, town: HttpTown, payments: int, minutes: float) -> Weight:
    """Pay until there are so many, or the minutes are over, spread over the last days; answers the weight before. The
    database's owner allows the simulated past meanwhile, and takes that back.
    """
    from walletdesk.foundation.clock.public import at, now
    from walletdesk.money.payments.public import Paid, PayIntent, pay_many
    from walletdesk.trust.customers.public import PinProof

    before, began, today = weigh(), time.perf_counter(), now()
    shown = began
    missing = max(0, payments - before.payments)
    _simulate(name, allowed=True)
    try:
        for done in range(0, missing, BATCH):
            orders = town.orders(BATCH)
            with at(today - timedelta(days=DAYS * (1 - done / missing))) as _:
                moment = now()
                results = pay_many(
                    [PayIntent(str(order), payer.id, order, PinProof(payer.id, moment)) for order, payer in orders]
                )
            if not all(isinstance(result, Paid) for result in results):
                raise SystemExit(f"refused while growing: {[r for r in results if not isinstance(r, Paid)][:2]}")
            if time.perf_counter() - shown > 30:
                shown = time.perf_counter()
                say(f"  {before.payments + done:,} payments")
                if shown - began > minutes * 60:
                    break
    finally:
        _simulate(name, allowed=False)
    return before


def bytes_per_payment(before: Weight) -> int:
    """Says what each weighs; answers how many there are."""
    after = weigh()
    more = max(1, after.payments - before.payments)
    say(f"{after.payments:,} payments; {(after.size - before.size) / more:,.0f} bytes each, indexes and facts included")
    return after.payments


def _simulate(name: str, *, allowed: bool) -> None:
    with psycopg.connect(on_database(os.environ["DATABASE_OWNER_URL"], name), autocommit=True) as connection:
        connection.execute("UPDATE clock_simulation SET allowed = %s", [allowed])
