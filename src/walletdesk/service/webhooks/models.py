"""Endpoints, events with the words they will always have, their deliveries, and each try of one.

``Event.number`` is given under a lock that is held until the commit (``services/write_events.py``), so that numbers become
visible in their order: a reader that follows the feed by number misses none.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.webhooks.rules.patience import DELIVERED, GIVEN_UP, SENDING, WAITING

OWNERS = ("merchant", "customer")
MODES = ("live", "test")
ENABLED, DISABLED = "enabled", "disabled"
OWNER, GONE = "owner", "gone"
ENDINGS = ("answered", "timed_out", "not_reached", "not_allowed", "broken")
ON_THE_WAY = (WAITING, SENDING)


class Endpoint(models.Model):
    """Where an owner wants to hear. ``types`` empty: everything. ``failures`` in a row; it is left alone until ``rests_until``.

    A removed endpoint stays for its log; it never comes back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_kind = models.CharField(max_length=10)
    owner_id = models.UUIDField()
    mode = models.CharField(max_length=4)
    name = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=2000)
    types = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=8, default=ENABLED)
    disabled_because = models.CharField(max_length=5, blank=True, default="")
    sealed_secret = models.TextField()
    sealed_old_secret = models.TextField(null=True)
    old_secret_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="webhook_owner_known", condition=Q(owner_kind__in=OWNERS)),
            models.CheckConstraint(name="webhook_mode_known", condition=Q(mode__in=MODES)),
            models.CheckConstraint(
                name="webhook_disabled_has_a_reason",
                condition=Q(state=ENABLED, disabled_because="") | Q(state=DISABLED, disabled_because__in=(OWNER, GONE)),
            ),
            models.CheckConstraint(
                name="webhook_old_secret_ends",
                condition=Q(sealed_old_secret=None, old_secret_until=None)
                | Q(sealed_old_secret__isnull=False, old_secret_until__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="webhook_of_owner", fields=["owner_kind", "owner_id"], condition=Q(removed_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Event(models.Model):
    """Something that happened to a thing of one owner. ``about`` names the happening: it is written once.

    ``body`` is the text that every delivery, every replay and the feed carry, sign by sign.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid7, editable=False)
    owner_kind = models.CharField(max_length=10)
    owner_id = models.UUIDField()
    mode = models.CharField(max_length=4)
    type = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    about = models.CharField(max_length=120)
    occurred_at = models.DateTimeField()
    written_at = models.DateTimeField(default=now)
    body = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="webhook_event_written_once", fields=["about", "type", "owner_id", "owner_kind"]
            ),
            models.CheckConstraint(name="webhook_event_owner_known", condition=Q(owner_kind__in=OWNERS)),
            models.CheckConstraint(name="webhook_event_mode_known", condition=Q(mode__in=MODES)),
        ]
        indexes: ClassVar = [
            models.Index(name="webhook_feed", fields=["owner_id", "owner_kind", "number"]),
            models.Index(name="webhook_event_age", fields=["written_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class Delivery(models.Model):
    """An event on its way to one endpoint.

        waiting ─→ sending ─→ delivered
           ↑          ├─────→ waiting      again after a pause (rules/patience.py)
           │          └─────→ given_up     ten tries, three days, or 410
        waiting ─→ given_up                its three days are over, or its endpoint was removed

    ``tries`` is also the token of whoever sends: an answer to an earlier try changes nothing. Events of one matter (an order,
    a payment with its refunds, a transfer, an agreement, a case with its messages) go to one endpoint one after the other.
    A replay is a delivery of its own and holds up nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    matter_id = models.UUIDField()
    state = models.CharField(max_length=10, default=WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    replay_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="webhook_delivery_state_known", condition=Q(state__in=(WAITING, SENDING, DELIVERED, GIVEN_UP))
            ),
            models.CheckConstraint(
                name="webhook_delivery_ended_when_over",
                condition=Q(state__in=ON_THE_WAY, ended_at=None)
                | Q(state__in=(DELIVERED, GIVEN_UP), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="webhook_delivery_claimed_when_sent",
                condition=~Q(state=SENDING) | Q(claimed_at__isnull=False, tries__gt=0),
            ),
            models.CheckConstraint(
                name="webhook_delivery_repeats_another", condition=Q(replay_of=None) | ~Q(replay_of=F("id"))
            ),
            models.UniqueConstraint(
                name="webhook_delivered_once", fields=["event", "endpoint"], condition=Q(replay_of=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="webhook_due", fields=["endpoint", "due_at", "event"], condition=Q(state=WAITING)),
            models.Index(
                name="webhook_one_at_a_time",
                fields=["endpoint", "matter_id", "event"],
                condition=Q(state__in=ON_THE_WAY),
            ),
            models.Index(name="webhook_sending", fields=["endpoint", "claimed_at"], condition=Q(state=SENDING)),
            models.Index(name="webhook_log", fields=["endpoint", "-id"]),
            models.Index(name="webhook_over_time", fields=["expires_at"], condition=Q(state=WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.state}"


class Attempt(models.Model):
    """One try as it ended; never changed. ``words``: the beginning of the answer, for the owner's eyes."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    ended = models.CharField(max_length=12)
    status = models.PositiveSmallIntegerField(null=True)
    took_ms = models.PositiveIntegerField()
    words = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="webhook_attempt_once", fields=["delivery", "number"]),
            models.CheckConstraint(name="webhook_attempt_ending_known", condition=Q(ended__in=ENDINGS)),
            models.CheckConstraint(
                name="webhook_attempt_status_when_answered",
                condition=Q(ended="answered", status__isnull=False) | (~Q(ended="answered") & Q(status=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} try {self.number}: {self.ended}"
