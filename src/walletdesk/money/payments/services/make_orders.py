"""A till asks for money: orders with a code each, and taking one back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.amount.public import Amount, AmountTooBig, AmountTooSmall, OtherAsset
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import publish, publish_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.merchants.public import MerchantNotFound, MerchantView, merchants
from walletdesk.money.payments.errors import NoteTooLong, OrderNotFound, OrderNotWaiting, OrderReferenceNotUsable
from walletdesk.money.payments.events import OrderCancelled, OrderCreated
from walletdesk.money.payments.models import Order
from walletdesk.money.payments.queries.orders import OrderView, as_view
from walletdesk.money.payments.rules import emv
from walletdesk.money.payments.rules.paying import CANCELLED, WAITING

LARGEST_SUM = 10**13
LONGEST_NOTE = 140
_REFERENCE = re.compile(r"[0-9A-Za-z_./#-]{0,25}", re.ASCII)


@dataclass(frozen=True, slots=True)
class OrderRequest:
    merchant_id: UUID
    amount: Amount
    order_reference: str = ""
    till_id: UUID | None = None
    member_id: UUID | None = None
    note: str = ""
    till_label: str = ""


def create_order(
    merchant_id: UUID,
    till: UUID | None,
    member_id: UUID | None,
    amount: Amount,
    order_reference: str = "",
    note: str = "",
) -> OrderView:
    """One order, with its code. Refuses, in this order: ``AmountTooSmall``, ``AmountTooBig``, ``OrderReferenceNotUsable``,
    ``NoteTooLong``, ``MerchantNotFound``, ``OtherAsset`` (the shop takes another currency).
    """
    return create_orders([OrderRequest(merchant_id, amount, order_reference, till, member_id, note)])[0]


def create_orders(requests: Sequence[OrderRequest]) -> list[OrderView]:
    """Many orders in a constant number of statements, all or none; refuses as :func:`create_order`."""
    for request in requests:
        _check(request)
    shops = merchants(request.merchant_id for request in requests)
    moment = now()
    lifetime = timedelta(seconds=value("order.lifetime_seconds", moment))
    rows: list[Order] = []
    for request in requests:
        shop = shops.get(request.merchant_id)
        if shop is None:
            raise MerchantNotFound()
        if shop.asset_code != request.amount.asset.code:
            raise OtherAsset(asset=shop.asset_code, other=request.amount.asset.code)
        order = Order(
            id=uuid7(),
            merchant_id=shop.id,
            till_id=request.till_id,
            member_id=request.member_id,
            order_reference=request.order_reference,
            amount_minor=request.amount.minor,
            asset_code=shop.asset_code,
            note=request.note.strip(),
            created_at=moment,
            expires_at=moment + lifetime,
        )
        order.code = emv.build(_code(order, shop, request))
        rows.append(order)
    with transaction.atomic():
        Order.objects.bulk_create(rows)
        publish_many([OrderCreated(row.id, row.merchant_id, row.amount_minor, row.asset_code, moment) for row in rows])
    return [as_view(row, moment) for row in rows]


def cancel_order(order_id: UUID, merchant_id: UUID) -> OrderView:
    """The till takes its order back. Refuses: ``OrderNotFound`` (or another shop's), ``OrderNotWaiting``."""
    with transaction.atomic():
        row = Order.objects.select_for_update(no_key=True).filter(id=order_id, merchant_id=merchant_id).first()
        if row is None:
            raise OrderNotFound()
        if row.state != WAITING:
            raise OrderNotWaiting(state=row.state)
        row.state, row.ended_at = CANCELLED, now()
        row.save(update_fields=["state", "ended_at"])
        publish(OrderCancelled(row.id, row.merchant_id, row.ended_at))
        return as_view(row, row.ended_at)


def _check(request: OrderRequest) -> None:
    if request.amount.minor <= 0:
        raise AmountTooSmall()
    if request.amount.minor > LARGEST_SUM:
        raise AmountTooBig()
    if not _REFERENCE.fullmatch(request.order_reference):
        raise OrderReferenceNotUsable()
    if len(request.note.strip()) > LONGEST_NOTE:
        raise NoteTooLong(most=LONGEST_NOTE)


def _code(order: Order, shop: MerchantView, request: OrderRequest) -> emv.MerchantCode:
    return emv.MerchantCode(
        merchant_id=shop.id,
        order_id=order.id,
        amount=request.amount.plain,
        currency=request.amount.asset.number or "999",
        category=shop.category_code,
        name=shop.name_en,
        city=shop.city,
        local_name=shop.name_zh,
        reference=order.order_reference,
        till=request.till_label,
    )
