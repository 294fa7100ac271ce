"""Orders and their QR."""

from __future__ import annotations

import io
from uuid import UUID

import segno

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.cursors import read_cursor
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.listing import PageOf, page_of
from walletdesk.doors.rest_api.once import once
from walletdesk.doors.rest_api.refusals import NothingAcceptable
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import OrderAsk
from walletdesk.doors.rest_api.shapes.parts import Listing
from walletdesk.doors.rest_api.sums import amount_of
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import (
    OrderNotFound,
    OrderView,
    cancel_order,
    create_order,
    order,
    orders_of,
)
from walletdesk.service.webhooks.public import order_shape

SVG, PNG = "image/svg+xml", "image/png"
BORDER, PIXELS = 4, 8
SANDBOX = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; sandbox")


def create(asked: Asked) -> Answer:
    ask: OrderAsk = asked.body
    amount = amount_of(ask.amount)
    return once(
        asked,
        201,
        lambda: order_shape(create_order(asked.merchant_id, None, None, amount, ask.reference, ask.note)),
    )


def list_orders(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_cursor(listing.cursor, UUID)
    rows = orders_of(asked.merchant_id, limit=listing.limit + 1, before=after)
    return page_of(rows, listing.limit, order_shape, lambda row: row.id)


def get(asked: Asked) -> Answer:
    return as_json(200, order_shape(_theirs(asked)))


def picture(asked: Asked) -> Answer:
    """The QR as SVG unless PNG is wished for. Refuses another wish (``NothingAcceptable``)."""
    kind = _wished(asked.headers.get(b"accept", b"").decode("latin-1").lower())
    code = segno.make_qr(_theirs(asked).code, error="m", boost_error=False, encoding="utf-8", mode="byte")
    drawn = io.BytesIO()
    if kind == SVG:
        code.save(drawn, kind="svg", scale=PIXELS, border=BORDER, xmldecl=False)
    else:
        code.save(drawn, kind="png", scale=PIXELS, border=BORDER)
    return Answer(200, drawn.getvalue(), kind.encode(), [SANDBOX])


def cancel(asked: Asked) -> Answer:
    order_id = asked.place("order_id")
    return once(asked, 200, lambda: order_shape(cancel_order(order_id, asked.merchant_id)))


def _theirs(asked: Asked) -> OrderView:
    found = order(asked.place("order_id"))
    if found is None or found.merchant_id != asked.merchant_id:
        raise OrderNotFound()
    return found


def _wished(accept: str) -> str:
    if not accept or any(one in accept for one in (SVG, "*/*", "image/*")):
        return SVG if SVG in accept or PNG not in accept else PNG
    if PNG in accept:
        return PNG
    raise NothingAcceptable(formats=f"{SVG}, {PNG}")


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/orders",
        "orders.create",
        Words("开一笔订单", "Make an order"),
        answers.Order,
        create,
        scope="orders:write",
        status=201,
        body=OrderAsk,
        idempotent="required",
        route="v1.orders",
        refuses="asset_unknown amount_not_positive amount_too_big order_reference_not_usable note_too_long asset_differs",
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/orders",
        "orders.list",
        Words("订单，新的在前", "Orders, the newest first"),
        PageOf[answers.Order],
        list_orders,
        scope="orders:read",
        query=Listing,
    ),
    Endpoint(
        "GET",
        "/v1/orders/{order_id}",
        "orders.get",
        Words("一笔订单", "One order"),
        answers.Order,
        get,
        scope="orders:read",
        refuses="order_not_found",
    ),
    Endpoint(
        "GET",
        "/v1/orders/{order_id}/qr",
        "orders.qr",
        Words("订单的二维码", "The order’s QR"),
        bytes,
        picture,
        scope="orders:read",
        kinds=(SVG, PNG),
        refuses="nothing_acceptable order_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/orders/{order_id}/cancel",
        "orders.cancel",
        Words("取消还没付的订单", "Cancel an order that is not paid"),
        answers.Order,
        cancel,
        scope="orders:write",
        idempotent="optional",
        route="v1.orders.cancel",
        refuses="order_not_found order_not_waiting",
        may_be_unknown=True,
    ),
]
