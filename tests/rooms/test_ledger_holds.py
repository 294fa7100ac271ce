"""Funds holds: money set aside, used up once, given back once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.ledger import Bookkeeper, told
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.money.ledger.public import (
    Declined,
    HoldCapture,
    HoldPlaced,
    HoldRequest,
    Posted,
    balances,
    capture_holds,
    check_books,
    expire_holds,
    place_holds,
)

pytestmark = pytest.mark.django_db


def test_a_hold_counts_in_available_at_once() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     trip   anna 30.00                   | placed
        balance  anna   50.00 30.00
        payment  1      anna > shop 20.01            | insufficient_available anna
        payment  2      anna > shop 20.00            | posted
        hold     taxi   anna 0.01                    | insufficient_available anna
    """)


def test_a_hold_is_captured_whole() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     trip   anna 50.00                          | placed
        capture  trip   anna > shop 50.00 captures trip     | posted
        balance  anna   0.00 0.00
        balance  shop   50.00
    """)


def test_what_is_not_captured_is_available_again() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     trip   anna 50.00                          | placed
        batch
            payment  1     anna > shop 0.01                     | insufficient_available anna
            capture  trip  anna > shop 30.00 captures trip      | posted
            payment  2     anna > shop 20.00                    | posted
        balance  anna   0.00 0.00
    """)


def test_a_capture_may_split_and_counts_what_it_takes_from_the_held_account() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        account  ben    customer_wallet      CNY  1.00
        hold     trip   anna 10.00                                                              | placed
        capture  1      anna > shop 6.00 + anna > fee_income:CNY 4.01 captures trip             | hold_exceeded anna
        capture  2      ben > shop 1.00 captures trip                                           | hold_account_differs anna
        capture  3      anna > shop 6.00 + anna > fee_income:CNY 4.00 captures trip             | posted
        balance  anna   40.00 0.00
    """)


def test_a_hold_ends_once() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     one    anna 10.00                          | placed
        hold     two    anna 10.00                          | placed
        batch
            capture  1  anna > shop 10.00 captures one      | posted
            capture  2  anna > shop 10.00 captures one      | hold_resolved anna
        capture  3      anna > shop 10.00 captures one      | hold_resolved anna
        capture  1      anna > shop 10.00 captures one      | replayed
        release  one                                        | hold_resolved anna
        release  two                                        | released
        release  two                                        | replayed
        capture  4      anna > shop 10.00 captures two      | hold_resolved anna
        release  never-was                                  | hold_unknown
        capture  5      anna > shop 10.00 captures never-was  | hold_unknown
        balance  anna   40.00 0.00
    """)


def test_an_account_frozen_after_the_hold_refuses_the_capture_and_keeps_the_hold() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     trip   anna 10.00                          | placed
        freeze   anna   debit
        capture  1      anna > shop 10.00 captures trip     | account_frozen anna
        hold     taxi   anna 1.00                           | account_frozen anna
        balance  anna   50.00 10.00
        freeze   anna   none
        capture  2      anna > shop 10.00 captures trip     | posted
    """)


def test_a_frozen_account_gets_its_own_held_money_back() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        hold     trip   anna 10.00                          | placed
        freeze   anna   full
        release  trip                                       | released
        balance  anna   50.00 0.00
    """)


def test_a_declined_capture_gives_the_hold_back_to_the_batch() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        account  ben    customer_wallet      CNY
        hold     trip   anna 50.00                                                  | placed
        batch
            capture  1  anna > shop 50.00 + ben > shop 1.00 captures trip           | insufficient_available ben
            payment  2  anna > shop 0.01                                            | insufficient_available anna
            capture  3  anna > shop 50.00 captures trip                             | posted
        balance  shop   50.00
    """)


def test_holds_whose_time_is_over_expire_and_cannot_be_captured() -> None:
    books = Bookkeeper()
    told(
        """
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     short  anna 10.00 60                       | placed
        hold     long   anna 10.00 7200                     | placed
    """,
        books,
    )
    with at(now() + timedelta(minutes=2)):
        told("capture  1  anna > shop 10.00 captures short  | hold_expired anna", books)
        assert expire_holds() == 1
        assert expire_holds() == 0
    told(
        """
        balance  anna   50.00 10.00
        release  short                                      | hold_resolved anna
        capture  2      anna > shop 10.00 captures long     | posted
    """,
        books,
    )


def test_a_hold_repeated_is_answered_and_another_under_its_name_is_refused() -> None:
    anna = Bookkeeper().account("anna", opening="50.00")
    later = now() + timedelta(hours=1)
    first = HoldRequest(uuid7(), anna, 1000, "trip 1", later)
    assert place_holds([first, first]) == [HoldPlaced(first.id), HoldPlaced(first.id, replayed=True)]
    assert place_holds([HoldRequest(uuid7(), anna, 1000, "trip 1", later)]) == [HoldPlaced(first.id, replayed=True)]
    assert place_holds([HoldRequest(uuid7(), anna, 1001, "trip 1", later)]) == [Declined("reference_used", anna)]
    assert place_holds([HoldRequest(uuid7(), anna, 1, "trip 2", now() - timedelta(1))]) == [
        Declined("hold_expired", anna)
    ]
    assert place_holds([HoldRequest(uuid7(), anna, 2**70, "trip 3", later)]) == [Declined("amount_too_big", anna)]
    assert place_holds([HoldRequest(uuid7(), anna, 0, "trip 4", later)]) == [Declined("amount_not_positive", anna)]
    assert place_holds([HoldRequest(uuid7(), 0, 1, "trip 5", later)]) == [Declined("account_unknown", 0)]
    assert place_holds([]) == []


def test_capture_holds_is_a_batch_of_one_line_entries() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        hold     trip   anna 10.00                          | placed
    """)
    trip, shop = books.holds["trip"], books.accounts["shop"]
    entry = uuid7()
    answers = capture_holds(
        [
            HoldCapture(trip, 700, shop, entry, "capture", "trip 1"),
            HoldCapture(trip, 300, shop, uuid7(), "capture", "trip 2"),
            HoldCapture(uuid7(), 300, shop, uuid7(), "capture", "trip 3"),
        ]
    )
    assert answers == [Posted(entry), Declined("hold_resolved", books.accounts["anna"]), Declined("hold_unknown")]


def test_a_hold_on_the_house_s_bank_account_reserves_what_it_could_pay_out() -> None:
    books = told("account  anna  customer_wallet  CNY  50.00")
    bank = books.id_of("bank_clearing:CNY")
    before = balances([bank])[bank]
    assert place_holds([HoldRequest(uuid7(), bank, 2000, "payout 1", now() + timedelta(hours=1))])
    after = balances([bank])[bank]
    assert (after.posted, after.held - before.held, before.available - after.available) == (before.posted, 2000, 2000)
    assert not check_books().findings
