"""Refunds by the shop: its own money, straight back to the wallet that paid."""

from __future__ import annotations

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.made import refund_made
from walletdesk.doors.rest_api.refusals import ThingUnknown
from walletdesk.doors.rest_api.resources.payments import payment_of
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import RefundAsk
from walletdesk.doors.rest_api.sums import amount_of
from walletdesk.foundation.amount.public import OtherAsset
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import payment
from walletdesk.money.refunds.public import RefundIntent, refund, refund_once
from walletdesk.service.webhooks.public import refund_shape


def create(asked: Asked) -> Answer:
    ask: RefundAsk = asked.body
    shop, amount = asked.merchant_id, amount_of(ask.amount)
    paid = payment_of(asked)
    if paid.amount.asset != amount.asset:
        raise OtherAsset(asset=paid.amount.asset.code, other=amount.asset.code)
    done = refund_once(
        RefundIntent(asked.key, paid.id, amount.minor, authority="merchant", reason=ask.reason, merchant_id=shop)
    )
    answer = as_json(201, refund_made(done.body))
    answer.replayed = done.replayed
    return answer


def get(asked: Asked) -> Answer:
    found = refund(asked.place("refund_id"))
    paid = payment(found.payment_id) if found else None
    side = paid and (paid.merchant_id if asked.of_merchant else paid.customer_id)
    if found is None or side != asked.owner.id:
        raise ThingUnknown()
    return as_json(200, refund_shape(found, asked.owner.kind))


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/payments/{payment_id}/refunds",
        "payments.refund",
        Words("退款，全部或一部分", "Refund a payment, whole or in part"),
        answers.RefundMade,
        create,
        scope="refunds:write",
        status=201,
        body=RefundAsk,
        idempotent="required",
        route="refunds.refund",
        refuses="not_for_this_owner asset_unknown payment_not_found asset_differs refund_not_positive refund_exceeds_payment "
        "merchant_frozen merchant_cannot_cover wallet_frozen refund_not_done booked_already",
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/refunds/{refund_id}",
        "refunds.get",
        Words("一笔退款", "One refund"),
        answers.Refund,
        get,
        scope="payments:read",
        refuses="thing_not_found",
    ),
]
