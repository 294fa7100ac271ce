"""Shops ask, people pay: the orders of one moment and their payments, as two batches."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.money.payments.public import OrderRequest, PayIntent, create_orders, pay_many
from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.life import Purchase


def buy(residents: Residents, purchases: Sequence[Purchase]) -> list[UUID]:
    """The orders of one moment and their payments, as two batches; returns the orders' ids in order."""
    tills = [residents.tills[purchase.shop] for purchase in purchases]
    orders = create_orders(
        [
            OrderRequest(
                till.merchant_id, Amount(purchase.minor, CNY), purchase.reference, till.till_id, till.member_id
            )
            for till, purchase in zip(tills, purchases, strict=True)
        ]
    )
    pay_many(
        [
            PayIntent(
                key=f"city-{order.id}",
                customer_id=residents.customers[purchase.citizen],
                order_id=order.id,
                consent=residents.proof(purchase.citizen),
            )
            for order, purchase in zip(orders, purchases, strict=True)
        ]
    )
    return [order.id for order in orders]
