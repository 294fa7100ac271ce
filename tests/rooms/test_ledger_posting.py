"""What the books accept and decline, told as an accountant would tell it."""

from __future__ import annotations

import pytest

from tests.factories.ledger import Bookkeeper, told
from walletdesk.foundation.amount.public import Asset
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.public import Declined, Entry, Line, Posted, define_asset, lines_of, post_many

pytestmark = pytest.mark.django_db


def test_a_payment_moves_money_from_a_wallet_to_a_merchant() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  order-1  anna > shop 38.00    | posted
        balance  anna   12.00
        balance  shop   38.00
    """)


def test_an_entry_sees_what_the_entries_before_it_in_the_batch_did() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  ben    customer_wallet      CNY
        account  shop   merchant_settlement  CNY
        batch
            payment   1  ben > shop 20.00      | insufficient_available ben
            transfer  2  anna > ben 30.00      | posted
            payment   3  ben > shop 20.00      | posted
            payment   4  ben > shop 20.00      | insufficient_available ben
            payment   5  ben > shop 10.00      | posted
        balance  anna   20.00
        balance  ben     0.00
        balance  shop   30.00
    """)


def test_the_lines_of_an_entry_stand_or_fall_together_and_leave_their_neighbours_alone() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        batch
            payment  1  anna > shop 10.00 + shop > fee_income:CNY 0.06      | posted
            payment  2  anna > shop 10.00 + shop > fee_income:CNY 99.00     | insufficient_available shop
            payment  3  anna > shop 40.00                                   | posted
        balance  anna    0.00
        balance  shop   49.94
        balance  fee_income:CNY  0.06
    """)


def test_a_line_is_funded_by_the_line_before_it() -> None:
    told("""
        account  anna   customer_wallet      CNY  10.00
        account  shop   merchant_settlement  CNY
        payment  1  shop > fee_income:CNY 0.06 + anna > shop 10.00   | insufficient_available shop
        payment  2  anna > shop 10.00 + shop > fee_income:CNY 0.06   | posted
    """)


def test_every_refusal_by_its_code() -> None:
    told("""
        account  anna    customer_wallet      CNY  50.00
        account  frozen  customer_wallet      CNY  50.00
        account  deaf    customer_wallet      CNY  50.00
        account  shop    merchant_settlement  CNY
        account  yuki    customer_wallet      JPY  5000
        freeze   frozen  debit
        freeze   deaf    credit
        payment  used    anna > shop 1.00              | posted
        batch
            payment  used  anna > shop 1.00            | replayed
            payment  used  anna > shop 2.00            | reference_used
            payment  a                                 | no_lines
            payment  b     anna > shop 0               | amount_not_positive anna
            payment  c     anna > shop -1.00           | amount_not_positive anna
            payment  d     anna > shop 90071992547409.92  | amount_too_big anna
            payment  e     anna > nobody 1.00          | account_unknown
            payment  f     nobody > shop 1.00          | account_unknown
            payment  g     anna > anna 1.00            | same_account anna
            payment  h     anna > yuki 1.00            | asset_differs anna
            payment  i     frozen > shop 1.00          | account_frozen frozen
            payment  j     anna > deaf 1.00            | account_frozen_credit deaf
            payment  k     anna > shop 49.01           | insufficient_available anna
            payment  l     anna > shop 1.00 refunds never-was   | links_broken
            payment  m     anna > frozen 1.00          | posted
            payment  n     deaf > shop 1.00            | posted
        balance  anna   48.00
    """)


def test_the_first_true_refusal_is_the_one_that_is_said() -> None:
    told("""
        account  anna   customer_wallet      CNY  1.00
        account  yuki   customer_wallet      JPY
        freeze   anna   full
        payment  1   anna > nobody 0           | amount_not_positive anna
        payment  2   anna > nobody 5.00        | account_unknown
        payment  3   anna > yuki 5.00          | asset_differs anna
        payment  4   anna > suspense:CNY 5.00  | account_frozen anna
        freeze   anna   none
        payment  5   anna > suspense:CNY 5.00 refunds never-was   | insufficient_available anna
        payment  6   anna > suspense:CNY 1.00 refunds never-was   | links_broken
    """)


def test_the_same_key_in_one_batch_is_posted_once() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        batch
            payment  1  anna > shop 30.00    | posted
            payment  1  anna > shop 30.00    | replayed
            payment  1  anna > shop 31.00    | reference_used
            payment  2  anna > shop 30.00    | insufficient_available anna
            payment  3  anna > shop 20.00    | posted
        balance  anna   0.00
    """)


