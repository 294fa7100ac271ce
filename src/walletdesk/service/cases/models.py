"""Cases, the payments and bills they concern, their promises, their timeline and their ratings.

``CasePayment.case_kind`` and ``case_open`` repeat two facts of the case so that one partial unique index can say "one
open case per payment and kind"; triggers keep them equal. Reference numbers come from the database (``sql/``).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

STATES = ("open", "waiting_customer", "waiting_other", "resolved", "closed")
OPENERS = ("system", "customer", "employee", "merchant")
ACTORS = ("system", "customer", "employee", "merchant")


class Case(models.Model):
    """One matter of one customer. ``queue_at`` orders the desk's queue (rules/queue_order.py)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True, db_default="")
    kind = models.CharField(max_length=40)
    title = models.JSONField()
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    merchant = models.ForeignKey("merchants.Merchant", on_delete=models.PROTECT, related_name="+", null=True)
    opened_by = models.CharField(max_length=10)
    state = models.CharField(max_length=20, default="open")
    assigned = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", null=True)
    about_employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", null=True)
    priority = models.PositiveSmallIntegerField(default=0)
    device = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(default=now)
    since = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    queue_at = models.DateTimeField()
    confirm_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closings = models.PositiveSmallIntegerField(default=0)
    summary = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="case_opener_known", condition=Q(opened_by__in=OPENERS)),
            models.CheckConstraint(name="case_priority_0_to_3", condition=Q(priority__lte=3)),
            models.CheckConstraint(
                name="case_closed_has_moment",
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_not_handled_by_whom_it_is_about",
                condition=Q(assigned=None) | Q(about_employee=None) | ~Q(assigned=F("about_employee")),
            ),
            models.CheckConstraint(
                name="case_resolved_has_deadline", condition=~Q(state="resolved") | Q(confirm_by__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="case_queue", fields=["queue_at", "id"], condition=~Q(state="closed")),
            models.Index(name="case_of_customer", fields=["customer", "-created_at"]),
            models.Index(
                name="case_of_merchant", fields=["merchant", "-created_at"], condition=Q(merchant__isnull=False)
            ),
            models.Index(name="case_unconfirmed", fields=["confirm_by"], condition=Q(state="resolved")),
        ]

    def __str__(self) -> str:
        return self.reference


class CasePayment(models.Model):
    """A payment that a case concerns; ``place`` keeps the order in which they were named."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_payments")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)
    case_kind = models.CharField(max_length=40)
    case_open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_row_per_case_payment", fields=["case", "payment"]),
            models.UniqueConstraint(
                name="one_open_case_per_payment", fields=["payment", "case_kind"], condition=Q(case_open=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.payment_id}"


class CaseBill(models.Model):
    """A line of the customer's bills that a case concerns and that is no charged payment; ``bill_id`` is its id there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_bills")
    bill_id = models.UUIDField()
    bill_kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    case_kind = models.CharField(max_length=40)
    case_open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_row_per_case_bill", fields=["case", "bill_id"]),
            models.UniqueConstraint(
                name="one_open_case_per_bill", fields=["bill_id", "case_kind"], condition=Q(case_open=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"


class Promise(models.Model):
    """What was promised, by when, and whether it was kept. ``kind`` names what fulfils it ("answer")."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    kind = models.CharField(max_length=20)
    words = models.JSONField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="promise_due_after_made", condition=Q(due_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="promise_kept_in_time", condition=Q(kept_at__isnull=True) | Q(kept_at__lte=F("due_at"))
            ),
            models.CheckConstraint(
                name="promise_kept_or_broken", condition=Q(kept_at__isnull=True) | Q(broken_at__isnull=True)
            ),
            models.CheckConstraint(
                name="promise_late_was_broken", condition=Q(late_at__isnull=True) | Q(broken_at__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_running_promise_per_kind",
                fields=["case", "kind"],
                condition=Q(kept_at__isnull=True, late_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="promise_running", fields=["due_at"], condition=Q(kept_at__isnull=True, broken_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_at}"


class TimelineEvent(models.Model):
    """What happened, in order, never changed (trigger and privilege). ``once`` makes a handler safe to run twice."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_number = models.CharField(max_length=20, default="")
    actor_name = models.JSONField(default=dict)
    kind = models.CharField(max_length=40)
    words = models.JSONField()
    detail = models.JSONField(default=dict)
    audience = models.CharField(max_length=5, default="both")
    once = models.CharField(max_length=120, null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="timeline_actor_known", condition=Q(actor_kind__in=ACTORS)),
            models.CheckConstraint(name="timeline_audience_known", condition=Q(audience__in=("both", "staff"))),
            models.UniqueConstraint(name="timeline_once", fields=["case", "once"]),
        ]
        indexes: ClassVar = [models.Index(name="timeline_of_case", fields=["case", "at", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class Rating(models.Model):
    """One to five stars with words, once for each closing of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    closing = models.PositiveSmallIntegerField()
    stars = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1000, default="", blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_rating_per_closing", fields=["case", "closing"]),
            models.CheckConstraint(name="rating_1_to_5", condition=Q(stars__gte=1, stars__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of 5"
