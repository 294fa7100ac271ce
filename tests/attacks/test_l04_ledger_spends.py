"""L04: fifty parallel spends of the whole balance: one succeeds, and no balance is ever below zero."""

from __future__ import annotations

from functools import partial

from tests.databases import FreshDatabase
from tests.factories.ledger import Bookkeeper
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.public import Declined, Entry, Line, Posted, balances, check_books, post_many


def test_l04_fifty_spends_of_everything_leave_one_winner(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    anna, shop = books.account("anna", opening="38.00"), books.account("shop", "merchant_settlement")

    def spend(number: int) -> Posted | Declined:
        return post_many([Entry(uuid7(), "payment", f"order {number}", (Line(anna, shop, 3800),))])[0]

    answers = fresh_database.at_once(*(partial(spend, number) for number in range(50)))
    assert sum(type(answer) is Posted for answer in answers) == 1
    assert answers.count(Declined("insufficient_available", anna, 1)) == 49
    assert balances([anna])[anna].available == 0
    assert balances([shop])[shop].posted == 3800
    assert not check_books().findings


def test_l04_fifty_spends_in_one_batch_leave_one_winner(fresh_database: FreshDatabase) -> None:
    books = Bookkeeper()
    anna, shop = books.account("anna", opening="38.00"), books.account("shop", "merchant_settlement")
    answers = post_many([Entry(uuid7(), "payment", f"order {n}", (Line(anna, shop, 3800),)) for n in range(50)])
    assert [type(answer) for answer in answers] == [Posted] + [Declined] * 49
