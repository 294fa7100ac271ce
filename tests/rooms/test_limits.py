"""Limits where money moves: paying, sending, topping up, refunding; to the cent, set-based, counted once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from tests.factories.limits import a_limited_payer, left, pays, sheet_for, used
from tests.factories.money import (
    a_key,
    a_payer,
    a_shop,
    an_order,
    books_are_true,
    has,
    proof_of,
    purse,
    to_pay,
    yuan,
)
from tests.factories.trust import of_tier
from walletdesk.foundation.amount.public import USD, Amount
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.models import PaymentAttempt
from walletdesk.money.payments.public import (
    NotEnoughMoney,
    PayIntent,
    PayResult,
    Refused,
    pay,
    pay_many,
    refusal_of_code,
    transfer,
)
from walletdesk.money.wallets.models import LimitCounter
from walletdesk.money.wallets.public import (
    DayLimit,
    LifetimeLimit,
    LimitReached,
    SingleLimit,
    YearLimit,
    limits_of,
    open_wallet,
    tier_figures,
)
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> MerchantView:
    return a_shop()


@pytest.fixture
def lin() -> CustomerView:
    """Of tier 4, with 8,000.00 that came before she was asked."""
    return a_limited_payer(8_000)


# -- the shipped figures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "single", "day", "year", "balance"),
    [(4, 2_000, 5_000, 50_000, 10_000), (3, 5_000, 10_000, None, 20_000), (2, 50_000, 100_000, None, 500_000),
     (1, None, None, None, None)],
)  # fmt: skip
def test_the_ladder_that_is_shipped(
    tier: int, single: int | None, day: int | None, year: int | None, balance: int | None
) -> None:
    figures = tier_figures(tier)
    shown = [figures.get(place) for place in (("out", "single"), ("out", "day"), ("out", "year"), ("", "balance"))]
    assert shown == [None if one is None else one * 100 for one in (single, day, year, balance)]
    assert figures["static_code", "day"] == 500_00


def test_every_sheet_that_is_shipped_can_be_read_and_says_where_it_comes_from(lin: CustomerView) -> None:
    from walletdesk.foundation.profiles.models import Profile
    from walletdesk.money.wallets.rules.limits import read_sheet

    sheets = Profile.objects.filter(key__startswith="limits.sheet.")
    assert sheets.count() == 11
    for sheet in sheets:
        assert sheet.source
        assert all(read_sheet(figures) is not None for figures in sheet.value.values())


# -- paying --------------------------------------------------------------------------------------------------------


def test_a_payment_of_exactly_the_limit_goes_and_one_cent_more_does_not(lin: CustomerView, shop: MerchantView) -> None:
    with pytest.raises(SingleLimit) as refused:
        pays(lin, shop, "2000.01")
    assert (refused.value.left, refused.value.resets_at, refused.value.own) == (yuan(2_000), None, False)
    pays(lin, shop, "2000.00")
    assert (used(lin), left(lin), has(lin)) == ("2000.00", "3000.00", "6000.00")


def test_the_day_is_full_says_how_much_is_left_and_when_it_starts_again(lin: CustomerView, shop: MerchantView) -> None:
    with at(datetime(2031, 5, 19, 15, 59, 59, tzinfo=UTC)):
        for figure in ("2000", "2000", "999.99"):
            pays(lin, shop, figure)
        with pytest.raises(DayLimit) as refused:
            pays(lin, shop, "0.02")
        assert refused.value.left == yuan("0.01")
        assert refused.value.resets_at == datetime(2031, 5, 19, 16, 0, tzinfo=UTC)
        assert refused.value.fields["kind"] == "day"
    with at(datetime(2031, 5, 19, 16, 0, 0, tzinfo=UTC)):
        pays(lin, shop, "2000")
        assert (used(lin), used(lin, kind="year")) == ("2000.00", "6999.99")


def test_the_same_purchase_goes_through_when_its_cause_is_gone(lin: CustomerView, shop: MerchantView) -> None:
    """A refusal is not kept under the key: tomorrow the same key may try again."""
    of_tier(lin.id, 3)
    wish = to_pay(lin, an_order(shop, "5001"))
    with pytest.raises(SingleLimit):
        pay(wish)
    of_tier(lin.id, 2)
    assert not pay(wish).replayed
    assert PaymentAttempt.objects.get(code="limit_single").amount_minor == 500_100


def test_a_replay_is_counted_once(lin: CustomerView, shop: MerchantView) -> None:
    wish = to_pay(lin, an_order(shop, "100"))
    assert [pay(wish).replayed for _ in range(3)] == [False, True, True]
    assert used(lin) == "100.00"


def test_what_the_books_decline_is_not_counted(shop: MerchantView) -> None:
    poor = a_limited_payer(10)
    with pytest.raises(NotEnoughMoney):
        pays(poor, shop, "50")
    assert (used(poor), left(poor)) == ("0.00", "5000.00")


def test_a_printed_code_has_a_day_of_its_own(lin: CustomerView, shop: MerchantView) -> None:
    pays(lin, shop, "400", instrument="static_code")
    with pytest.raises(DayLimit) as refused:
        pays(lin, shop, "100.01", instrument="static_code")
    assert (refused.value.left, refused.value.fields["group"]) == (yuan(100), "static_code")
    pays(lin, shop, "100.01")
    assert (used(lin), left(lin, "static_code")) == ("500.01", "100.00")


def test_a_year_and_a_life_can_be_full(shop: MerchantView) -> None:
    sheet_for(4, {"out.year": 100})
    sheet_for(3, {"out.lifetime": 100}, valid_from=now() + timedelta(days=400))
    anna = a_limited_payer(1_000)
    pays(anna, shop, "80")
    with pytest.raises(YearLimit):
        pays(anna, shop, "30")
    of_tier(anna.id, 3)
    with at(now() + timedelta(days=401)):
        pays(anna, shop, "20")
        with pytest.raises(LifetimeLimit) as refused:
            pays(anna, shop, "0.01")
        assert refused.value.resets_at is None


def test_the_figures_of_the_day_count_not_those_of_tomorrow(lin: CustomerView, shop: MerchantView) -> None:
    sheet_for(4, {"out.single": 1}, valid_from=now() + timedelta(days=1))
    pays(lin, shop, "1500")
    with at(now() + timedelta(days=1, seconds=1)), pytest.raises(SingleLimit):
        pays(lin, shop, "1500")


def test_another_asset_has_limits_of_its_own_or_none(shop: MerchantView) -> None:
    anna = a_limited_payer(9_000_00, asset=USD)
    bert = a_payer()
    open_wallet(bert.id, "USD")
    transfer(a_key(), anna.id, bert.id, Amount(8_000_00, USD), "", proof_of(anna.id))
    view = limits_of(anna.id, "USD")
    assert view is not None
    day = view.line("out", "day")
    assert day is not None
    assert (day.used, day.left) == (Amount(8_000_00, USD), None)


def test_every_kept_code_has_words() -> None:
    for code in ("single", "day", "month", "year", "lifetime", "balance"):
        kind = refusal_of_code(f"limit_{code}")
        assert kind is not None
        assert issubclass(kind, LimitReached)


# -- a batch -------------------------------------------------------------------------------------------------------


def test_in_a_batch_each_sees_what_those_before_it_used(lin: CustomerView, shop: MerchantView) -> None:
    wishes = [to_pay(lin, an_order(shop, figure)) for figure in ("2000", "2000", "1500", "1000", "0.01")]
    answers = pay_many(wishes)
    assert [getattr(one, "refusal", None) and one.refusal.code for one in answers] == [  # type: ignore[union-attr]
        None, None, "limit_day", None, "limit_day",
    ]  # fmt: skip
    assert used(lin) == "5000.00"
    assert books_are_true()


def test_nobody_is_refused_for_a_neighbour_who_was_declined_himself(shop: MerchantView) -> None:
    """The first would have filled the day, but there is not enough money for it: the second is asked once more."""
    anna, bert = a_limited_payer(1_900), a_limited_payer(1_900)
    sheet_for(4, {"out.day": 1_500})

    def wishes(who: CustomerView) -> list[PayIntent]:
        return [to_pay(who, an_order(shop, figure)) for figure in ("1500", "1400", "101", "100", "1")]

    in_one_batch = said(pay_many(wishes(anna)))
    assert in_one_batch == ["paid", "limit_day", "limit_day", "limit_day", "limit_day"]
    poor = a_limited_payer(1_450)
    assert said(pay_many(wishes(poor))) == ["not_enough_money", "paid", "limit_day", "not_enough_money", "paid"]
    assert (used(poor), has(poor)) == ("1401.00", "49.00")
    assert PaymentAttempt.objects.filter(customer_id=poor.id).count() == 3
    assert said([one for wish in wishes(bert) for one in pay_many([wish])]) == in_one_batch


def said(answers: list[PayResult]) -> list[str]:
    return [one.refusal.code if isinstance(one, Refused) else "paid" for one in answers]


@pytest.mark.parametrize("money", [1_450, 1_500, 900, 50])
def test_a_batch_says_what_one_after_the_other_would_say(shop: MerchantView, money: int) -> None:
    """With any order of what is too much for the limit and what is too much for the wallet."""
    figures = ("700", "1500", "900", "600", "40", "1", "200")
    sheet_for(4, {"out.day": 1_500, "out.single": 1_499})
    at_once, by_turns = a_limited_payer(money), a_limited_payer(money)
    batch = said(pay_many([to_pay(at_once, an_order(shop, figure)) for figure in figures]))
    turns = [one for figure in figures for one in pay_many([to_pay(by_turns, an_order(shop, figure))])]
    assert batch == said(turns)
    assert (used(at_once), has(at_once)) == (used(by_turns), has(by_turns))


def test_a_batch_of_any_size_costs_the_same(shop: MerchantView, django_assert_max_num_queries: Any) -> None:
    people = [a_limited_payer(100) for _ in range(6)]
    pay_many([to_pay(one, an_order(shop, 1)) for one in people])  # warm: house accounts, profiles
    few = [to_pay(one, an_order(shop, 1)) for one in people[:1]]
    many = [to_pay(one, an_order(shop, 1)) for one in people for _ in range(4)]
    with django_assert_max_num_queries(60) as counted:
        pay_many(few)
    cost = len(counted) + 1  # what is remembered for a moment may have to be asked anew
    with django_assert_max_num_queries(cost):
        pay_many(many)
    assert [used(one) for one in people] == ["6.00"] + ["5.00"] * 5


# -- what the database holds by itself -----------------------------------------------------------------------------


def test_the_database_keeps_counters_from_going_below_zero_or_away(lin: CustomerView) -> None:
    wallet = purse(lin).id
    for change in ({"day_used": [-1]}, {"incoming_minor": -1}):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            LimitCounter.objects.filter(pk=wallet).update(**change)
    with pytest.raises(Exception), transaction.atomic(), connection.cursor() as cursor:  # noqa: B017
        cursor.execute("DELETE FROM wallets_limitcounter")


def test_every_wallet_has_its_counter_from_the_first_moment() -> None:
    anna = a_payer()
    open_wallet(anna.id, "USD")
    assert LimitCounter.objects.filter(wallet__customer_id=anna.id).count() == 2
