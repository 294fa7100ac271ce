"""The most that may go to one payee: held on every path, lowered at once, raised late, and free for who has set none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.factories.holding import a_hold, a_later_transfer, an_agreement, by
from tests.factories.limits import a_limited_payer, pays, refunds, sends
from tests.factories.money import a_key, a_payer, a_shop, an_order, to_pay, yuan
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.public import events_after
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import (
    CancelTransferIntent,
    CaptureIntent,
    Paid,
    VoidIntent,
    cancel_transfer,
    capture,
    pay,
    pay_many,
    void,
)
from walletdesk.money.payments.services.void_many import end_expired_holds
from walletdesk.money.wallets.models import OwnLimit, PayeeUse
from walletdesk.money.wallets.public import (
    NoRaiseToCancel,
    OwnLimitAboveTier,
    OwnLimitChanged,
    PayeeDayLimit,
    PayeeNeverPaid,
    PayeeSingleLimit,
    cancel_payee_raise,
    limits_of,
    payee_limits_of,
    set_payee_limit,
)
from walletdesk.money.wallets.services import keep_payee_uses
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


@pytest.fixture
def lin() -> CustomerView:
    return a_limited_payer(8_000, tier=1)


@pytest.fixture
def ben() -> CustomerView:
    return a_payer(0, name="Ben")


@pytest.fixture
def bakery(lin: CustomerView) -> MerchantView:
    """Paid 10 by Lin today."""
    shop = a_shop()
    pays(lin, shop, 10)
    return shop


@pytest.fixture
def noon() -> datetime:
    return now().replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=10)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements about payees that go out meanwhile."""
    seen: list[str] = []
    for name in ("rows_of", "sent"):
        real = getattr(keep_payee_uses, name)

        def told(*asked: object, real: object = real, name: str = name) -> object:
            seen.append(name)
            return real(*asked)  # type: ignore[operator]

        monkeypatch.setattr(keep_payee_uses, name, told)
    yield seen
    monkeypatch.undo()


def shown(who: CustomerView) -> dict[str, tuple[str, str]]:
    """By window, what holds and what is left."""
    return {
        line.kind: (line.own.plain if line.own else "-", line.left.plain if line.left else "-")
        for line in payee_limits_of(who.id)
    }


def test_a_shop_is_limited_by_payment_and_by_day_and_others_are_not(lin: CustomerView, bakery: MerchantView) -> None:
    set_payee_limit(lin.id, bakery.id, "single", yuan(50))
    set_payee_limit(lin.id, bakery.id, "day", yuan(100))
    assert shown(lin) == {"single": ("50.00", "50.00"), "day": ("100.00", "90.00")}, "what went there today counts"
    with pytest.raises(PayeeSingleLimit) as too_much:
        pays(lin, bakery, "50.01")
    assert (too_much.value.left.plain, too_much.value.own, too_much.value.resets_at) == ("50.00", True, None)
    pays(lin, bakery, 50)
    with pytest.raises(PayeeDayLimit) as over:
        pays(lin, bakery, "40.01")
    assert over.value.left.plain == "40.00" and over.value.resets_at is not None
    pays(lin, bakery, 40)
    pays(lin, a_shop("别家", "Another"), 500)
    assert shown(lin)["day"] == ("100.00", "0.00")


def test_a_person_is_limited_too_and_what_is_held_back_counts(lin: CustomerView, ben: CustomerView) -> None:
    with pytest.raises(PayeeNeverPaid):
        set_payee_limit(lin.id, ben.id, "day", yuan(100))
    sends(lin, ben, 20)
    set_payee_limit(lin.id, ben.id, "day", yuan(100))
    sends(lin, ben, 80)
    with pytest.raises(PayeeDayLimit):
        sends(lin, ben, 1)
    sends(lin, a_payer(0, name="Cai"), 300)


def test_a_new_day_begins_at_nothing(lin: CustomerView, ben: CustomerView, noon: datetime) -> None:
    with at(noon):
        sends(lin, ben, 20)
        set_payee_limit(lin.id, ben.id, "day", yuan(50))
        sends(lin, ben, 30)
        with pytest.raises(PayeeDayLimit):
            sends(lin, ben, 1)
    with at(noon + DAY):
        sends(lin, ben, 50)


def test_what_came_back_on_its_day_does_not_count(
    lin: CustomerView, bakery: MerchantView, ben: CustomerView, noon: datetime
) -> None:
    with at(noon):
        pays(lin, bakery, 10)
        set_payee_limit(lin.id, bakery.id, "day", yuan(100))
        paid = pays(lin, bakery, 90)
        refunds(paid, "40")
        assert shown(lin)["day"] == ("100.00", "40.00")
        set_payee_limit(lin.id, bakery.id, "day", yuan(95))
        assert shown(lin)["day"] == ("95.00", "35.00"), "another figure counts nothing anew"
    with at(noon + DAY):
        refunds(paid, "50")
        assert shown(lin)["day"] == ("95.00", "95.00"), "yesterday's gives nothing to today"
        pays(lin, bakery, 95)


