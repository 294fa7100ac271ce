"""Reversals and refunds: an entry is never changed; another one answers it, and both know."""

from __future__ import annotations

import pytest

from tests.factories.ledger import told
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.models import JournalEntry
from walletdesk.money.ledger.public import Declined, Entry, Line, post_many

pytestmark = pytest.mark.django_db

PAID = """
    account  anna   customer_wallet      CNY  50.00
    account  ben    customer_wallet      CNY  50.00
    account  shop   merchant_settlement  CNY
    payment  1      anna > shop 38.00 + shop > fee_income:CNY 0.23    | posted
"""


def test_a_reversal_is_the_exact_opposite() -> None:
    books = told(PAID)
    told(
        """
        reversal  less   shop > anna 37.00 + fee_income:CNY > shop 0.23 reverses 1   | links_broken
        reversal  part   shop > anna 0.01 reverses 1                                 | links_broken
        reversal  whole  fee_income:CNY > shop 0.23 + shop > anna 37.77 reverses 1   | links_broken
    """,
        books,
    )
    lines = books.lines(["anna", ">", "shop", "38.00", "+", "shop", ">", "fee_income:CNY", "0.23"])
    opposite = tuple(Line(line.credit, line.debit, line.amount) for line in lines)
    # the merchant's own line comes first in time when money runs back: the order stays that of the original
    told("top_up  2  bank_clearing:CNY > shop 1.00   | posted", books)
    reversal = Entry(uuid7(), "reversal", "whole", opposite, reverses=books.entries["1"])
    assert [books.said(answer) for answer in post_many([reversal])] == ["posted"]
    told(
        """
        balance  anna  50.00
        balance  shop   1.00
    """,
        books,
    )
    assert JournalEntry.objects.get(id=reversal.id).reverses == books.entries["1"]


def test_an_entry_is_reversed_once() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  1      anna > shop 10.00                    | posted
        payment  2      anna > shop 10.00                    | posted
        batch
            reversal  r1  shop > anna 10.00 reverses 1       | posted
            reversal  r2  shop > anna 10.00 reverses 1       | links_broken
        reversal  r1    shop > anna 10.00 reverses 1         | replayed
        reversal  r3    shop > anna 10.00 reverses 1         | links_broken
        refund    f1    shop > anna 1.00 refunds 1           | links_broken
        reversal  r4    anna > shop 10.00 reverses r1        | links_broken
    """)
    told("balance anna 40.00", books)


def test_refunds_in_parts_but_no_refund_of_a_refund_and_no_reversal_of_what_was_refunded() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  1      anna > shop 10.00                    | posted
        batch
            refund    f1  shop > anna 3.00 refunds 1         | posted
            refund    f2  shop > anna 3.00 refunds 1         | posted
            reversal  r1  shop > anna 10.00 reverses 1       | insufficient_available shop
        top_up   2      bank_clearing:CNY > shop 50.00       | posted
        reversal r2     shop > anna 10.00 reverses 1         | links_broken
        refund   f3     shop > anna 3.00 refunds f1          | links_broken
        reversal r3     anna > shop 3.00 reverses f1         | links_broken
        balance  anna   46.00
    """)


def test_a_reversal_and_a_refund_in_one_batch_cannot_both_stand() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY  50.00
        payment  1      anna > shop 10.00                    | posted
        payment  2      anna > shop 10.00                    | posted
        batch
            refund    f1  shop > anna 3.00 refunds 1         | posted
            reversal  r1  shop > anna 10.00 reverses 1       | links_broken
            reversal  r2  shop > anna 10.00 reverses 2       | posted
            refund    f2  shop > anna 3.00 refunds 2         | links_broken
    """)


def test_a_refund_goes_back_to_where_the_money_came_from() -> None:
    books = told(PAID)
    told(
        """
        refund  f1  shop > ben 5.00 refunds 1                                           | links_broken
        refund  f2  shop > anna 5.00 + fee_income:CNY > shop 0.03 refunds 1             | posted
    """,
        books,
    )


def test_a_link_names_an_entry_that_stood_before_this_batch() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
    """)
    line = Line(books.accounts["anna"], books.accounts["shop"], 100)
    back = Line(line.credit, line.debit, 100)
    paid = Entry(uuid7(), "payment", "1", (line,))
    refund = Entry(uuid7(), "refund", "1", (back,), refunds=paid.id)
    assert [books.said(answer) for answer in post_many([paid, refund])] == ["posted", "links_broken"]
    assert [books.said(answer) for answer in post_many([refund])] == ["posted"]


def test_one_entry_cannot_be_both_a_reversal_and_a_refund() -> None:
    books = told(PAID)
    one = books.entries["1"]
    both = Entry(uuid7(), "x", "1", books.lines(["shop", ">", "anna", "1.00"]), reverses=one, refunds=one)
    assert post_many([both]) == [Declined("links_broken")]
