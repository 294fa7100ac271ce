"""``AccountLock``: why somebody cannot sign in, since when, until when, and what lifted it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7


class AccountLock(models.Model):
    """``until`` None: it does not open by itself. A row stays when it is lifted: the times to restore count from it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=14)
    note = models.CharField(max_length=300, blank=True, default="")
    locked_by = models.CharField(max_length=60)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(name="locks_of_customer", fields=["customer", "-since"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_lock_per_reason", fields=["customer", "reason"], condition=Q(lifted_at=None)
            ),
            models.CheckConstraint(
                name="lock_reason",
                condition=Q(reason__in=["wrong_password", "dormant", "risk", "reported", "staff"]),
            ),
            models.CheckConstraint(
                name="lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by="") | (Q(lifted_at__isnull=False) & ~Q(lifted_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} since {self.since}"
