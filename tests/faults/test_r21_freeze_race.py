"""R21: a freeze against fifty payments from other processes. When it has committed, nothing goes out any more (I10).

Twenty races in ``bin/test``, 10,000 in ``bin/soak`` (``WALLETDESK_R21_RACES`` changes it); the seed and the longest time
from the freeze's commit to the last refused payment are printed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from tests.databases import FreshDatabase, app_url
from tests.factories.money import a_payer, a_shop, purse, yuan
from tests.faults.rounds import SOAK_MINUTES
from walletdesk.foundation.clock.public import now
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.public import OrderRequest, create_orders
from walletdesk.service.freezes.public import freeze_own, lift_own
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.serial
RACES = int(os.environ.get("WALLETDESK_R21_RACES", "10000" if SOAK_MINUTES else "20"))
PROCESSES, THREADS, PAYMENTS = 2, 5, 50
BOOKS_EVERY = 500


@dataclass
class Races:
    """``late`` are the seconds from the commit of a freeze to the last payment that it refused, ``took`` those that the
    last race took: the next freeze comes somewhere within as long.
    """

    paid: int = 0
    refused: int = 0
    late: list[float] = field(default_factory=list)
    took: float = 0.1


@contextmanager
def a_racer(database: str) -> Iterator[subprocess.Popen[str]]:
    racer = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.freeze_racer", str(THREADS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"DATABASE_URL": app_url(database)},
    )  # fmt: skip
    assert racer.stdin is not None and racer.stdout is not None
    try:
        assert racer.stdout.readline() == "ready\n"
        yield racer
    finally:
        racer.stdin.close()
        racer.wait(timeout=30)
        racer.stdout.close()


def race(anna: CustomerView, shop: UUID, racers: list[subprocess.Popen[str]], dice: random.Random, seen: Races) -> None:
    """Fifty payments under way in other processes, and the owner's tap somewhere in the middle of them."""
    orders = [str(order.id) for order in create_orders([OrderRequest(shop, yuan(1))] * PAYMENTS)]
    before = purse(anna).posted.minor
    share = PAYMENTS // len(racers)
    for number, racer in enumerate(racers):
        assert racer.stdin is not None
        racer.stdin.write(json.dumps([str(anna.id), orders[number * share : (number + 1) * share]]) + "\n")
        racer.stdin.flush()
    began = time.monotonic()
    time.sleep(dice.uniform(0, seen.took))
    freeze_own(anna.id, "page")
    committed = time.monotonic()
    left = purse(anna).posted.minor
    answers = [answer for racer in racers for answer in json.loads(racer.stdout.readline())]  # type: ignore[union-attr]
    seen.took = max(at for _, at in answers) - began
    codes = [code for code, _ in answers]
    assert set(codes) <= {"paid", "wallet_frozen"}, codes
    assert purse(anna).posted.minor == left == before - 100 * codes.count("paid")
    seen.paid += codes.count("paid")
    seen.refused += codes.count("wallet_frozen")
    seen.late.append(max([at - committed for code, at in answers if code == "wallet_frozen"], default=0.0))
    assert not lift_own(anna.id, now()).frozen


def test_r21_after_the_freeze_nothing_goes_out(fresh_database: FreshDatabase) -> None:
    seed = int(os.environ.get("WALLETDESK_SEED") or random.SystemRandom().randrange(1_000_000_000))
    print(f"R21 freeze: {RACES} races of {PAYMENTS} payments from {PROCESSES} processes, seed {seed}", flush=True)
    dice, seen = random.Random(seed), Races()
    anna, shop = a_payer(RACES * PAYMENTS), a_shop().id
    with ExitStack() as stack:
        racers = [stack.enter_context(a_racer(fresh_database.name)) for _ in range(PROCESSES)]
        for number in range(1, RACES + 1):
            race(anna, shop, racers, dice, seen)
            if number % BOOKS_EVERY == 0:
                assert check_books().findings == ()
                print(f"R21 freeze: {number} races, longest {max(seen.late):.3f} s", flush=True)
    assert check_books().findings == ()
    assert seen.refused, "every freeze came too late to refuse anything"
    late = sorted(seen.late)
    print(f"R21 freeze: {seen.paid} paid before, {seen.refused} refused after, 0 out after a freeze (I10)")
    print(f"R21 freeze to last refused payment: median {late[len(late) // 2]:.3f} s, longest {late[-1]:.3f} s")
