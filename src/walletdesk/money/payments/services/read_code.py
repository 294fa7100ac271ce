"""A scanned or pasted code becomes the order that it stands for."""

from __future__ import annotations

from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.errors import (
    CodeBroken,
    CodeNotOurs,
    CodeNotRead,
    OrderAuthorised,
    OrderCancelled,
    OrderExpired,
    OrderNotFound,
    OrderPaid,
)
from walletdesk.money.payments.models import Order
from walletdesk.money.payments.queries.orders import OrderView, as_view
from walletdesk.money.payments.rules import emv
from walletdesk.money.payments.rules.paying import AUTHORISED, CANCELLED, EXPIRED, PAID

OVER = {AUTHORISED: OrderAuthorised, PAID: OrderPaid, CANCELLED: OrderCancelled, EXPIRED: OrderExpired}


def read_code(text: str) -> OrderView:
    """The order to show and pay. What is charged is the order in the database; a payload that says another shop, sum or
    currency is never paid.

    Refuses, in this order: ``CodeNotRead``, ``CodeBroken`` (check sum), ``CodeNotOurs``, ``OrderNotFound``, ``CodeBroken``
    (differs from the order), ``OrderAuthorised``, ``OrderPaid``, ``OrderCancelled``, ``OrderExpired``.
    """
    said = _said(text)
    row = Order.objects.select_related("payment").filter(id=said.order_id).first()
    if row is None:
        raise OrderNotFound()
    found = as_view(row, now())
    number = found.amount.asset.number or "999"
    if (said.merchant_id, said.amount, said.currency) != (found.merchant_id, found.amount.plain, number):
        raise CodeBroken()
    if found.state in OVER:
        raise OVER[found.state](order_id=found.id)
    return found


def _said(text: str) -> emv.MerchantCode:
    try:
        return emv.parse(text)
    except emv.BrokenPayload as broken:
        raise CodeBroken() from broken
    except emv.ForeignPayload as foreign:
        raise CodeNotOurs() from foreign
    except emv.UnreadablePayload as noise:
        raise CodeNotRead() from noise
