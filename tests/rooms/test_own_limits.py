"""One's own limits: lower at once, higher after a delay that can be cancelled, and a thief cannot hurry it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.limits import a_limited_payer, left, line
from tests.factories.money import a_key, a_payer, a_shop, an_order, pay, proof_of, purse, to_pay, yuan
from walletdesk.foundation.amount.public import CNY, Amount, AmountTooSmall
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.public import events_after
from walletdesk.money.payments.public import transfer
from walletdesk.money.wallets.errors import OwnLimitUnknown
from walletdesk.money.wallets.models import OwnLimit
from walletdesk.money.wallets.public import (
    DayLimit,
    MonthLimit,
    NoRaiseToCancel,
    OwnLimitAboveTier,
    OwnLimitChanged,
    OwnLimitRaiseCancelled,
    SingleLimit,
    WalletMissing,
    cancel_raise,
    set_own_limit,
)
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.fixture
def lin() -> CustomerView:
    return a_limited_payer(8_000)


@pytest.fixture
def noon() -> datetime:
    return now().replace(hour=4, minute=0, second=0, microsecond=0) - timedelta(days=10)


def own(who: CustomerView, group: str = "out", kind: str = "day") -> str:
    amount = line(who, group, kind).own
    return amount.plain if amount else "none"


def told(who: CustomerView) -> list[OwnLimitChanged | OwnLimitRaiseCancelled]:
    facts = [event.fact for event in events_after([f"customer:{who.id}"], 0, 100)]
    return [fact for fact in facts if isinstance(fact, OwnLimitChanged | OwnLimitRaiseCancelled)]


def test_lower_holds_at_once(lin: CustomerView) -> None:
    done = set_own_limit(lin.id, "out", "day", yuan(300))
    assert (done.raised, own(lin), left(lin)) == (False, "300.00", "300.00")
    pay(to_pay(lin, an_order(shop := a_shop(), 300)))
    with pytest.raises(DayLimit) as refused:
        pay(to_pay(lin, an_order(shop, "0.01")))
    assert (refused.value.own, refused.value.limit, refused.value.left) == (True, yuan(300), yuan(0))


def test_higher_waits_a_day_to_the_second(lin: CustomerView, noon: datetime) -> None:
    with at(noon):
        set_own_limit(lin.id, "out", "day", yuan(300))
        done = set_own_limit(lin.id, "out", "day", yuan(900))
        assert (done.raised, done.holds_from) == (True, noon + DAY)
        planned = line(lin, "out", "day").planned
        assert planned is not None
        assert (planned.amount, planned.holds_from) == (yuan(900), noon + DAY)
    with at(noon + DAY - SECOND):
        assert (own(lin), left(lin)) == ("300.00", "300.00")
        with pytest.raises(DayLimit):
            pay(to_pay(lin, an_order(a_shop(), 301)))
    with at(noon + DAY):
        assert (own(lin), line(lin, "out", "day").planned) == ("900.00", None)
        pay(to_pay(lin, an_order(a_shop(), 301)))


def test_taking_ones_limit_away_is_a_raise(lin: CustomerView, noon: datetime) -> None:
    with at(noon):
        set_own_limit(lin.id, "transfer", "single", yuan(50))
        assert set_own_limit(lin.id, "transfer", "single", None).raised
    with at(noon + DAY - SECOND):
        assert own(lin, "transfer", "single") == "50.00"
    with at(noon + DAY):
        assert own(lin, "transfer", "single") == "none"


def test_a_raise_can_be_cancelled_until_it_holds(lin: CustomerView, noon: datetime) -> None:
    with at(noon):
        set_own_limit(lin.id, "out", "day", yuan(300))
        set_own_limit(lin.id, "out", "day", yuan(900))
    with at(noon + DAY - SECOND):
        cancel_raise(lin.id, "out", "day")
    with at(noon + 2 * DAY):
        assert own(lin) == "300.00"
        with pytest.raises(NoRaiseToCancel):
            cancel_raise(lin.id, "out", "day")
        set_own_limit(lin.id, "out", "day", yuan(400))
    with at(noon + 3 * DAY), pytest.raises(NoRaiseToCancel):
        cancel_raise(lin.id, "out", "day")


def test_asking_again_starts_the_delay_again_and_lowering_ends_it(lin: CustomerView, noon: datetime) -> None:
    with at(noon):
        set_own_limit(lin.id, "out", "day", yuan(300))
        set_own_limit(lin.id, "out", "day", yuan(900))
    with at(noon + timedelta(hours=23)):
        assert set_own_limit(lin.id, "out", "day", yuan(901)).holds_from == noon + timedelta(hours=47)
    with at(noon + timedelta(hours=25)):
        assert own(lin) == "300.00"
        set_own_limit(lin.id, "out", "day", yuan(200))
    with at(noon + 3 * DAY):
        assert (own(lin), line(lin, "out", "day").planned) == ("200.00", None)


def test_the_same_again_only_ends_what_waits(lin: CustomerView, noon: datetime) -> None:
    with at(noon):
        set_own_limit(lin.id, "out", "day", yuan(300))
        set_own_limit(lin.id, "out", "day", yuan(900))
        done = set_own_limit(lin.id, "out", "day", yuan(300))
        assert (done.raised, line(lin, "out", "day").planned) == (False, None)
        set_own_limit(lin.id, "out", "day", yuan(300))
    assert [type(fact).__name__ for fact in told(lin)] == [
        "OwnLimitChanged", "OwnLimitChanged", "OwnLimitRaiseCancelled",
    ]  # fmt: skip


def test_everybody_who_listens_hears_what_was_asked(lin: CustomerView, noon: datetime) -> None:
    with at(noon):
        set_own_limit(lin.id, "out", "month", yuan(300))
        set_own_limit(lin.id, "out", "month", yuan(900))
        cancel_raise(lin.id, "out", "month")
    first, second, third = told(lin)
    assert isinstance(first, OwnLimitChanged)
    assert (first.before_minor, first.minor, first.raised, first.holds_from) == (None, 300_00, False, noon)
    assert isinstance(second, OwnLimitChanged)
    assert (second.before_minor, second.minor, second.raised, second.holds_from) == (300_00, 900_00, True, noon + DAY)
    assert isinstance(third, OwnLimitRaiseCancelled)


def test_sending_may_be_stricter_than_paying(lin: CustomerView) -> None:
    bert, shop = a_payer(), a_shop()
    set_own_limit(lin.id, "transfer", "single", yuan(50))
    set_own_limit(lin.id, "out", "month", yuan(500))
    with pytest.raises(SingleLimit):
        transfer(a_key(), lin.id, bert.id, yuan(51), "", proof_of(lin.id))
    transfer(a_key(), lin.id, bert.id, yuan(50), "", proof_of(lin.id))
    pay(to_pay(lin, an_order(shop, 450)))
    with pytest.raises(MonthLimit) as refused:
        pay(to_pay(lin, an_order(shop, "0.01")))
    assert refused.value.resets_at is not None


def test_a_limit_of_nothing_stops_everything(lin: CustomerView) -> None:
    set_own_limit(lin.id, "transfer", "day", Amount(0, CNY))
    with pytest.raises(DayLimit):
        transfer(a_key(), lin.id, a_payer().id, yuan("0.01"), "", proof_of(lin.id))


def test_refusals_in_their_order(lin: CustomerView) -> None:
    with pytest.raises(OwnLimitUnknown):
        set_own_limit(lin.id, "out", "year", yuan(-1))
    with pytest.raises(OwnLimitUnknown):
        set_own_limit(lin.id, "top_up", "day", yuan(1))
    with pytest.raises(AmountTooSmall):
        set_own_limit(lin.id, "out", "day", Amount(-1, CNY), "JPY")
    with pytest.raises(WalletMissing):
        set_own_limit(lin.id, "out", "day", yuan(1), "JPY")
    with pytest.raises(OwnLimitAboveTier) as refused:
        set_own_limit(lin.id, "out", "day", yuan("5000.01"))
    assert refused.value.fields["most"] == yuan(5_000)
    set_own_limit(lin.id, "out", "day", yuan(5_000))


def test_the_database_lets_no_raise_hold_at_once_and_ends_a_limit_once(lin: CustomerView) -> None:
    set_own_limit(lin.id, "out", "day", yuan(300))
    wallet, moment = purse(lin).id, now()
    fields = {"wallet_id": wallet, "group": "out", "window": "day", "asked_at": moment}
    for minor in (301_00, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnLimit.objects.create(minor=minor, holds_from=moment, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnLimit.objects.filter(wallet_id=wallet).update(ended_at=moment, ended_how="replaced")
        OwnLimit.objects.create(minor=301_00, holds_from=moment, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnLimit.objects.filter(wallet_id=wallet).update(minor=900_00)
    OwnLimit.objects.filter(wallet_id=wallet).update(ended_at=moment, ended_how="replaced")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnLimit.objects.filter(wallet_id=wallet).update(ended_at=None, ended_how="")
