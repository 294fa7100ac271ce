"""Accounts, assets, freezes and histories."""

from __future__ import annotations

import pytest

from tests.factories.ledger import Bookkeeper, told
from walletdesk.foundation.amount.public import CNY, JPY, Amount, Asset
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.errors import AccountKindUnknown, AccountsUnknown, AssetDefinedOtherwise, AssetUnknown
from walletdesk.money.ledger.models import AccountKindRow
from walletdesk.money.ledger.public import (
    AccountSpec,
    Entry,
    Line,
    asset,
    balances,
    define_asset,
    entries_of,
    open_accounts,
    post_many,
    set_freeze,
    system_account,
    trial_balance,
)
from walletdesk.money.ledger.rules.chart import CHART

pytestmark = pytest.mark.django_db


def test_the_database_knows_the_same_chart_as_the_rules() -> None:
    rows = AccountKindRow.objects.order_by("number").values_list("number", "name", "credit_normal", "protected")
    assert list(rows) == [(kind.number, kind.name, kind.credit_normal, kind.protected) for kind in CHART]


def test_an_owner_has_one_account_per_kind_and_asset() -> None:
    wallet, yen = AccountSpec("customer_wallet", "CNY", "anna"), AccountSpec("customer_wallet", "JPY", "anna")
    first, second, again = open_accounts([wallet, yen, wallet])
    assert first == again != second
    assert open_accounts([yen, wallet]) == [second, first]
    assert open_accounts([]) == []


def test_accounts_outside_the_chart_or_of_unknown_assets_are_refused_and_nothing_is_opened() -> None:
    good = AccountSpec("customer_wallet", "CNY", "carl")
    with pytest.raises(AccountKindUnknown):
        open_accounts([good, AccountSpec("piggy_bank", "CNY", "carl")])
    with pytest.raises(AssetUnknown):
        open_accounts([good, AccountSpec("customer_wallet", "XAU", "carl")])
    first = open_accounts([good])[0]
    assert balances([first])[first].posted == 0


def test_the_house_s_own_account_is_always_the_same() -> None:
    assert (
        system_account("fee_income", "CNY")
        == system_account("fee_income", "CNY")
        != system_account("fee_income", "JPY")
    )


def test_an_asset_is_defined_once() -> None:
    bean = Asset("BEAN", 6, "🫘")
    assert define_asset(bean) == define_asset(bean) == asset("BEAN") == bean
    with pytest.raises(AssetDefinedOtherwise):
        define_asset(Asset("BEAN", 2))
    with pytest.raises(AssetUnknown):
        asset("NONE")
    assert asset("CNY") == CNY
    assert asset("JPY") == JPY


def test_balances_of_accounts_that_do_not_exist_are_absent() -> None:
    anna = Bookkeeper().account("anna", opening="5.00")
    assert set(balances([anna, 999_999_999])) == {anna}


def test_freezing_needs_accounts_that_exist_and_is_shown() -> None:
    anna = Bookkeeper().account("anna")
    set_freeze([anna], "debit")
    assert balances([anna])[anna].freeze == "debit"
    with pytest.raises(AccountsUnknown):
        set_freeze([anna, 999_999_999], "full")
    assert balances([anna])[anna].freeze == "debit"


def test_each_freeze_stops_its_own_side() -> None:
    told("""
        account  anna  customer_wallet  CNY  50.00
        account  ben   customer_wallet  CNY  50.00
        freeze   anna  debit
        batch
            transfer  1  anna > ben 1.00   | account_frozen anna
            transfer  2  ben > anna 1.00   | posted
        freeze   anna  credit
        batch
            transfer  3  anna > ben 1.00   | posted
            transfer  4  ben > anna 1.00   | account_frozen_credit anna
        freeze   anna  full
        batch
            transfer  5  anna > ben 1.00   | account_frozen anna
            transfer  6  ben > anna 1.00   | account_frozen_credit anna
        freeze   anna  none
        transfer  7  anna > ben 1.00       | posted
    """)


def test_a_history_is_read_page_by_page_newest_first_with_the_owner_s_signs() -> None:
    books = told("""
        account   anna  customer_wallet  CNY  50.00
        account   ben   customer_wallet  CNY
        transfer  1     anna > ben 10.00   | posted
        transfer  2     ben > anna 3.00    | posted
        transfer  3     anna > ben 1.00    | posted
    """)
    anna, ben = books.accounts["anna"], books.accounts["ben"]
    first_page = entries_of(anna, limit=2)
    assert [(line.reference, line.amount, line.other_account) for line in first_page] == [
        ("3", Amount(-100, CNY), ben),
        ("2", Amount(300, CNY), ben),
    ]
    rest = entries_of(anna, before_id=first_page[-1].line_id)
    assert [line.amount for line in rest] == [Amount(-1000, CNY), Amount(5000, CNY)]
    with pytest.raises(AccountsUnknown):
        entries_of(999_999_999)


def test_the_memo_is_kept_and_is_not_money() -> None:
    books = Bookkeeper()
    anna, ben = books.account("anna", opening="50.00"), books.account("ben")
    first = Entry(uuid7(), "transfer", "lunch", (Line(anna, ben, 100),), memo="午饭 🍜")
    second = Entry(uuid7(), "transfer", "lunch", (Line(anna, ben, 100),), memo="lunch")
    assert [books.said(answer) for answer in post_many([first, second])] == ["posted", "replayed"]
    assert entries_of(ben)[0].memo == "午饭 🍜"


def test_a_trial_balance_has_the_same_sum_on_both_sides() -> None:
    told("""
        account  anna   customer_wallet      CNY  50.00
        account  shop   merchant_settlement  CNY
        payment  1      anna > shop 10.00 + shop > fee_income:CNY 0.06   | posted
    """)
    rows = trial_balance("CNY")
    assert [(row.number, row.debit_minor, row.credit_minor) for row in rows] == [
        (1101, 5000, 0),
        (2101, 0, 4000),
        (2201, 0, 994),
        (4001, 0, 6),
    ]
    assert sum(row.debit_minor for row in rows) == sum(row.credit_minor for row in rows)
    assert trial_balance("KWD") == []