def test_a_declined_twin_does_not_spoil_the_key_for_the_next_one() -> None:
    told("""
        account  anna   customer_wallet      CNY
        account  shop   merchant_settlement  CNY
        batch
            payment  1  anna > shop 30.00                  | insufficient_available anna
            top_up   2  bank_clearing:CNY > anna 30.00     | posted
            payment  1  anna > shop 30.00                  | posted
            payment  1  anna > shop 30.00                  | replayed
        balance  shop   30.00
    """)


def test_a_replay_answers_with_the_first_entry_whatever_has_happened_since() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  1      anna > shop 50.00    | posted
        freeze   anna   full
        payment  1      anna > shop 50.00    | replayed
    """)
    again = books.entry("payment 1 anna > shop 50.00")
    assert post_many([again]) == [Posted(books.entries["1"], replayed=True)]


def test_an_id_that_stands_for_another_entry_is_refused() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  1      anna > shop 1.00     | posted
    """)
    line = (Line(books.accounts["anna"], books.accounts["shop"], 100),)
    assert post_many([Entry(books.entries["1"], "payment", "2", line)]) == [Declined("reference_used")]
    one = uuid7()
    assert post_many([Entry(one, "payment", "3", line), Entry(one, "payment", "4", line)]) == [
        Posted(one),
        Declined("reference_used"),
    ]


def test_amounts_beyond_every_column_are_declined_like_any_other() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
    """)
    anna, shop = books.accounts["anna"], books.accounts["shop"]
    answers = post_many(
        [Entry(uuid7(), "x", f"{n}", (Line(anna, shop, n),)) for n in (2**63, 10**40, -(10**40), 2**53)]
    )
    assert [answer.code for answer in answers] == [  # type: ignore[union-attr]
        "amount_too_big",
        "amount_too_big",
        "amount_not_positive",
        "amount_too_big",
    ]


def test_assets_with_no_two_three_digits_and_a_custom_one_stand_side_by_side() -> None:
    define_asset(Asset("BEAN", 6, "🫘"))
    told("""
        account  yuki   customer_wallet  JPY   5000
        account  anna   customer_wallet  CNY   50.00
        account  fahad  customer_wallet  KWD   7.125
        account  gert   customer_wallet  BEAN  0.000002
        account  jshop  merchant_settlement  JPY
        account  kshop  merchant_settlement  KWD
        account  bshop  merchant_settlement  BEAN
        batch
            payment  1  yuki > jshop 4999      | posted
            payment  2  fahad > kshop 0.125    | posted
            payment  3  gert > bshop 0.000003  | insufficient_available gert
            payment  4  gert > bshop 0.000002  | posted
        balance  yuki   1
        balance  fahad  7.000
        balance  gert   0.000000
    """)


def test_lines_are_read_back_in_their_order() -> None:
    books = told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  1      anna > shop 38.00 + shop > fee_income:CNY 0.23   | posted
    """)
    anna, shop, fees = books.accounts["anna"], books.accounts["shop"], books.id_of("fee_income:CNY")
    assert lines_of(books.entries["1"]) == (Line(anna, shop, 3800), Line(shop, fees, 23))
    assert lines_of(uuid7()) == ()


def test_nothing_to_post_is_no_trouble() -> None:
    assert post_many([]) == []


def test_a_batch_of_two_thousand_answers_in_order() -> None:
    books = Bookkeeper()
    anna, shop = books.account("anna", opening="10.00"), books.account("shop", "merchant_settlement")
    answers = post_many([Entry(uuid7(), "p", str(n), (Line(anna, shop, 1),)) for n in range(2000)])
    assert [isinstance(answer, Posted) for answer in answers] == [True] * 1000 + [False] * 1000
