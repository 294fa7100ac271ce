"""R20 through ``/v1``: ten times what the server carries, from callers who wait for nobody's answer, then a few who do.

Everybody is answered: 201, or 503 with Retry-After. Who was accepted has paid, once; who was refused has not, and may ask again.
3 seconds on every change, 30 in ``bin/soak``; how soon the accepted were answered is told in both and judged in the soak, where
the usual load comes again as well, at its own pace.
"""

from __future__ import annotations

from itertools import repeat
from pathlib import Path

import pytest
from bench.http_load import Load, Seen
from bench.http_town import HttpTown

from tests.databases import FreshDatabase
from tests.faults.killed_servers import answered, server
from tests.faults.rounds import SOAK_MINUTES, size
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.models import Payment

pytestmark = pytest.mark.serial
SECONDS = size(3, 30)
LINES, MOST_LINES, CALM_LINES, TIMES = 64, 1_900, 4, 10
AT_LEAST_A_SECOND = 2_000
"""Asked, wherever other work has made the usual load look small."""
PROMISED_MS = 2_000
PATIENCE = 60.0


def test_r20_ten_times_the_load_is_refused_early_and_the_accepted_are_served(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    town = HttpTown(people=4_000, shops=20, seed=20)
    with server(fresh_database.environment, tmp_path) as open_for_all:
        port = open_for_all.port
        assert answered(repeat(port), town.requests(1)[0])[0] == 201, "it is up"
        usual = seen(port, town.requests(2_000), 2)
        carries = usual.accepted / usual.seconds
        rate = max(TIMES * carries, AT_LEAST_A_SECOND)
        wild = town.requests(int(rate * SECONDS))
        crowd = seen(port, wild, SECONDS, rate, MOST_LINES)
        print(f"R20 by API: carries {carries:.0f}/s, asked {crowd.sent / crowd.seconds:.0f}/s: {crowd}")
        assert set(crowd.statuses) == {201, 503}, crowd
        assert (crowd.without_retry_after, crowd.unanswered, crowd.broken) == (0, 0, 0), crowd
        after = seen(port, town.requests(50), PATIENCE, lines=CALM_LINES)
        assert after.statuses == {201: 50}, after
        if SOAK_MINUTES:
            assert crowd.p99_from_sent < PROMISED_MS, crowd
            paced = seen(port, town.requests(int(carries)), 5, carries / 3)
            assert set(paced.statuses) == {201}, paced
            after.statuses[201] += paced.statuses[201]
        paid = usual.statuses[201] + crowd.statuses[201] + after.statuses[201] + 1
        assert Payment.objects.count() == paid, "a refusal did something, or an answer was lost"
        again = answered(repeat(port), wild[-1]), answered(repeat(port), wild[-1])
        assert again[0] == again[1] and again[0][0] == 201, "the key of a refusal is as good as new"
    assert books_are_true_but_for_the_gift()


def books_are_true_but_for_the_gift() -> bool:
    """The town's money came from nowhere, so bills do not add up to balances (J12); everything else must."""
    return {found.invariant for found in check_books().findings} <= {"J12"}


def seen(
    port: int, requests: list[bytes], seconds: float, rate: float = 0, most: int = 0, *, lines: int = LINES
) -> Seen:
    load = Load(port, requests, lines, most)
    load.late_answers = PATIENCE
    try:
        return load.run(seconds, rate)
    finally:
        load.close()
