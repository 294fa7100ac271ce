"""L07: a hold that was rejected, released or has expired is committed through its queued id: refused, a conflict."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.ledger import Bookkeeper, told
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.errors import Conflict, Invalid
from walletdesk.money.ledger.public import Declined, HoldCapture, capture_holds, expire_holds, refusal_of

pytestmark = pytest.mark.django_db


def test_l07_dead_holds_are_not_captured() -> None:
    books = Bookkeeper()
    told(
        """
        account  anna      customer_wallet      CNY  50.00
        account  shop      merchant_settlement  CNY
        hold     rejected  anna 50.01                           | insufficient_available anna
        hold     released  anna 10.00                           | placed
        hold     expired   anna 10.00 60                        | placed
        release  released                                       | released
        capture  1  anna > shop 10.00 captures released         | hold_resolved anna
        """,
        books,
    )
    with at(now() + timedelta(hours=1)):
        told("capture  2  anna > shop 10.00 captures expired  | hold_expired anna", books)
        assert expire_holds() == 1
        told("capture  3  anna > shop 10.00 captures expired  | hold_resolved anna", books)
    shop = books.accounts["shop"]
    answers = capture_holds([HoldCapture(hold, 100, shop, uuid7(), "c", name) for name, hold in books.holds.items()])
    assert [answer.code for answer in answers if isinstance(answer, Declined)] == [
        "hold_unknown",
        "hold_resolved",
        "hold_resolved",
    ]
    told("balance anna 50.00 0.00", books)


def test_l07_a_dead_hold_is_a_conflict_to_the_caller() -> None:
    assert isinstance(refusal_of(Declined("hold_resolved")), Conflict)
    assert isinstance(refusal_of(Declined("hold_expired")), Conflict)
    assert isinstance(refusal_of(Declined("hold_unknown")), Invalid)
