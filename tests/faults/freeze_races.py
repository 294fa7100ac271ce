"""A freeze against fifty payments of its owner that are under way in other processes: what R21 looks at.

    with racers_on(database, 2) as racers:
        owner = Owner(dice, racers, seen)
        owner.race()

``ALONE`` of the payments come one by one, as pages bring them; the rest in groups of two to twenty-five, as the API's lane does.
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

from tests.databases import app_url
from tests.factories.money import a_payer, a_shop, purse, yuan
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import OrderRequest, create_orders
from walletdesk.service.freezes.public import freeze_own, lift_own

PAYMENTS, ALONE, LARGEST_GROUP = 50, 8, 25
THREADS = 5
"""Of each process that pays."""
RACES_OF_ONE = 100
"""Then somebody else is the owner, so that nobody's day is full."""
ORDERS_FOR = 10
"""Races whose orders are made together."""
Racer = subprocess.Popen[str]


@dataclass
class Races:
    """``late`` are the seconds from the commit of each freeze to the last payment that it refused."""

    paid: int = 0
    refused: int = 0
    late: list[float] = field(default_factory=list)

    def in_words(self) -> str:
        late = sorted(self.late)
        return (
            f"{len(late):,} races, {self.paid:,} paid before, {self.refused:,} refused after, 0 out after a freeze (I10); "
            f"freeze to last refused payment: median {late[len(late) // 2]:.3f} s, 99 % {late[len(late) * 99 // 100]:.3f} s, "
            f"longest {late[-1]:.3f} s"
        )


@contextmanager
def racers_on(database: str, how_many: int) -> Iterator[list[Racer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(_a_racer(database)) for _ in range(how_many)]


@contextmanager
def _a_racer(database: str) -> Iterator[Racer]:
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


class Owner:
    """Whoever taps "freeze", again and again. The next freeze comes at a random moment within the time that the last race
    took. ``alone`` of the payments come one by one.
    """

    def __init__(self, dice: random.Random, racers: list[Racer], seen: Races, alone: int = ALONE) -> None:
        self.dice, self.racers, self.seen, self.alone = dice, racers, seen, alone
        self.took, self.orders, self.races = 0.1, [], 0
        self.shop = a_shop().id
        self.anna = a_payer(RACES_OF_ONE * PAYMENTS // 10)

    orders: list[str]

    def race(self) -> None:
        if self.races == RACES_OF_ONE:
            self.anna, self.races = a_payer(RACES_OF_ONE * PAYMENTS // 10), 0
        self.races += 1
        groups = self._groups()
        before = purse(self.anna).posted.minor
        for number, racer in enumerate(self.racers):
            assert racer.stdin is not None
            racer.stdin.write(json.dumps([str(self.anna.id), groups[number :: len(self.racers)]]) + "\n")
            racer.stdin.flush()
        began = time.monotonic()
        time.sleep(self.dice.uniform(0, self.took))
        freeze_own(self.anna.id, "page")
        committed = time.monotonic()
        left = purse(self.anna).posted.minor
        answers = [answer for racer in self.racers for answer in json.loads(racer.stdout.readline())]  # type: ignore[union-attr]
        self.took = max(at for _, at in answers) - began
        self._judge(answers, before, left, committed)
        assert not lift_own(self.anna.id, now()).frozen

    def _groups(self) -> list[list[str]]:
        """Fifty orders in the groups in which they will be paid, in a random order."""
        if len(self.orders) < PAYMENTS:
            self.orders = [
                str(one.id) for one in create_orders([OrderRequest(self.shop, yuan("0.10"))] * PAYMENTS * ORDERS_FOR)
            ]
        mine, self.orders = self.orders[:PAYMENTS], self.orders[PAYMENTS:]
        groups, rest = [[one] for one in mine[: self.alone]], mine[self.alone :]
        while rest:
            size = self.dice.randint(2, LARGEST_GROUP)
            groups.append(rest[:size])
            rest = rest[size:]
        self.dice.shuffle(groups)
        return groups

    def _judge(self, answers: list[tuple[str, float]], before: int, left: int, committed: float) -> None:
        """What left is what was answered "paid"; and nothing has left since the freeze's commit."""
        codes = [code for code, _ in answers]
        assert len(codes) == PAYMENTS and set(codes) <= {"paid", "wallet_frozen"}, codes
        after = purse(self.anna).posted.minor
        assert after == left == before - 10 * codes.count("paid"), (before, left, after, codes.count("paid"))
        self.seen.paid += codes.count("paid")
        self.seen.refused += codes.count("wallet_frozen")
        self.seen.late.append(max([at - committed for code, at in answers if code == "wallet_frozen"], default=0.0))
