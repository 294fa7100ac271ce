"""L06: one hold captured twenty times in parallel: what is captured is at most what was held."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from tests.databases import FreshDatabase
from tests.factories.ledger import Bookkeeper
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.ledger.public import (
    Declined,
    HoldCapture,
    HoldRequest,
    Posted,
    balances,
    capture_holds,
    check_books,
    place_holds,
    release_holds,
)


def test_l06_one_of_twenty_captures_wins(fresh_database: FreshDatabase) -> None:
    books, hold = Bookkeeper(), uuid7()
    anna, shop = books.account("anna", opening="50.00"), books.account("shop", "merchant_settlement")
    place_holds([HoldRequest(hold, anna, 1000, "trip", now() + timedelta(hours=1))])

    def capture(number: int) -> Posted | Declined:
        return capture_holds([HoldCapture(hold, 600, shop, uuid7(), "capture", f"trip {number}")])[0]

    answers = fresh_database.at_once(*(partial(capture, number) for number in range(20)))
    assert sum(type(answer) is Posted for answer in answers) == 1
    assert answers.count(Declined("hold_resolved", anna)) == 19
    assert (balances([anna])[anna].posted, balances([anna])[anna].held) == (4400, 0)
    assert balances([shop])[shop].posted == 600
    assert not check_books().findings


def test_l06_captures_against_releases_give_one_end(fresh_database: FreshDatabase) -> None:
    books, hold = Bookkeeper(), uuid7()
    anna, shop = books.account("anna", opening="50.00"), books.account("shop", "merchant_settlement")
    place_holds([HoldRequest(hold, anna, 1000, "trip", now() + timedelta(hours=1))])
    captures = [partial(capture_holds, [HoldCapture(hold, 1000, shop, uuid7(), "c", f"{n}")]) for n in range(8)]
    releases = [partial(release_holds, [hold]) for _ in range(8)]
    answers = fresh_database.at_once(*captures, *releases)
    captured = sum(type(answer) is Posted for [answer] in answers)
    released = sum(type(answer) is not Declined and not answer.replayed for [answer] in answers[8:])
    assert captured + released == 1
    assert balances([shop])[shop].posted == 1000 * captured
    assert not check_books().findings
