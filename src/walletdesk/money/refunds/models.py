"""``Refund``: one posting of money back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import uuid7

APPROVAL, MERCHANT = "approval", "merchant"


class Refund(models.Model):
    """Immutable once written (``sql/guards.sql``). ``authority`` says on whose word: an approved proposal, or the shop."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    asset_code = models.CharField(max_length=12)
    fee_back_minor = models.BigIntegerField()
    entry_id = models.UUIDField(unique=True)
    authority = models.CharField(max_length=10)
    approval = models.OneToOneField("approvals.Proposal", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="refund_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="refund_fee_back_within",
                condition=Q(fee_back_minor__gte=0, fee_back_minor__lte=models.F("amount_minor")),
            ),
            models.CheckConstraint(
                name="refund_has_its_authority",
                condition=Q(authority=APPROVAL, approval__isnull=False) | Q(authority=MERCHANT, approval=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number