def test_a_hold_counts_and_what_is_not_taken_comes_back(
    lin: CustomerView, bakery: MerchantView, noon: datetime
) -> None:
    with at(noon):
        set_payee_limit(lin.id, bakery.id, "day", yuan(100))
        whole, part = a_hold(lin, bakery, 40), a_hold(lin, bakery, 50)
        with pytest.raises(PayeeDayLimit):
            a_hold(lin, bakery, "10.01")
        expires = a_hold(lin, bakery, 10)
        void(VoidIntent(a_key(), whole.id, bakery.id))
        capture(CaptureIntent(a_key(), part.id, bakery.id, 2_000))
        assert shown(lin)["day"] == ("100.00", "70.00")
    assert expires.expires_at > noon + DAY
    with at(expires.expires_at + timedelta(seconds=1)):
        end_expired_holds()
        assert shown(lin)["day"] == ("100.00", "100.00"), "what expires on another day gives nothing to that"


def test_a_transfer_for_later_counts_until_it_is_cancelled(lin: CustomerView, ben: CustomerView) -> None:
    sends(lin, ben, 20)
    set_payee_limit(lin.id, ben.id, "day", yuan(50))
    planned = a_later_transfer(lin, ben, 30)
    with pytest.raises(PayeeDayLimit):
        sends(lin, ben, 1)
    with pytest.raises(PayeeDayLimit):
        a_later_transfer(lin, ben, 1)
    cancel_transfer(CancelTransferIntent(a_key(), planned.id, lin.id))
    assert shown(lin)["day"] == ("50.00", "30.00")


def test_a_shop_with_an_agreement_is_held_to_it_too(lin: CustomerView, bakery: MerchantView) -> None:
    set_payee_limit(lin.id, bakery.id, "single", yuan(20))
    agreed = an_agreement(lin, bakery)
    with pytest.raises(PayeeSingleLimit):
        pay(to_pay(lin, an_order(bakery, 21), proof=by(agreed)))


def test_higher_or_none_waits_and_can_be_cancelled(lin: CustomerView, bakery: MerchantView, noon: datetime) -> None:
    with at(noon):
        pays(lin, bakery, 10)
        assert not set_payee_limit(lin.id, bakery.id, "single", yuan(50)).raised
        assert set_payee_limit(lin.id, bakery.id, "single", yuan(80)).raised
        with pytest.raises(PayeeSingleLimit):
            pays(lin, bakery, 60)
        cancel_payee_raise(lin.id, bakery.id, "single")
        with pytest.raises(NoRaiseToCancel):
            cancel_payee_raise(lin.id, bakery.id, "single")
        done = set_payee_limit(lin.id, bakery.id, "single", None)
        assert (done.raised, done.holds_from) == (True, noon + DAY)
        line = next(one for one in payee_limits_of(lin.id) if one.kind == "single")
        assert line.planned is not None and line.planned.amount is None
    with at(noon + DAY):
        pays(lin, bakery, 60)
        assert payee_limits_of(lin.id) == []
    facts = [event.fact for event in events_after([f"customer:{lin.id}"], 0, 100)]
    changed = [fact for fact in facts if isinstance(fact, OwnLimitChanged)]
    assert {(fact.group, fact.payee_id) for fact in changed} == {("payee", bakery.id)}


def test_never_above_the_house(bakery: MerchantView) -> None:
    ann = a_limited_payer(3_000)
    pays(ann, bakery, 10)
    view = limits_of(ann.id)
    line = view.line("out", "single") if view else None
    assert line is not None and line.house is not None
    with pytest.raises(OwnLimitAboveTier):
        set_payee_limit(ann.id, bakery.id, "single", line.house + yuan(1))


def test_in_one_batch_each_sees_those_before_it(lin: CustomerView, bakery: MerchantView) -> None:
    set_payee_limit(lin.id, bakery.id, "day", yuan(100))
    done = pay_many([to_pay(lin, an_order(bakery, 40)) for _ in range(3)])
    assert [isinstance(one, Paid) for one in done] == [True, True, False]
    assert isinstance(done[2].refusal, PayeeDayLimit)  # type: ignore[union-attr]
    assert PayeeUse.objects.get(payee_id=bakery.id).used_minor == 9_000


def test_who_limits_nobody_by_the_day_costs_no_statement(
    lin: CustomerView, bakery: MerchantView, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as seen:
        pays(a_payer(100), bakery, 10)
        refunds(pays(lin, bakery, 10), "10")
        set_payee_limit(lin.id, bakery.id, "single", yuan(50))
        pays(lin, bakery, 10)
        assert seen == []
    set_payee_limit(lin.id, bakery.id, "day", yuan(100))
    with counted(monkeypatch) as seen:
        pays(lin, a_shop("别家", "Another"), 10)
        assert seen == [], "another payee is none of its business"
        pays(lin, bakery, 10)
        assert seen == ["rows_of", "sent"], "one read, one writing"


def test_the_database_holds_it_by_itself(lin: CustomerView, bakery: MerchantView) -> None:
    set_payee_limit(lin.id, bakery.id, "day", yuan(100))
    row, moment = OwnLimit.objects.get(payee_id=bakery.id), now()
    more = {"wallet_id": row.wallet_id, "asked_at": moment, "holds_from": moment}
    refused = [
        {**more, "group": "payee", "window": "day", "payee_id": bakery.id, "minor": 20_000},
        {**more, "group": "payee", "window": "month", "payee_id": bakery.id, "minor": 10},
        {**more, "group": "payee", "window": "day", "minor": 10},
        {**more, "group": "out", "window": "day", "payee_id": bakery.id, "minor": 10},
    ]
    for columns in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnLimit.objects.create(**columns)
    for change in ({"used_minor": -1}, {"payee_id": lin.id}, {"day": moment.date() - timedelta(days=2)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PayeeUse.objects.update(**change)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        PayeeUse.objects.all().delete()
