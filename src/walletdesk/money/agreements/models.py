"""``Agreement``: what a payer agreed to beforehand, and how much of today's cap is used. ``TermsAcceptance``: which edition
of the house's own terms a customer accepted.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.agreements.rules import CUSTOMER, MERCHANT


class Agreement(models.Model):
    """Proposed by a shop and accepted by a payer, or (``key_id``) the caps of a payer's own API key. Sums in minor units.

    The terms never change (``sql/guards.sql``): whoever wants other caps agrees anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    key_id = models.UUIDField(null=True, unique=True)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    title = models.CharField(max_length=60)
    asset_code = models.CharField(max_length=12)
    max_single_minor = models.BigIntegerField()
    max_day_minor = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    proposal_ends_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, blank=True, default="")
    day = models.DateField(null=True, help_text="of which day used_minor speaks")
    used_minor = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="agreements_of_shop", fields=["merchant", "id"]),
            models.Index(name="agreements_of_customer", fields=["customer", "accepted_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="agreement_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="agreement_of_a_shop_or_a_key",
                condition=Q(merchant__isnull=False, key_id=None) | Q(merchant=None, key_id__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_caps_in_order",
                condition=Q(max_single_minor__gt=0, max_day_minor__gte=F("max_single_minor")),
            ),
            models.CheckConstraint(
                name="agreement_accepted_by_somebody",
                condition=Q(accepted_at=None, customer=None) | Q(accepted_at__isnull=False, customer__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_ended_by_somebody",
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False, ended_by__in=[CUSTOMER, MERCHANT]),
            ),
            models.CheckConstraint(
                name="agreement_within_its_day",
                condition=Q(used_minor__gte=0, used_minor__lte=F("max_day_minor"))
                & (Q(used_minor=0) | Q(day__isnull=False, accepted_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TermsAcceptance(models.Model):
    """One edition of the house's terms (``rules/house_terms.py``), accepted by one customer. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="terms_accepted_once", fields=["customer", "edition"]),
            models.CheckConstraint(name="terms_accepted_how", condition=Q(how__in=("sign_up", "page"))),
            models.CheckConstraint(name="terms_edition_counts", condition=Q(edition__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.edition} by {self.customer_id}"
