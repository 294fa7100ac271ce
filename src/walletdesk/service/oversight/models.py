"""Canaries, doors broken open, alarms, third looks, objections. Nothing here is ever deleted (``sql/guards.sql``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.oversight.rules.alarms import KINDS


class Canary(models.Model):
    """A customer whom nobody has a reason to look at. Only who places them knows which."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    placed_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=now)
    note = models.CharField(max_length=200, blank=True, default="")
    lifted_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_canary_a_customer", fields=["customer"], condition=Q(lifted_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BrokenGlass(models.Model):
    """An account opened without a case: by whom, why, until when; and what a second person says of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="glass_latest", fields=["-opened_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="glass_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="glass_mends", condition=Q(until__gt=F("opened_at"))),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Alarm(models.Model):
    """``employee`` is whom it is about; ``once`` names the happening, so that it is told once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=30)
    at = models.DateTimeField(default=now)
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=100, blank=True, default="")
    detail = models.JSONField(default=dict)
    once = models.CharField(max_length=160, unique=True)
    answered_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="alarms_open", fields=["-at"], condition=Q(answered_at=None)),
            models.Index(name="alarms_latest", fields=["-at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="alarm_kind", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="alarm_answered_whole",
                condition=Q(answered_by=None, answered_at=None, answer="")
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="nobody_answers_about_oneself", condition=Q(answered_by=None) | ~Q(answered_by=F("employee"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class ThirdLook(models.Model):
    """An approved proposal that a third person looks at afterwards, by lot or because the pair agrees too often."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.OneToOneField("approvals.Proposal", on_delete=models.PROTECT, related_name="+")
    maker = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10)
    drawn_at = models.DateTimeField(default=now)
    looked_by = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)
    words = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="third_looks_open", fields=["drawn_at"], condition=Q(looked_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="third_look_why", condition=Q(why__in=["lot", "pair"])),
            models.CheckConstraint(
                name="a_third_person_looks",
                condition=Q(looked_by=None) | (~Q(looked_by=F("maker")) & ~Q(looked_by=F("checker"))),
            ),
            models.CheckConstraint(
                name="third_look_whole",
                condition=Q(looked_by=None, looked_at=None, agrees=None)
                | Q(looked_by__isnull=False, looked_at__isnull=False, agrees__isnull=False),
            ),
            models.CheckConstraint(name="disagrees_with_words", condition=~Q(agrees=False) | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Objection(models.Model):
    """A customer objects to one act in the list of acts. One act, one objection, one case."""

    act_number = models.BigIntegerField(primary_key=True)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(name="objections_of_customer", fields=["customer"])]

    def __str__(self) -> str:
        return str(self.act_number)
