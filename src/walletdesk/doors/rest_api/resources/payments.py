"""Payments: pay an order at once, or authorise it now and capture or void it later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.cursors import read_cursor, read_moment_cursor
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.lanes import BY_API, ShopWish
from walletdesk.doors.rest_api.listing import PageOf, page_of
from walletdesk.doors.rest_api.made import payment_made
from walletdesk.doors.rest_api.refusals import NotFinalCapture
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import CaptureAsk, HoldAsk, PaymentAsk
from walletdesk.doors.rest_api.shapes.parts import Listing
from walletdesk.doors.rest_api.sums import amount_of
from walletdesk.foundation.amount.public import OtherAsset
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import AgreementNotFound, AgreementUse, Consent, KeyUse
from walletdesk.money.payments.public import (
    AuthoriseIntent,
    CaptureIntent,
    HoldDone,
    HoldView,
    Paid,
    PayIntent,
    PaymentNotFound,
    PaymentView,
    VoidIntent,
    authorise_many,
    capture_many,
    hold,
    holds_of_customer,
    holds_of_merchant,
    payment,
    payments_of_customer,
    payments_of_merchant,
    void_many,
)
from walletdesk.service.webhooks.public import hold_shape, payment_shape
from walletdesk.trust.api_keys.public import why_not_scope

CONSENT = "agreement_not_found agreement_over agreement_single agreement_day "
PAYING = (
    "order_not_found own_shop order_authorised order_paid order_cancelled order_expired wallet_missing "
    + CONSENT
    + "step_up_needed payment_on_hold payment_stopped limit_single limit_day limit_month limit_year limit_lifetime "
    "limit_payee_single limit_payee_day wallet_frozen not_enough_money shop_cannot_receive payment_not_done"
)


async def create(asked: Asked, house: House) -> Answer:
    """Into the lane; an authorisation needs the scope of holds as well."""
    ask: PaymentAsk = asked.body
    if not ask.capture:
        return await _authorise(asked, house, ask.order_id, ask.agreement_id)
    result = await house.lanes.pay.do(_wish(asked, ask))
    if not isinstance(result, Paid):
        raise result.refusal
    return _made(asked, 201, result)


def _wish(asked: Asked, ask: PaymentAsk) -> PayIntent | ShopWish:
    """Whose money, and on what ground. A shop needs an agreement of its own (``AgreementNotFound``); a customer pays."""
    caller = asked.caller
    assert caller is not None
    owner = caller.owner
    if owner.kind == "customer":
        return PayIntent(asked.key, owner.id, ask.order_id, KeyUse(caller.id, owner.id), origin=BY_API)
    if ask.agreement_id is None:
        raise AgreementNotFound()
    return ShopWish(asked.key, ask.order_id, ask.agreement_id, owner.id)


async def create_hold(asked: Asked, house: House) -> Answer:
    ask: HoldAsk = asked.body
    return await _authorise(asked, house, ask.order_id, ask.agreement_id)


async def _authorise(asked: Asked, house: House, order_id: UUID, agreement_id: UUID | None) -> Answer:
    if asked.caller and (refusal := why_not_scope(asked.caller, "holds:write")):
        raise refusal

    def held() -> Answer:
        payer, consent = _consent(asked, house, agreement_id)
        intent = AuthoriseIntent(asked.key, payer, order_id, consent, origin=BY_API, route=asked.route)
        return _one(asked, 201, lambda: authorise_many([intent]))

    return await house.pool.do(held)


def _consent(asked: Asked, house: House, agreement_id: UUID | None) -> tuple[UUID, Consent]:
    """Whose money is set aside, and on what ground; as ``_wish``."""
    assert asked.caller is not None
    if not asked.of_merchant:
        return asked.customer_id, KeyUse(asked.caller.id, asked.customer_id)
    payer = house.lanes.payers.payer(agreement_id, asked.merchant_id)
    assert agreement_id is not None
    return payer, AgreementUse(agreement_id, asked.merchant_id)


def capture(asked: Asked) -> Answer:
    ask: CaptureAsk = asked.body
    if not ask.final:
        raise NotFinalCapture()
    shop, payment_id = asked.merchant_id, asked.place("payment_id")
    minor = None
    if ask.amount is not None:
        held, given = hold(payment_id), amount_of(ask.amount)
        if held and held.merchant_id == shop and held.amount.asset != given.asset:  # of another's nothing is told
            raise OtherAsset(asset=held.amount.asset.code, other=given.asset.code)
        minor = given.minor
    intent = CaptureIntent(asked.key, payment_id, shop, minor)
    return _one(asked, 200, lambda: capture_many([intent]))


def void(asked: Asked) -> Answer:
    intent = VoidIntent(asked.key, asked.place("payment_id"), asked.merchant_id)
    return _one(asked, 200, lambda: void_many([intent]))


def _one(asked: Asked, status: int, act: Callable[[], list[Any]]) -> Answer:
    (result,) = act()
    if not isinstance(result, HoldDone):
        refusal: Refusal = result.refusal
        raise refusal
    return _made(asked, status, result)


def _made(asked: Asked, status: int, result: Paid | HoldDone) -> Answer:
    answer = as_json(status, payment_made(result.body, asked.owner.kind))
    answer.replayed = result.replayed
    return answer


def list_payments(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_moment_cursor(listing.cursor)
    most = listing.limit + 1
    if asked.of_merchant:
        rows = payments_of_merchant(asked.merchant_id, limit=most, before=after)
    else:
        rows = payments_of_customer(asked.customer_id, limit=most, before=after)
    return page_of(
        rows, listing.limit, lambda row: payment_shape(row, asked.owner.kind), lambda row: (row.captured_at, row.id)
    )


def get(asked: Asked) -> Answer:
    return as_json(200, payment_shape(payment_of(asked), asked.owner.kind))


def payment_of(asked: Asked) -> PaymentView:
    """The caller's own; another's is not found (``PaymentNotFound``)."""
    found = payment(asked.place("payment_id"))
    side = found and (found.merchant_id if asked.of_merchant else found.customer_id)
    if found is None or side != asked.owner.id:
        raise PaymentNotFound()
    return found


def list_holds(asked: Asked) -> Answer:
    listing: Listing = asked.query
    after = read_cursor(listing.cursor, UUID)
    if asked.of_merchant:
        rows = holds_of_merchant(asked.merchant_id, after, listing.limit + 1)
    else:
        rows = holds_of_customer(asked.customer_id, listing.limit + 1, after)
    return page_of(rows, listing.limit, lambda row: hold_shape(row, asked.owner.kind), lambda row: row.id)


def get_hold(asked: Asked) -> Answer:
    found: HoldView | None = hold(asked.place("payment_id"))
    side = found and (found.merchant_id if asked.of_merchant else found.customer_id)
    if found is None or side != asked.owner.id:
        raise PaymentNotFound()
    return as_json(200, hold_shape(found, asked.owner.kind))


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/payments",
        "payments.create",
        Words("付一笔订单", "Pay an order"),
        answers.PaymentMade,
        in_lane=create,
        waits_in="pay",
        scope="payments:write",
        status=201,
        body=PaymentAsk,
        idempotent="required",
        route="payments.pay",
        refuses=PAYING,
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/payments",
        "payments.list",
        Words("付款，新的在前", "Payments, the newest first"),
        PageOf[answers.Payment],
        list_payments,
        scope="payments:read",
        query=Listing,
    ),
    Endpoint(
        "GET",
        "/v1/payments/{payment_id}",
        "payments.get",
        Words("一笔付款", "One payment"),
        answers.Payment,
        get,
        scope="payments:read",
        refuses="payment_not_found",
    ),
    Endpoint(
        "POST",
        "/v1/payments/{payment_id}/capture",
        "payments.capture",
        Words("从预授权里扣款，全部或一部分", "Capture a hold, whole or in part"),
        answers.PaymentMade,
        capture,
        scope="holds:write",
        body=CaptureAsk,
        idempotent="required",
        route="payments.capture",
        refuses="capture_is_final not_for_this_owner asset_unknown asset_differs payment_not_found hold_ended hold_expired "
        "amount_not_positive capture_above_hold wallet_frozen shop_cannot_receive payment_not_done",
        may_be_unknown=True,
    ),
    Endpoint(
        "POST",
        "/v1/payments/{payment_id}/void",
        "payments.void",
        Words("撤销预授权", "Void a hold"),
        answers.PaymentMade,
        void,
        scope="holds:write",
        idempotent="required",
        route="payments.void",
        refuses="not_for_this_owner payment_not_found hold_ended payment_not_done",
        may_be_unknown=True,
    ),
    Endpoint(
        "POST",
        "/v1/holds",
        "holds.create",
        Words("预授权：先留住钱", "Authorise: set the money aside"),
        answers.PaymentMade,
        in_lane=create_hold,
        scope="holds:write",
        status=201,
        body=HoldAsk,
        idempotent="required",
        route="payments.authorise",
        refuses=PAYING,
        may_be_unknown=True,
    ),
    Endpoint(
        "GET",
        "/v1/holds",
        "holds.list",
        Words("预授权，新的在前", "Holds, the newest first"),
        PageOf[answers.Hold],
        list_holds,
        scope="payments:read",
        query=Listing,
    ),
    Endpoint(
        "GET",
        "/v1/holds/{payment_id}",
        "holds.get",
        Words("一笔预授权", "One hold"),
        answers.Hold,
        get_hold,
        scope="payments:read",
        refuses="payment_not_found",
    ),
]
