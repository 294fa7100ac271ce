"""``Merchant``, the people who work there, their tills."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.merchants.rules import CASHIER, OWNER


class Merchant(models.Model):
    """One shop. ``fee_bps`` is what it pays of each sale, in hundredths of a percent, agreed when it signed up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    category = models.CharField(max_length=20)
    city = models.CharField(max_length=15, default="Shanghai", help_text="ASCII, as it stands in the QR")
    phone = models.CharField(max_length=20, blank=True, default="")
    verified = models.BooleanField(default=False)
    asset_code = models.CharField(max_length=12, default="CNY")
    ledger_account = models.BigIntegerField(unique=True)
    fee_bps = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="merchant_fee_below_all", condition=models.Q(fee_bps__lt=10_000)),
            models.CheckConstraint(name="merchant_has_names", condition=~models.Q(name_zh="") & ~models.Q(name_en="")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TestTwin(models.Model):
    """A shop and its twin for testing: an ordinary shop in play money, which nobody works at."""

    merchant = models.OneToOneField(Merchant, primary_key=True, on_delete=models.PROTECT, related_name="+")
    twin = models.OneToOneField(Merchant, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="nobody_is_their_own_twin", condition=~models.Q(merchant=models.F("twin"))),
        ]

    def __str__(self) -> str:
        return str(self.merchant_id)


class MerchantMember(models.Model):
    """A person at a shop: its owner or a cashier. One person works at one shop."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    joined_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="member_role_known", condition=models.Q(role__in=[OWNER, CASHIER])),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Till(models.Model):
    """A place in the shop where orders are shown and paid."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="tills")
    label = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="till_label_once_per_shop", fields=["merchant", "label"]),
        ]

    def __str__(self) -> str:
        return str(self.id)
