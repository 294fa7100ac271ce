"""``Customer``, their ``PaymentPin``, and how their tier came about."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.expressions import Func, Value
from django.db.models.functions import Upper

from walletdesk.foundation.clock.public import now, uuid7

TIERS = (4, 3, 2, 1)
"""From the least known to the best known person."""
FIRST_TIER = TIERS[0]
NEXT_SERIAL = Func(Value("customers_serial"), function="nextval", output_field=models.BigIntegerField())


class Customer(models.Model):
    """One person with money here. ``serial`` comes from the database and is shown as the customer number.

    ``tier`` says how well the person is known: 4 by telephone or e-mail only, 1 in person. What a tier may is no concern
    of this room. A tester is no person and is found by nobody but who tests.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    serial = models.BigIntegerField(unique=True, db_default=NEXT_SERIAL, editable=False)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True, default="", help_text="E.164, or empty; an address, no proof")
    tier = models.PositiveSmallIntegerField(default=FIRST_TIER)
    is_tester = models.BooleanField(default=False, help_text="nobody: made for a test, has play money only")
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="customers_by_name"),
            models.Index(name="customers_by_phone", fields=["phone"], condition=~models.Q(phone="")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="customer_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(name="customer_tier_known", condition=models.Q(tier__in=TIERS)),
            models.CheckConstraint(
                name="phone_is_e164_or_empty",
                condition=models.Q(phone="") | models.Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PaymentPin(models.Model):
    """The argon2id hash of a PIN and the counter that guards it. The digits themselves are stored nowhere."""

    customer = models.OneToOneField(Customer, primary_key=True, on_delete=models.PROTECT, related_name="pin")
    hash = models.CharField(max_length=200)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    set_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="pin_is_argon2id", condition=models.Q(hash__startswith="$argon2id$")),
            models.CheckConstraint(
                name="locked_pin_was_tried", condition=models.Q(locked_until=None) | models.Q(wrong_tries__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self.customer_id)


class TierChange(models.Model):
    """One step of a customer's tier: from what to what, on whose word and why. Never changed, never deleted."""

    id = models.BigAutoField(primary_key=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tier_changes")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=100, help_text="an actor: employee:<id>, city, …")
    reason = models.CharField(max_length=500)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="tier_change_known", condition=models.Q(before__in=TIERS, after__in=TIERS)),
            models.CheckConstraint(name="tier_change_changes", condition=~models.Q(before=models.F("after"))),
            models.CheckConstraint(name="tier_change_says_why", condition=~models.Q(reason="") & ~models.Q(by="")),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
