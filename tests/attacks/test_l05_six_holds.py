"""L05: six holds of 1,000 on 5,000: the sixth is refused, also when they come at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from tests.databases import FreshDatabase
from tests.factories.ledger import Bookkeeper, told
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.ledger.public import Declined, HoldPlaced, HoldRequest, balances, check_books, place_holds


@pytest.mark.django_db
def test_l05_the_sixth_hold_is_refused() -> None:
    told("""
        account  anna  customer_wallet  CNY  5000.00
        hold     1  anna 1000.00   | placed
        hold     2  anna 1000.00   | placed
        hold     3  anna 1000.00   | placed
        hold     4  anna 1000.00   | placed
        hold     5  anna 1000.00   | placed
        hold     6  anna 1000.00   | insufficient_available anna
        balance  anna  5000.00 5000.00
    """)


def test_l05_of_thirty_holds_at_once_five_stand(fresh_database: FreshDatabase) -> None:
    anna = Bookkeeper().account("anna", opening="5000.00")
    requests = [HoldRequest(uuid7(), anna, 100_000, f"hold {n}", now() + timedelta(hours=1)) for n in range(30)]
    answers = fresh_database.at_once(*(partial(place_holds, [request]) for request in requests))
    assert sum(type(answer) is HoldPlaced for [answer] in answers) == 5
    assert answers.count([Declined("insufficient_available", anna)]) == 25
    assert balances([anna])[anna].available == 0
    assert not check_books().findings
