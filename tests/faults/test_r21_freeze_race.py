"""R21: a freeze against fifty payments from other processes. When it has committed, nothing goes out any more (I10).

Twenty races in ``bin/test``; ``bin/soak freeze-race`` runs 10,000 (``--size`` for fewer). The seed and the time from the
freeze's commit to the last refused payment are printed. What a race is: ``freeze_races.py``.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.databases import FreshDatabase
from tests.faults.freeze_races import Owner, Races, racers_on
from walletdesk.money.ledger.public import check_books

pytestmark = pytest.mark.serial
RACES, PROCESSES, ALONE = 20, 2, 25


def test_r21_after_the_freeze_nothing_goes_out(fresh_database: FreshDatabase) -> None:
    seed = int(os.environ.get("WALLETDESK_SEED") or random.SystemRandom().randrange(1_000_000_000))
    print(f"R21 freeze: {RACES} races, payments from {PROCESSES} processes, seed {seed}", flush=True)
    seen = Races()
    with racers_on(fresh_database.name, PROCESSES) as racers:
        owner = Owner(random.Random(seed), racers, seen, ALONE)
        for _ in range(RACES):
            owner.race()
    assert check_books().findings == ()
    assert seen.refused, "every freeze came too late to refuse anything"
    print(f"R21 freeze: {seen.in_words()}")
