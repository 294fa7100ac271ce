"""Captured payments, as anybody who may see them sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.models import DuplicatePair, Payment, PaymentRefund
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.receipt_numbers import read_receipt_number

TWINS_REACH = timedelta(days=7)
CAPTURED, PARTLY_REFUNDED, REFUNDED = "captured", "partly_refunded", "refunded"


@dataclass(frozen=True, slots=True)
class RefundNote:
    """A refund of a payment. Made by the refunds room, kept with the payment."""

    refund_id: UUID
    number: str
    payment_id: UUID
    amount: Amount
    fee_back: Amount
    reason: str
    entry_id: UUID
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentView:
    """``state`` is ``captured``, ``partly_refunded`` or ``refunded``. ``duplicate_of`` is a suspicion, not a verdict."""

    id: UUID
    receipt_number: str
    customer_id: UUID
    wallet_id: UUID
    merchant_id: UUID
    order_id: UUID
    order_reference: str
    payee: Words
    note: str
    amount: Amount
    fee: Amount
    refunded: Amount
    fee_returned: Amount
    captured_at: datetime
    entry_id: UUID
    duplicate_of: UUID | None
    refunds: tuple[RefundNote, ...]
    instrument: str
    authorised_at: datetime | None = None

    @property
    def counted_at(self) -> datetime:
        """When the limits counted it: when its money was set aside, if that was before."""
        return self.authorised_at or self.captured_at

    @property
    def left(self) -> Amount:
        """What may still go back."""
        return self.amount - self.refunded

    @property
    def state(self) -> str:
        if not self.refunded.minor:
            return CAPTURED
        return REFUNDED if self.refunded == self.amount else PARTLY_REFUNDED


@dataclass(frozen=True, slots=True)
class DuplicateView:
    first_payment_id: UUID
    second_payment_id: UUID
    reason: str
    confidence: int
    seconds_apart: int
    found_at: datetime


def _note(row: PaymentRefund, asset_code: str) -> RefundNote:
    return RefundNote(
        refund_id=row.refund_id,
        number=row.number,
        payment_id=row.payment_id,
        amount=amount_of(row.amount_minor, asset_code),
        fee_back=amount_of(row.fee_back_minor, asset_code),
        reason=row.reason,
        entry_id=row.entry_id,
        made_at=row.made_at,
    )


def as_view(row: Payment, refunds: Iterable[PaymentRefund]) -> PaymentView:
    code = row.asset_code
    return PaymentView(
        id=row.id,
        receipt_number=row.receipt_number,
        customer_id=row.customer_id,
        wallet_id=row.wallet_id,
        merchant_id=row.merchant_id,
        order_id=row.order_id,
        order_reference=row.order_reference,
        payee=Words(row.payee_zh, row.payee_en),
        note=row.note,
        amount=amount_of(row.amount_minor, code),
        fee=amount_of(row.fee_minor, code),
        refunded=amount_of(row.refunded_minor, code),
        fee_returned=amount_of(row.fee_returned_minor, code),
        captured_at=row.captured_at,
        entry_id=row.entry_id,
        duplicate_of=row.duplicate_of_id,
        refunds=tuple(_note(refund, code) for refund in refunds),
        instrument=row.instrument,
        authorised_at=row.authorised_at,
    )


def views_of(rows: QuerySet[Payment]) -> list[PaymentView]:
    """The rows with their refunds, the oldest first; two statements."""
    kept = rows.prefetch_related("refunds")
    return [as_view(row, sorted(row.refunds.all(), key=lambda refund: refund.made_at)) for row in kept]


def payments(ids: Iterable[UUID]) -> dict[UUID, PaymentView]:
    """The payments with these ids; an id that is none is absent."""
    return {view.id: view for view in views_of(Payment.objects.filter(id__in=set(ids)))}


def payment(payment_id: UUID) -> PaymentView | None:
    return payments([payment_id]).get(payment_id)


def payment_by_number(text: str) -> PaymentView | None:
    """The payment with this receipt number, however it was typed."""
    number = read_receipt_number(text)
    rows = Payment.objects.filter(receipt_number=number) if number else Payment.objects.none()
    return next(iter(views_of(rows)), None)


def payments_of_customer(
    customer_id: UUID, limit: int = 20, before: tuple[datetime, UUID] | None = None
) -> list[PaymentView]:
    """The latest payments of a customer, the newest first; ``before`` is when the last one seen was captured, and its id."""
    rows = Payment.objects.filter(customer_id=customer_id)
    return views_of(_older(rows, before).order_by("-captured_at", "-id")[:limit])


def payments_of_merchant(
    merchant_id: UUID,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 100,
    before: tuple[datetime, UUID] | None = None,
) -> list[PaymentView]:
    """The latest payments at a shop, the newest first; ``until`` is not included, ``before`` as above."""
    rows = _older(Payment.objects.filter(merchant_id=merchant_id), before)
    if since:
        rows = rows.filter(captured_at__gte=since)
    if until:
        rows = rows.filter(captured_at__lt=until)
    return views_of(rows.order_by("-captured_at", "-id")[:limit])


def _older(rows: QuerySet[Payment], before: tuple[datetime, UUID] | None) -> QuerySet[Payment]:
    if before is None:
        return rows
    at, last = before
    return rows.filter(Q(captured_at__lt=at) | Q(captured_at=at, id__lt=last))


def duplicate_pairs(payment_ids: Iterable[UUID]) -> list[DuplicateView]:
    """The suspicions in which any of these payments stands, on either side."""
    ids = set(payment_ids)
    rows = DuplicatePair.objects.filter(second_id__in=ids) | DuplicatePair.objects.filter(first_id__in=ids)
    return [
        DuplicateView(r.first_id, r.second_id, r.reason, r.confidence, r.seconds_apart, r.found_at)
        for r in rows.order_by("found_at")
    ]


def likely_twin(payment_id: UUID) -> UUID | None:
    """Which other payment somebody means who says of this one that it was charged twice: the other side of a suspicion, else
    the nearest in time of the same payer, shop and sum within a week; None when there is none.
    """
    for pair in duplicate_pairs([payment_id]):
        return pair.first_payment_id if pair.second_payment_id == payment_id else pair.second_payment_id
    this = Payment.objects.get(id=payment_id)
    alike = Payment.objects.filter(
        customer_id=this.customer_id,
        merchant_id=this.merchant_id,
        amount_minor=this.amount_minor,
        asset_code=this.asset_code,
        captured_at__range=(this.captured_at - TWINS_REACH, this.captured_at + TWINS_REACH),
    ).exclude(id=payment_id)
    found = alike.values_list("id", "captured_at")
    return min(found, key=lambda one: abs(one[1] - this.captured_at))[0] if found else None
