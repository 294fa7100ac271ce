"""``AccountFreeze``: from when to when a customer's money stood still, on whose word, and on whose it moved again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

ORDERED_BY = ("self", "risk", "staff")
LIFTED_HOW = ("proof", "two_persons", "replaced")


class AccountFreeze(models.Model):
    """``channel`` is where a customer's own switch was thrown; ``decision_id`` the decision of risk behind it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    ordered_by = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, blank=True, default="")
    mode = models.CharField(max_length=6)
    reason = models.JSONField(help_text="in both languages")
    decision_id = models.UUIDField(unique=True, null=True)
    case_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=100)
    frozen_at = models.DateTimeField(default=now)
    lifted_at = models.DateTimeField(null=True)
    lifted_how = models.CharField(max_length=12, blank=True, default="")
    lifted_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="freeze_ordered_by_known", condition=Q(ordered_by__in=ORDERED_BY)),
            models.CheckConstraint(name="account_freeze_mode", condition=Q(mode__in=("debit", "credit", "full"))),
            models.CheckConstraint(
                name="freeze_lifted_in_a_way",
                condition=Q(lifted_at=None, lifted_how="", lifted_by="")
                | Q(lifted_at__gte=F("frozen_at"), lifted_how__in=LIFTED_HOW) & ~Q(lifted_by=""),
            ),
            models.CheckConstraint(
                name="risk_freeze_names_its_decision", condition=~Q(ordered_by="risk") | Q(decision_id__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_open_freeze_per_customer", fields=["customer"], condition=Q(lifted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordered_by} {self.id}"
