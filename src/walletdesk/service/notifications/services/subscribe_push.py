"""A browser lets us push to it, and stops."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.notifications.errors import SubscriptionNotFound, SubscriptionNotUsable
from walletdesk.service.notifications.models import PushSubscription
from walletdesk.service.notifications.ports import the_push
from walletdesk.service.notifications.rules.headers import one_line
from walletdesk.service.notifications.rules.subscriptions import LONGEST_ENDPOINT, keys_usable
from walletdesk.service.notifications.sealing import seal

MOST_BROWSERS = 10


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser gave out: ``name`` as its owner knows it, ``device_id`` where sign-in knows the device."""

    endpoint: str
    p256dh: str
    auth: str = field(repr=False)
    name: str = ""
    device_id: uuid.UUID | None = None


def subscribe_push(customer_id: uuid.UUID, browser: Browser) -> uuid.UUID:
    """From now on this browser hears the customer's alerts; the same one again only renews its keys.

    A browser has one owner: what it told somebody else before ends. The oldest of more than ten ends too.
    Refuses ``SubscriptionNotUsable``: a push service that is not known, keys that no browser makes.
    """
    if len(browser.endpoint) > LONGEST_ENDPOINT or not the_push().may_send_to(browser.endpoint):
        raise SubscriptionNotUsable()
    if not keys_usable(browser.p256dh, browser.auth):
        raise SubscriptionNotUsable()
    with transaction.atomic():
        mine = PushSubscription.objects.select_for_update().filter(endpoint=browser.endpoint, ended_at=None).first()
        if mine and mine.customer_id == customer_id:
            mine.sealed_keys, mine.device_id = _sealed(browser, mine.id), browser.device_id
            mine.save(update_fields=["sealed_keys", "device_id"])
            return mine.id
        if mine:
            PushSubscription.objects.filter(id=mine.id).update(ended_at=now(), end_reason="other_owner")
        its_id = uuid7()
        PushSubscription.objects.create(
            id=its_id,
            customer_id=customer_id,
            device_id=browser.device_id,
            name=one_line(browser.name, 80),
            endpoint=browser.endpoint,
            sealed_keys=_sealed(browser, its_id),
            created_at=now(),
        )
        _end_oldest(customer_id)
    return its_id


def _sealed(browser: Browser, its_id: uuid.UUID) -> bytes:
    return seal({"p256dh": browser.p256dh, "auth": browser.auth}, str(its_id))


def _end_oldest(customer_id: uuid.UUID) -> None:
    rows = PushSubscription.objects.filter(customer=customer_id, ended_at=None).order_by("-created_at")
    too_many = list(rows.values_list("id", flat=True)[MOST_BROWSERS:])
    PushSubscription.objects.filter(id__in=too_many).update(ended_at=now(), end_reason="too_many")


def stop_push(customer_id: uuid.UUID, subscription_id: uuid.UUID) -> None:
    """This browser hears nothing more. Refuses another's (``SubscriptionNotFound``)."""
    own = PushSubscription.objects.filter(customer=customer_id, id=subscription_id)
    if not own.exists():
        raise SubscriptionNotFound()
    own.filter(ended_at=None).update(ended_at=now(), end_reason="stopped")


def end_push_of_devices(device_ids: set[uuid.UUID]) -> None:
    """The devices were signed out for good: nothing of their owner is shown there any more."""
    PushSubscription.objects.filter(device_id__in=device_ids, ended_at=None).update(
        ended_at=now(), end_reason="device_ended"
    )
