"""Orders, as a till and a payer see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.models import Order
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.paying import order_state

NEXT_ORDER = "SELECT nextval('payments_order_number')"


@dataclass(frozen=True, slots=True)
class OrderView:
    """``state`` is ``waiting``, ``paid``, ``expired`` or ``cancelled``; ``code`` the text of its QR."""

    id: UUID
    merchant_id: UUID
    till_id: UUID | None
    member_id: UUID | None
    amount: Amount
    order_reference: str
    note: str
    state: str
    code: str
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    payment_id: UUID | None
    receipt_number: str
    payer_id: UUID | None


def as_view(row: Order, moment: datetime) -> OrderView:
    """The row as it is known; its payment only if it was read along (``select_related``), never by one more statement."""
    payment = getattr(row, "payment", None) if Order.payment.is_cached(row) else None
    return OrderView(
        id=row.id,
        merchant_id=row.merchant_id,
        till_id=row.till_id,
        member_id=row.member_id,
        amount=amount_of(row.amount_minor, row.asset_code),
        order_reference=row.order_reference,
        note=row.note,
        state=order_state(row.state, row.expires_at, moment),
        code=row.code,
        created_at=row.created_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        payment_id=payment.id if payment else None,
        receipt_number=payment.receipt_number if payment else "",
        payer_id=payment.customer_id if payment else None,
    )


def _views(rows: QuerySet[Order]) -> list[OrderView]:
    moment = now()
    return [as_view(row, moment) for row in rows.select_related("payment")]


def order(order_id: UUID) -> OrderView | None:
    return next(iter(_views(Order.objects.filter(id=order_id))), None)


def orders(ids: Iterable[UUID]) -> dict[UUID, OrderView]:
    return {view.id: view for view in _views(Order.objects.filter(id__in=set(ids)))}


def orders_of(
    merchant_id: UUID, since: datetime | None = None, limit: int = 50, before: UUID | None = None
) -> list[OrderView]:
    """The latest orders of a shop, the newest first; ``before`` is the id of the last one seen."""
    rows = Order.objects.filter(merchant_id=merchant_id).order_by("-id")
    if since:
        rows = rows.filter(created_at__gte=since)
    return _views((rows.filter(id__lt=before) if before else rows)[:limit])


def suggest_order_reference(merchant_id: UUID) -> str:
    """A running number for a till that has none of its own: ``0519-0832``, never given twice."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_ORDER)
        sequence: int = cursor.fetchone()[0]
    return f"{timezone.localtime(now(), timezone.get_default_timezone()):%m%d}-{sequence:04d}"
