"""Limits where money is sent, topped up and refunded: whoever takes it in may be full, and what comes back counts back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.limits import a_limited_payer, left, line, pays, refunds, sends, sheet_for, tops_up, used
from tests.factories.money import (
    a_key,
    a_payer,
    a_shop,
    bank_is,
    has,
    proof_of,
    purse,
    the_payment,
    yuan,
)
from tests.fakes.bank import FakeBank
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import (
    TransferIntent,
    Transferred,
    TransferRefused,
    settle_top_ups,
    start_top_up,
    transfer_many,
)
from walletdesk.money.wallets.models import LimitCounter
from walletdesk.money.wallets.public import (
    BalanceLimit,
    DayLimit,
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


# -- sending -------------------------------------------------------------------------------------------------------


def test_sending_counts_with_paying(lin: CustomerView, shop: MerchantView) -> None:
    bert = a_payer()
    pays(lin, shop, "2000")
    sends(lin, bert, "2000")
    with pytest.raises(DayLimit):
        sends(lin, bert, "1000.01")
    assert (used(lin), used(lin, "transfer")) == ("4000.00", "2000.00")
    assert used(bert) == "0.00"


def test_who_is_full_takes_nothing_in_and_the_payer_is_not_told_how_much_they_hold(lin: CustomerView) -> None:
    full = a_limited_payer(9_900)
    rich = a_payer(1_000)
    sends(rich, full, "100")
    with pytest.raises(Exception) as refused:
        sends(rich, full, "0.01")
    assert getattr(refused.value, "code", "") == "payee_cannot_receive"
    assert "left" not in refused.value.fields  # type: ignore[attr-defined]
    assert has(full) == "10000.00"


def test_many_at_once_to_one_who_is_nearly_full(lin: CustomerView) -> None:
    full, rich, poor = a_limited_payer(9_000), a_payer(5_000), a_payer(10)

    def gift(giver: CustomerView, figure: int) -> TransferIntent:
        return TransferIntent(a_key(), giver.id, full.id, yuan(figure), proof_of(giver.id))

    answers = transfer_many([gift(rich, 600), gift(poor, 400), gift(rich, 500), gift(rich, 400), gift(rich, 1)])
    codes = [one.refusal.code if isinstance(one, TransferRefused) else "sent" for one in answers]
    assert codes == ["sent", "not_enough_money", "payee_cannot_receive", "sent", "payee_cannot_receive"]
    assert has(full) == "10000.00"


def test_a_full_wallet_that_gives_in_the_same_batch_has_room_again() -> None:
    full, rich = a_limited_payer(10_000), a_payer(5_000)
    answers = transfer_many(
        [
            TransferIntent(a_key(), full.id, rich.id, yuan(500), proof_of(full.id)),
            TransferIntent(a_key(), rich.id, full.id, yuan(400), proof_of(rich.id)),
        ]
    )
    assert all(isinstance(one, Transferred) for one in answers)
    assert has(full) == "9900.00"


# -- topping up ----------------------------------------------------------------------------------------------------


def test_a_wallet_holds_no_more_than_its_tier_allows() -> None:
    anna = a_limited_payer(9_000)
    with pytest.raises(BalanceLimit) as refused:
        tops_up(anna, "1000.01")
    assert (refused.value.left, refused.value.resets_at) == (yuan(1_000), None)
    assert tops_up(anna, "1000") == "done"
    assert (left(anna, "", "balance"), line(anna, "", "balance").used) == ("0.00", yuan(10_000))


def test_what_is_still_on_its_way_counts_and_what_never_came_does_not() -> None:
    anna = a_limited_payer(9_000)
    assert tops_up(anna, "600", decline="no_funds") == "declined"
    assert left(anna, "", "balance") == "1000.00"
    bank = FakeBank(lose_answer=True)
    with bank_is(bank):
        assert start_top_up(a_key(), anna.id, yuan(600)).state == "unknown"
        assert left(anna, "", "balance") == "400.00"
        with pytest.raises(BalanceLimit):
            start_top_up(a_key(), anna.id, yuan(401))
        with at(now() + timedelta(minutes=2)):
            settle_top_ups()
    assert (has(anna), left(anna, "", "balance")) == ("9600.00", "400.00")
    assert LimitCounter.objects.get(pk=purse(anna).id).incoming_minor == 0


def test_top_ups_have_limits_of_their_own_and_a_declined_one_uses_nothing() -> None:
    sheet_for(4, {"top_up.day": 100})
    anna = a_limited_payer()
    assert tops_up(anna, "90", decline="no_funds") == "declined"
    assert tops_up(anna, "60") == "done"
    with pytest.raises(DayLimit) as refused:
        tops_up(anna, "40.01")
    assert refused.value.left == yuan(40)
    assert used(anna) == "0.00"


def test_a_top_up_declined_after_midnight_gives_back_the_day_on_which_it_was_asked() -> None:
    sheet_for(4, {"top_up.day": 100, "top_up.year": 1_000})
    anna = a_limited_payer()
    evening = (now() + timedelta(days=1)).replace(hour=15, minute=59, second=50, microsecond=0)  # 23:59:50 there
    with bank_is(FakeBank(lose_request=True)):
        with at(evening):
            assert start_top_up(a_key(), anna.id, yuan(70)).state == "unknown"
            assert left(anna, "top_up") == "30.00"
        with at(evening + timedelta(minutes=5)):
            assert settle_top_ups() == 1
            assert (left(anna, "top_up"), used(anna, "top_up", "year")) == ("100.00", "0.00")


# -- refunding -----------------------------------------------------------------------------------------------------


def test_what_comes_back_on_the_same_day_was_not_spent_on_that_day(lin: CustomerView, shop: MerchantView) -> None:
    paid = pays(lin, shop, "1500")
    refunds(paid, "500")
    assert (used(lin), used(lin, kind="year")) == ("1000.00", "1000.00")
    refunds(paid, "1000")
    assert (used(lin), left(lin)) == ("0.00", "5000.00")


def test_yesterdays_purchase_gives_nothing_back_to_today(lin: CustomerView, shop: MerchantView) -> None:
    noon = datetime(2031, 5, 19, 4, tzinfo=UTC)
    with at(noon):
        paid = pays(lin, shop, "1500")
    with at(noon + timedelta(days=1)):
        pays(lin, shop, "200")
        refunds(paid, "1500")
        assert (used(lin), used(lin, kind="month"), used(lin, kind="year")) == ("200.00", "200.00", "200.00")


def test_a_refund_is_never_refused_for_a_full_wallet(shop: MerchantView) -> None:
    anna = a_limited_payer(10_000)
    paid = pays(anna, shop, "100")
    assert tops_up(anna, "100") == "done"
    refunds(paid, "100")
    assert has(anna) == "10100.00"
    assert left(anna, "", "balance") == "0.00"


def test_a_refund_goes_back_under_the_instrument_of_its_payment(lin: CustomerView, shop: MerchantView) -> None:
    paid = pays(lin, shop, "300", instrument="static_code")
    assert the_payment(paid).instrument == "static_code"
    refunds(paid, "300")
    assert left(lin, "static_code") == "500.00"
