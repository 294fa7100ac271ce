"""``Wallet`` and the record of its freezes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from walletdesk.foundation.clock.public import now, uuid7

FREEZE_MODES = ("debit", "credit", "full")


class Wallet(models.Model):
    """One customer's money in one asset. ``ledger_account`` is an account number in the books."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    asset_code = models.CharField(max_length=12)
    ledger_account = models.BigIntegerField(unique=True)
    opened_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_wallet_per_asset", fields=["customer", "asset_code"]),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WalletFreeze(models.Model):
    """From when to when a wallet was frozen, why, and on whose word. The flag that stops money is in the books."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wallet = models.ForeignKey(Wallet, on_delete=models.PROTECT, related_name="freezes")
    mode = models.CharField(max_length=6)
    reason = models.CharField(max_length=500)
    actor = models.CharField(max_length=100)
    frozen_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=500, blank=True, default="")
    lifted_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="freeze_mode_known", condition=models.Q(mode__in=FREEZE_MODES)),
            models.CheckConstraint(name="freeze_says_why", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="freeze_ends_after_it_began",
                condition=models.Q(lifted_at=None) | models.Q(lifted_at__gte=models.F("frozen_at")),
            ),
            models.UniqueConstraint(
                name="one_open_freeze_per_wallet", fields=["wallet"], condition=models.Q(lifted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
