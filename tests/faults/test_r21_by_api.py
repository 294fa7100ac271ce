"""R21 through ``/v1``: a freeze against fifty payments that a shop makes over HTTP by agreement. When it has committed, nothing
goes out any more (I10); what was paid before is answered with the same bytes, and what was refused may be paid when it is over.

Six races in ``bin/test``, 10,000 in ``bin/soak``.
"""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import purse, yuan
from tests.faults.api_house import ApiPayer, ApiTown, Notebook, api_server
from tests.faults.rounds import size
from walletdesk.client import Conflict, Walletdesk
from walletdesk.foundation.clock.public import now
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.public import OrderRequest, create_orders
from walletdesk.service.freezes.public import freeze_own, lift_own

pytestmark = pytest.mark.serial
RACES = size(6, 10_000)
PAYMENTS, AFTERWARDS, THREADS, AGAIN_EVERY = 50, 5, 10, 20
"""``AFTERWARDS``: so many of the payments are asked for when the freeze has committed."""


def pay(till: Walletdesk, order: str, agreement: str) -> tuple[str, float]:
    try:
        till.payments.create(order, agreement_id=agreement, key=f"race-{order}")
    except Conflict as refused:
        return refused.code, time.monotonic()
    return "paid", time.monotonic()


def race(
    till: Walletdesk, payer: ApiPayer, town: ApiTown, pool: ThreadPoolExecutor, dice: random.Random, took: float
) -> tuple[int, int, float]:
    """Paid, refused, and how long it took."""
    shop = town.shops[0].id
    orders = [str(order.id) for order in create_orders([OrderRequest(shop, yuan(1))] * PAYMENTS)]
    before, began = purse(payer.view).posted.minor, time.monotonic()

    def asked(some: list[str]) -> list[Future[tuple[str, float]]]:
        return [pool.submit(pay, till, order, payer.agreements[shop]) for order in some]

    under_way = asked(orders[:-AFTERWARDS])
    time.sleep(dice.uniform(0, took))
    freeze_own(payer.view.id, "page")
    left = purse(payer.view).posted.minor
    under_way += asked(orders[-AFTERWARDS:])
    answers = [one.result() for one in under_way]
    codes = [code for code, _ in answers]
    assert set(codes[-AFTERWARDS:]) == {"wallet_frozen"}, "asked for after the freeze"
    assert set(codes) <= {"paid", "wallet_frozen"}, codes
    assert purse(payer.view).posted.minor == left == before - 100 * codes.count("paid"), "something went out afterwards"
    assert not lift_own(payer.view.id, now()).frozen
    refused = [order for order, code in zip(orders, codes, strict=True) if code != "paid"]
    if refused:
        assert pay(till, refused[0], payer.agreements[shop])[0] == "paid", (
            "the same key drives it when the freeze is over"
        )
    return codes.count("paid"), codes.count("wallet_frozen"), max(at for _, at in answers) - began


def test_r21_after_the_freeze_nothing_goes_out_over_http(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    seed = int(os.environ.get("WALLETDESK_SEED") or random.SystemRandom().randrange(1_000_000_000))
    print(f"R21 over HTTP: {RACES} races of {PAYMENTS} payments, seed {seed}", flush=True)
    dice, took, paid, refused, again = random.Random(seed), 0.2, 0, 0, 0
    town = ApiTown(dice, people=1, money=RACES * (PAYMENTS + 1))
    with api_server(fresh_database.environment, tmp_path) as port, ThreadPoolExecutor(THREADS) as pool:
        notebook = Notebook()
        with notebook.client(port, town.shops[0].secret) as till:
            for number in range(1, RACES + 1):
                yes, no, took = race(till, town.payers[0], town, pool, dice, took)
                paid, refused = paid + yes, refused + no
                if number % AGAIN_EVERY == 0 or number == RACES:
                    again += notebook.ask_all_again(port)
                    notebook.pages.clear()
                    assert check_books().findings == ()
                    print(f"R21 over HTTP: {number} races, {paid} paid, {refused} refused", flush=True)
    assert again >= paid
    print(f"R21 over HTTP: {paid} paid before, {refused} refused after, {again} answered the same")
