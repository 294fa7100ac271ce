"""The line: places, what was promised to those in it, and call-backs that keep a place without its caller."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

PLACE_STATES = ("waiting", "offered", "call_back", "left")
OPEN_PLACES = ("waiting", "offered", "call_back")
CALL_BACK_STATES = ("waiting", "dialling", "reached", "given_up", "cancelled")
OPEN_CALL_BACKS = ("waiting", "dialling")


class QueuePlace(models.Model):
    """One waiting place: of a call, and of a customer once known. ``order_at`` is fixed when it is taken
    (rules/queue_order.py); ``call`` changes only when a call-back, or a second call of the customer, takes the place over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey("hotline.Call", on_delete=models.PROTECT, related_name="places")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", null=True)
    topic = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    urgent = models.PositiveSmallIntegerField(default=0)
    verified = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    order_at = models.DateTimeField()
    front_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    left_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_place_a_call", fields=["call"], condition=Q(state__in=OPEN_PLACES)),
            models.UniqueConstraint(
                name="one_open_place_a_customer",
                fields=["customer"],
                condition=Q(state__in=OPEN_PLACES, customer__isnull=False),
            ),
            models.CheckConstraint(name="place_state_known", condition=Q(state__in=PLACE_STATES)),
            models.CheckConstraint(name="place_urgent_0_to_3", condition=Q(urgent__lte=3)),
            models.CheckConstraint(
                name="place_left_has_moment",
                condition=Q(state="left", left_at__isnull=False) | (~Q(state="left") & Q(left_at=None)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="line_open", fields=["order_at"], condition=Q(state__in=OPEN_PLACES)),
            models.Index(name="places_by_time", fields=["-joined_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.topic} since {self.joined_at}"


class CallPromise(models.Model):
    """ "We answer by 14:32, or call you back in your place": one for a place; clock and outcome never change (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.OneToOneField(QueuePlace, on_delete=models.PROTECT, related_name="promise")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="call_promise_due_after_made", condition=Q(due_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="call_promise_kept_in_time", condition=Q(kept_at=None) | Q(kept_at__lte=F("due_at"))
            ),
            models.CheckConstraint(
                name="call_promise_one_outcome",
                condition=Q(kept_at=None, broken_at=None)
                | Q(kept_at=None, waived_at=None)
                | Q(broken_at=None, waived_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="call_promises_running",
                fields=["due_at"],
                condition=Q(kept_at=None, broken_at=None, waived_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"by {self.due_at}"


class CallBack(models.Model):
    """A place kept without its caller, and the number on file to which it goes. One open for a customer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.OneToOneField(QueuePlace, on_delete=models.PROTECT, related_name="call_back")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=16)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    made_at = models.DateTimeField(default=now)
    not_before = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_call_back", fields=["customer"], condition=Q(state__in=OPEN_CALL_BACKS)
            ),
            models.CheckConstraint(name="call_back_state_known", condition=Q(state__in=CALL_BACK_STATES)),
            models.CheckConstraint(name="call_back_number_e164", condition=Q(number__regex=r"^\+[1-9][0-9]{5,14}$")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CallBackTry(models.Model):
    """One try to reach the customer; at most three."""

    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=now)
    outcome = models.CharField(max_length=14, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_row_per_try", fields=["call_back", "number"]),
            models.CheckConstraint(name="at_most_three_tries", condition=Q(number__gte=1, number__lte=3)),
        ]
        indexes: ClassVar = [models.Index(name="tries_by_time", fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.call_back_id}: {self.number}"
