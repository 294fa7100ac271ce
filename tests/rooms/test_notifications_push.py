"""Browsers that are pushed to: whose they are, when they end, and that their secrets lie sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.factories.telling import a_browser, a_reader, pushed_to
from tests.fakes.carriers import FakePush, carriers
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.identity.public import DeviceAdded, DeviceEnded
from walletdesk.service.notifications import handlers
from walletdesk.service.notifications.models import Message, PushSubscription
from walletdesk.service.notifications.ports import Answer
from walletdesk.service.notifications.public import (
    Browser,
    SubscriptionNotFound,
    SubscriptionNotUsable,
    browsers_of,
    send_due_messages,
    stop_push,
    subscribe_push,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def push() -> Iterator[FakePush]:
    with carriers() as (_, pushing):
        yield pushing


def test_a_browser_is_there_once_and_renews_its_keys() -> None:
    lin, browser = a_reader(), a_browser()
    first = subscribe_push(lin.id, browser)
    again = subscribe_push(lin.id, Browser(browser.endpoint, a_browser().p256dh, browser.auth, "Chrome"))
    assert first == again
    assert [one.id for one in browsers_of(lin.id)] == [first]


def test_a_browser_has_one_owner() -> None:
    lin, wang, browser = a_reader(), a_reader("王明"), a_browser()
    subscribe_push(lin.id, browser)
    subscribe_push(wang.id, browser)
    assert browsers_of(lin.id) == []
    assert len(browsers_of(wang.id)) == 1


def test_its_secret_lies_sealed() -> None:
    lin, browser = a_reader(), a_browser()
    subscribe_push(lin.id, browser)
    kept = bytes(PushSubscription.objects.get(customer=lin.id).sealed_keys)
    assert browser.auth.encode() not in kept and browser.p256dh.encode() not in kept
    assert browser.auth not in repr(browser)


@pytest.mark.parametrize(
    "broken",
    [
        {"endpoint": "https://evil.example/x"},
        {"endpoint": "https://push.example/" + "x" * 1_000},
        {"p256dh": "AAAA"},
        {"p256dh": "A" * 87},
        {"auth": ""},
        {"auth": "!!!!"},
        {"auth": "密"},
    ],
)
def test_w01_what_no_browser_gives_out_is_refused(broken: dict[str, str]) -> None:
    good = a_browser()
    fields = {"endpoint": good.endpoint, "p256dh": good.p256dh, "auth": good.auth} | broken
    with pytest.raises(SubscriptionNotUsable):
        subscribe_push(a_reader().id, Browser(**fields))


def test_nobody_stops_anothers_browser() -> None:
    lin, wang = a_reader(), a_reader("王明")
    its_id = pushed_to(lin)
    for who, what in ((wang, its_id), (lin, uuid7())):
        with pytest.raises(SubscriptionNotFound):
            stop_push(who.id, what)
    stop_push(lin.id, its_id)
    stop_push(lin.id, its_id)
    assert browsers_of(lin.id) == []


def test_the_oldest_of_more_than_ten_ends() -> None:
    lin = a_reader()
    first = pushed_to(lin)
    for _ in range(10):
        pushed_to(lin)
    assert len(browsers_of(lin.id)) == 10
    assert first not in {one.id for one in browsers_of(lin.id)}


def test_a_browser_that_is_gone_ends_its_subscription(push: FakePush) -> None:
    lin = a_reader()
    pushed_to(lin)
    push.answer = Answer("for_good", "410", gone=True)
    handlers.on_device_added([DeviceAdded(lin.user_id, uuid7(), "Firefox", now(), now() + timedelta(hours=12))])
    send_due_messages()
    assert browsers_of(lin.id) == []
    assert PushSubscription.objects.get(customer=lin.id).end_reason == "gone"


def test_a_device_that_was_signed_out_hears_nothing_more() -> None:
    lin, device = a_reader(), uuid7()
    pushed_to(lin, "lost phone", device)
    kept = pushed_to(lin, "laptop", uuid7())
    handlers.on_device_ended([DeviceEnded(lin.user_id, device, "lost phone", now())])
    assert [one.id for one in browsers_of(lin.id)] == [kept]
    told = Message.objects.filter(channel="push", kind="device_ended")
    assert [one.address for one in told] == [str(kept)]


def test_a_new_device_is_told_to_the_others_and_to_every_address_but_not_to_itself() -> None:
    lin, new = a_reader(), uuid7()
    old, same = pushed_to(lin, "phone", uuid7()), pushed_to(lin, "new laptop", new)
    handlers.on_device_added([DeviceAdded(lin.user_id, new, "Chrome, Linux", now(), now() + timedelta(hours=12))])
    told = Message.objects.filter(kind="device_added")
    assert {one.channel for one in told} == {"push", "sms", "email"}
    assert [one.address for one in told if one.channel == "push"] == [str(old)]
    assert str(same) not in {one.address for one in told}


def test_the_first_device_of_all_is_no_news() -> None:
    lin = a_reader()
    handlers.on_device_added([DeviceAdded(lin.user_id, uuid7(), "Chrome", now(), None)])
    assert not Message.objects.exists()


def test_what_has_ended_stays_ended() -> None:
    lin = a_reader()
    its_id = pushed_to(lin)
    stop_push(lin.id, its_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        PushSubscription.objects.filter(id=its_id).update(ended_at=None, end_reason="")
    with pytest.raises(DatabaseError), transaction.atomic():
        PushSubscription.objects.filter(id=its_id).delete()
