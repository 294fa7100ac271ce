"""Somebody who knows the person better, or no longer: the customer's tier."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.errors import CustomerNotFound, TierReasonMissing, TierUnknown
from walletdesk.trust.customers.events import TierChanged
from walletdesk.trust.customers.models import TIERS, Customer, TierChange
from walletdesk.trust.customers.queries import CustomerView, customers


def set_tier(customer_id: UUID, tier: int, by: str, reason: str) -> CustomerView:
    """The customer's tier is ``tier`` from now on: 4 (telephone or e-mail only) to 1 (known in person). ``by`` is an actor
    (``employee:<id>``), ``reason`` a sentence that the customer may read. A tier that is set already stays, and nothing
    is said about it; else the change is kept and ``TierChanged`` is published.

    Refuses, in this order: ``TierUnknown``, ``TierReasonMissing``, ``CustomerNotFound``.
    """
    if tier not in TIERS:
        raise TierUnknown(tier=tier)
    if not by.strip() or not reason.strip():
        raise TierReasonMissing()
    with transaction.atomic():
        row = Customer.objects.select_for_update(no_key=True).filter(pk=customer_id).first()
        if row is None:
            raise CustomerNotFound()
        if row.tier != tier:
            _change(row, tier, by.strip(), reason.strip()[:500])
        return customers([customer_id])[customer_id]


def _change(row: Customer, tier: int, by: str, reason: str) -> None:
    """The record first: the table takes no tier that it does not tell of."""
    moment, before = now(), row.tier
    TierChange.objects.create(customer=row, before=before, after=tier, by=by, reason=reason, changed_at=moment)
    row.tier = tier
    row.save(update_fields=["tier"])
    publish(TierChanged(row.id, before, tier, by, reason, moment))
