"""Either side ends an agreement, at one tap: it only makes things safer."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.money.agreements.errors import AgreementNotFound
from walletdesk.money.agreements.events import AgreementEnded
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.queries.agreements import AgreementView, as_view
from walletdesk.money.agreements.rules import CUSTOMER, MERCHANT


def end_agreement(
    agreement_id: UUID, *, customer_id: UUID | None = None, merchant_id: UUID | None = None
) -> AgreementView:
    """It pays nothing from here on. Name who ends it: the payer who accepted it, or the shop that proposed it; ended once
    more it stays as it was. Refuses ``AgreementNotFound``. Publishes ``AgreementEnded``.
    """
    with transaction.atomic():
        row = Agreement.objects.select_for_update(no_key=True).filter(pk=agreement_id, key_id=None).first()
        by_customer = row is not None and customer_id is not None and row.customer_id == customer_id
        by_merchant = row is not None and merchant_id is not None and row.merchant_id == merchant_id
        if row is None or not (by_customer or by_merchant):
            raise AgreementNotFound()
        moment = now()
        if row.ended_at is None:
            row.ended_at, row.ended_by = moment, CUSTOMER if by_customer else MERCHANT
            row.save(update_fields=["ended_at", "ended_by"])
            assert row.merchant_id is not None
            publish(AgreementEnded(row.id, row.customer_id, row.merchant_id, row.title, row.ended_by, moment))
        return as_view(row, moment)
