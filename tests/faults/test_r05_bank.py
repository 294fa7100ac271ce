"""R05: writers on a small hot set of accounts; every read of all balances, at any moment, equals the total.

Six writers and two readers, twenty seconds in ``bin/test`` shared by the rounds (WALLETDESK_R05_SECONDS changes it).
"""

from __future__ import annotations

import os
import time
from collections import Counter
from functools import partial
from random import Random

import pytest

from tests.databases import FreshDatabase
from tests.factories.ledger import Bookkeeper
from tests.faults.rounds import rounds
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.public import Declined, Entry, Line, balances, check_books, post_many

pytestmark = pytest.mark.serial
SECONDS = float(os.environ.get("WALLETDESK_R05_SECONDS", "20"))
OPENING = 1000


def write(accounts: list[int], seed: int, ends: float) -> Counter[str]:
    """Batches of random transfers, some with two lines, until the time is over; how they were answered."""
    dice, answered = Random(seed), Counter[str]()
    while time.monotonic() < ends:
        batch = []
        for _ in range(dice.choice([1, 2, 10, 50])):
            one, two, three = dice.sample(accounts, 3)
            lines = (Line(one, two, dice.randint(1, 400)), Line(two, three, dice.randint(1, 400)))
            batch.append(Entry(uuid7(), "bank", uuid7().hex, lines[: dice.randint(1, 2)]))
        answered.update(answer.code if isinstance(answer, Declined) else "posted" for answer in post_many(batch))
    return answered


def read(accounts: list[int], total: int, ends: float, pause: float = 0.0) -> int:
    """How many times all balances were read; each time they must be the total, and none below zero."""
    times = 0
    while time.monotonic() < ends:
        seen = balances(accounts)
        assert sum(balance.posted for balance in seen.values()) == total
        assert min(balance.available for balance in seen.values()) >= 0
        times += 1
        time.sleep(pause)
    return times


def test_r05_the_total_is_the_total_at_every_moment(fresh_database: FreshDatabase) -> None:
    for dice in rounds("R05 bank", small=1):
        books = Bookkeeper()
        accounts = [books.account(f"c{n}", opening="10.00") for n in range(8)]
        ends = time.monotonic() + SECONDS
        writers = [partial(write, accounts, dice.randrange(10**9), ends) for _ in range(6)]
        readers = [partial(read, accounts, OPENING * len(accounts), ends) for _ in range(2)]
        results = fresh_database.at_once(*writers, *readers)
        failed = [result for result in results if isinstance(result, BaseException)]
        assert not failed, failed
        answered = sum(results[:6], Counter[str]())
        assert set(answered) == {"posted", "insufficient_available"}
        assert check_books().findings == ()
        print(f"R05 bank: {dict(answered)}, all balances read {sum(results[6:])} times")
