"""``Team``, ``Employee``, their ``Shift``s, and the ``EnrolmentPass`` that lets a new factor to the desk."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.staff.rules import ROLES


class Team(models.Model):
    """People who work together. Two persons of one team never make and check the same proposal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.code


class Employee(models.Model):
    """One person at the desk. The employee number is public: it stands on every contact."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    employee_number = models.CharField(max_length=8, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    active = models.BooleanField(default=True)
    refund_cap_minor = models.BigIntegerField(null=True, help_text="own cap per refund; empty: the profile's")
    refund_day_cap_minor = models.BigIntegerField(null=True, help_text="own cap of a day's sum; empty: the profile's")
    employed_at = models.DateTimeField(default=now)
    enrolled_at = models.DateTimeField(null=True, help_text="a pass was used; empty: no way to the desk")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="role_is_known", condition=models.Q(role__in=list(ROLES))),
            models.CheckConstraint(
                name="employee_number_is_digits", condition=models.Q(employee_number__regex=r"^[0-9]{3,8}$")
            ),
            models.CheckConstraint(
                name="cap_not_negative", condition=models.Q(refund_cap_minor=None) | models.Q(refund_cap_minor__gte=0)
            ),
            models.CheckConstraint(
                name="day_cap_not_negative", condition=Q(refund_day_cap_minor=None) | Q(refund_day_cap_minor__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.employee_number


class _Span(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Shift(models.Model):
    """When somebody is expected at the desk. Cancelled ones stay on record; two of one person never overlap."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.CharField(max_length=60)
    planned_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(name="shifts_by_start", fields=["starts_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="shift_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="one_shift_at_a_time",
                expressions=[
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                    ("employee", RangeOperators.EQUAL),
                ],
                condition=Q(cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} from {self.starts_at}"


class EnrolmentPass(models.Model):
    """One way to the desk, for one person, once: kept as a hash; a newer one of the same person ends it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="pass_is_sha256", condition=Q(code_hash__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="pass_runs_out", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="pass_used_in_time", condition=Q(used_at=None) | Q(used_at__lt=F("expires_at"))
            ),
            models.CheckConstraint(
                name="nobody_lets_oneself_in", condition=Q(made_by=None) | ~Q(made_by=F("employee"))
            ),
            models.UniqueConstraint(
                name="one_pass_at_a_time", fields=["employee"], condition=Q(used_at=None, ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
