"""An account that nobody has signed in to for a year is closed to signing in, says why, and is opened by its owner."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.factories.money import a_payer, a_shop, has, top_up, yuan
from tests.factories.way_back import NEW, a_locked_out_customer, begun, proves
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import Device, User
from walletdesk.foundation.identity.public import enrol_device, not_seen_since, touch_device
from walletdesk.foundation.jobs.declared import declared_timers
from walletdesk.foundation.jobs.public import declare_all
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.foundation.profiles.public import set_value
from walletdesk.money.payments import public as payments
from walletdesk.service.notifications.public import notices
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification.public import finish_recovery, locks_of, sign_in_lock
from walletdesk.trust.verification.services.lock_dormant import lock_dormant

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def long_ago(days: int = 366) -> datetime:
    return now() - timedelta(days=days)


def somebody_of(days: int) -> CustomerView:
    """Signed up so many days ago, and never seen since then."""
    with at(long_ago(days)):
        made = a_locked_out_customer(f"Of {days}")
    User.objects.filter(pk=made.user_id).update(date_joined=long_ago(days))
    return made


def why_locked(person: CustomerView) -> list[str]:
    return [one.reason for one in locks_of(person.id)]


def test_a_year_without_a_sign_in_locks_once_and_every_address_hears_why() -> None:
    forgotten, lately, fresh = somebody_of(366), somebody_of(364), a_payer(0)
    browser = Client()
    browser.force_login(User.objects.get(pk=forgotten.user_id))
    User.objects.filter(pk=forgotten.user_id).update(last_login=None)
    assert (lock_dormant(), lock_dormant()) == (1, 0)
    assert [why_locked(one) for one in (forgotten, lately, fresh)] == [["dormant"], [], []]
    assert browser.get("/wallet/").status_code == 302
    lock = sign_in_lock(forgotten.user_id)
    assert lock is not None and lock.reason == "dormant"
    deliver_all()
    (told,) = [one for one in notices("customer", forgotten.id) if one.kind == "account_locked"]
    assert "Nobody signed in for a long time" in told.more["en"]


@pytest.mark.parametrize("seen", ["sign_in", "device"])
def test_who_was_here_within_the_year_is_left_alone(seen: str) -> None:
    person = somebody_of(500)
    if seen == "sign_in":
        User.objects.filter(pk=person.user_id).update(last_login=long_ago(364))
    else:
        device = enrol_device(person.user_id, "", "first", "").view
        Device.objects.filter(pk=device.id).update(last_seen_at=long_ago(500))
        assert not_seen_since(now() - YEAR) == [person.user_id]
        touch_device(device.id, long_ago(364))
    assert lock_dormant() == 0


def test_two_proofs_open_it_and_it_is_not_locked_again_before_the_next_year() -> None:
    person = somebody_of(400)
    assert lock_dormant() == 1
    finish_recovery(proves(begun(person), "email", "sms").id, NEW)
    assert (why_locked(person), lock_dormant()) == ([], 0)
    with at(now() + YEAR + timedelta(days=1)):
        assert lock_dormant() == 1


def test_nought_days_lock_nobody() -> None:
    """Who does not want it sets the figure to nought, and does not lock out everybody."""
    person = somebody_of(366)
    set_value("account.dormant_days", 0, source="this house")
    assert lock_dormant() == 0
    assert why_locked(person) == []


def test_so_many_at_once_and_the_rest_the_next_time() -> None:
    people = [somebody_of(366 + number) for number in range(5)]
    assert [lock_dormant(2) for _ in range(4)] == [2, 2, 1, 0]
    assert all(why_locked(one) == ["dormant"] for one in people)


def test_a_tester_is_a_programs_and_is_never_locked() -> None:
    with at(long_ago()):
        testers = payments.test_customers(a_shop().id)
    User.objects.update(date_joined=long_ago())
    lock_dormant()
    assert [why for one in testers if (why := locks_of(one.customer_id))] == []


def test_money_still_comes_in() -> None:
    person = somebody_of(366)
    lock_dormant()
    top_up(person.id, yuan(10))
    assert has(person) == "10.00"


def test_the_worker_has_it_on_a_timer() -> None:
    declare_all()
    assert "verification.lock_dormant_accounts" in declared_timers()
