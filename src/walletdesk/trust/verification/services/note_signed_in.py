"""Somebody spoke in a case from inside the customer's signed-in account."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.verification.events import CustomerVerified
from walletdesk.trust.verification.models import VerificationRecord
from walletdesk.trust.verification.queries.levels import VerificationLevel, level_of
from walletdesk.trust.verification.rules.levels import SIGNED_IN


def note_signed_in(case_id: UUID, customer_id: UUID) -> VerificationLevel:
    """Level 1 for a case that stands nowhere yet; whatever was recorded before, a "not genuine" too, stays as it is."""
    standing = level_of(case_id)
    if standing is not None:
        return standing
    with transaction.atomic():
        row, fresh = VerificationRecord.objects.get_or_create(
            case_id=case_id,
            prompt=None,
            defaults={"customer_id": customer_id, "level": SIGNED_IN, "how": "signed_in", "at": now()},
        )
        if fresh:
            publish(CustomerVerified(case_id, customer_id, None, SIGNED_IN, "signed_in", row.at))
    return VerificationLevel(row.level, row.how, row.at)
