"""Confirm and pay an order; the receipt, or the page of what stood in the way."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from walletdesk.doors._shared.device import origin_of
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.customer_web.failure import checks_for, headline_for, next_step
from walletdesk.doors.customer_web.key import fresh_key, kept_key
from walletdesk.doors.customer_web.payee_warning import warned_first
from walletdesk.doors.customer_web.views.home import main_wallet
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.money.merchants.public import merchant
from walletdesk.money.payments.public import (
    OrderView,
    PayIntent,
    order,
    pay,
    payment,
    payments_of_customer,
    refusal_of_code,
)
from walletdesk.money.wallets.public import LimitReached
from walletdesk.trust.customers.public import PinLocked, PinWrong, prove_pin
from walletdesk.trust.risk.public import PaymentOnHold

OPENS_BY_ITSELF = (PinLocked, PaymentOnHold)
_UNKNOWN = ("outcome_unknown", "idempotency_key_in_flight")
_STATE_REFUSES = {
    "authorised": "order_authorised",
    "paid": "order_paid",
    "cancelled": "order_cancelled",
    "expired": "order_expired",
}


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def pay_order(request: CustomerRequest, order_id: UUID) -> HttpResponse:
    """GET shows whom, how much and what is left afterwards; POST proves the PIN and pays under the phone's key."""
    asked = order(order_id)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _confirm(request, asked, kept_key(request) or fresh_key())
    key = request.POST.get("key", "")
    try:
        proof = prove_pin(request.customer.id, request.POST.get("pin", ""))
        origin = origin_of(request)
        paid = pay(PayIntent(key, request.customer.id, asked.id, proof, shown=asked.amount, origin=origin))
    except PinWrong as refusal:
        return _confirm(request, asked, key, refusal)
    except Refusal as refusal:
        return _failed(request, asked, key, refusal)
    return redirect(f"/wallet/bills/{paid.payment_id}/receipt/")


def _confirm(request: CustomerRequest, asked: OrderView, key: str, refusal: Refusal | None = None) -> HttpResponse:
    """The sheet; an order that is over shows at once why, unless this key has already paid it."""
    if refusal is None and asked.state in _STATE_REFUSES:
        if asked.payer_id == request.customer.id and kept_key(request):
            return redirect(f"/wallet/bills/{asked.payment_id}/receipt/")
        return _over(request, asked, key)
    shop = merchant(asked.merchant_id)
    if (
        shop
        and refusal is None
        and (first := warned_first(request, shop.id, shop.name, "/wallet/", {"order": str(asked.id)}))
    ):
        return first
    wallet = main_wallet(request.customer.id)
    short = wallet.available < asked.amount
    earlier = payments_of_customer(request.customer.id, limit=200)
    fields = {
        "order": asked,
        "shop": shop,
        "times": sum(one.merchant_id == asked.merchant_id for one in earlier),
        "wallet": wallet,
        "short": short,
        "after": wallet.available - asked.amount,
        "has_pin": request.customer.has_pin,
        "key": key,
        "key_kept": request.method == "POST" or bool(kept_key(request)),
        "pin_error": sentences(refusal).what if refusal else "",
    }
    return render(request, "customer_web/pay.html", fields, status=refusal.status if refusal else 200)


def _over(request: CustomerRequest, asked: OrderView, key: str) -> HttpResponse:
    kind = refusal_of_code(_STATE_REFUSES[asked.state]) or Refusal
    return _failed(request, asked, key, kind(order_id=asked.id))


def _failed(request: CustomerRequest, asked: OrderView, key: str, refusal: Refusal) -> HttpResponse:
    own = asked.payment_id if asked.payer_id == request.customer.id else None
    said, headline = sentences(refusal), headline_for(refusal.code)
    fields = {
        "headline": headline,
        "said": said,
        "more": "" if said.money == str(headline).replace("\n", "") else said.money,
        "unknown": refusal.code in _UNKNOWN,
        "order": asked,
        "shop": merchant(asked.merchant_id),
        "wallet": main_wallet(request.customer.id),
        "checks": checks_for(refusal.code, pin_asked=request.method == "POST"),
        "step": next_step(refusal.code, asked.id, key, own),
        "why": str(refusal.fields.get("why", "")),
        "limit": refusal if isinstance(refusal, LimitReached) else None,
        "locked_until": refusal.fields["until"] if isinstance(refusal, OPENS_BY_ITSELF) else None,
        "short_key": key[:8].upper(),
        "at": now(),
    }
    return render(request, "customer_web/pay_failed.html", fields, status=refusal.status)


@require_safe
@customer_only
def receipt(request: CustomerRequest, payment_id: UUID) -> HttpResponse:
    found = payment(payment_id)
    if found is None or found.customer_id != request.customer.id:
        raise Http404
    fields = {"payment": found, "wallet": main_wallet(request.customer.id)}
    return render(request, "customer_web/receipt.html", fields)
