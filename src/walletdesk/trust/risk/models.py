"""``SeenTransfer``: the room's own memory of money between people; ``RiskFlag``: what it noticed. Both append-only."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7

RING = "ring"


class SeenTransfer(models.Model):
    transfer_id = models.UUIDField(primary_key=True)
    from_customer_id = models.UUIDField()
    to_customer_id = models.UUIDField()
    amount_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="seen_leaving", fields=["from_customer_id", "at"]),
        ]
        constraints: ClassVar = [models.CheckConstraint(name="seen_positive", condition=Q(amount_minor__gt=0))]

    def __str__(self) -> str:
        return str(self.transfer_id)


class RiskFlag(models.Model):
    """``key`` names what was noticed, so that noticing it twice flags it once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    customer_ids = ArrayField(models.UUIDField())
    transfer_ids = ArrayField(models.UUIDField())
    amount_minor = models.BigIntegerField()
    raised_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [
            GinIndex(name="flags_of_customer", fields=["customer_ids"]),
            models.Index(name="flags_latest", fields=["-raised_at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="flagged_once", fields=["kind", "key"]),
            models.CheckConstraint(name="flag_kind", condition=Q(kind=RING)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
