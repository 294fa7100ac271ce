"""A new order under the key that the till made: pressed twice, it is one order."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.idempotency.public import KeyClaim, claim, fingerprint, store_many
from walletdesk.money.merchants.public import MemberView
from walletdesk.money.payments.public import OrderView, create_order, orders_of

ROUTE = "till.create_order"
LOOKED_BACK = timedelta(hours=24)
MOST_LOOKED_AT = 300


def open_order(
    member: MemberView, till_id: uuid.UUID | None, amount: Amount, reference: str, note: str, key: str
) -> uuid.UUID:
    """The id of the order. Refuses what the key's room refuses, then what :func:`create_order` refuses."""
    body = fingerprint({"amount": amount.plain, "asset": amount.asset.code, "reference": reference, "note": note})
    one = KeyClaim(f"member:{member.id}", ROUTE, key, body)
    with transaction.atomic():
        before = claim(one)
        if before is not None:
            return uuid.UUID(before.body["order_id"])
        order = create_order(member.merchant_id, till_id, member.id, amount, reference, note)
        store_many([(one, 201, {"order_id": str(order.id)})])
    return order.id


def paid_already(merchant_id: uuid.UUID, amount: Amount, reference: str) -> OrderView | None:
    """The order of the last day with this reference and amount that was paid, if any: a second code would charge again."""
    if not reference:
        return None
    for order in orders_of(merchant_id, now() - LOOKED_BACK, MOST_LOOKED_AT):
        if order.state == "paid" and order.order_reference == reference and order.amount == amount:
            return order
    return None
