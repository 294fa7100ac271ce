"""What the refunds room does to payments: lock them, and write down what went back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from walletdesk.money.payments.models import Payment, PaymentRefund
from walletdesk.money.payments.queries.payments import PaymentView, RefundNote, views_of


def lock_payments(ids: Iterable[UUID]) -> dict[UUID, PaymentView]:
    """The payments, locked in id order until the caller's transaction ends; an id that is none is absent."""
    wanted = set(ids)
    rows = Payment.objects.select_for_update(no_key=True).filter(id__in=wanted).order_by("id")
    return {view.id: view for view in views_of(rows)}


def note_refunded_many(notes: Sequence[RefundNote]) -> None:
    """Add refunds to their payments, in the caller's transaction, after :func:`lock_payments`. The table refuses what
    would exceed a payment (I7).
    """
    if not notes:
        return
    with transaction.atomic():
        rows = Payment.objects.in_bulk({note.payment_id for note in notes})
        for note in notes:
            rows[note.payment_id].refunded_minor += note.amount.minor
            rows[note.payment_id].fee_returned_minor += note.fee_back.minor
        PaymentRefund.objects.bulk_create(
            PaymentRefund(
                refund_id=note.refund_id,
                number=note.number,
                payment_id=note.payment_id,
                customer_id=rows[note.payment_id].customer_id,
                amount_minor=note.amount.minor,
                fee_back_minor=note.fee_back.minor,
                reason=note.reason,
                entry_id=note.entry_id,
                made_at=note.made_at,
            )
            for note in notes
        )
        Payment.objects.bulk_update(rows.values(), ["refunded_minor", "fee_returned_minor"])
