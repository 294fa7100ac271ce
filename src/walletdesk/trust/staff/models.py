"""``Team`` and ``Employee``."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

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
    employed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="role_is_known", condition=models.Q(role__in=list(ROLES))),
            models.CheckConstraint(
                name="employee_number_is_digits", condition=models.Q(employee_number__regex=r"^[0-9]{3,8}$")
            ),
            models.CheckConstraint(
                name="cap_not_negative", condition=models.Q(refund_cap_minor=None) | models.Q(refund_cap_minor__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.employee_number
