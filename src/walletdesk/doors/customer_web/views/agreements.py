"""Agreements: what shops may take without a PIN, accepted with the PIN, ended by one tap."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.customer_web.rows import Status
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import (
    AgreementView,
    accept_agreement,
    agreement,
    agreements_of_customer,
    end_agreement,
)
from walletdesk.money.merchants.public import merchant, merchants
from walletdesk.trust.customers.public import PinWrong, prove_pin

PAGE = "/wallet/agreements/"
_ACCEPTED = Words("同意了。{shop} 可以按约定扣款", "Accepted. {shop} may take what was agreed")
_ENDED = Words("已结束，{shop} 不能再免密扣款", "Ended. {shop} can no longer take money without your PIN")
_STATES = {
    "proposed": Status("wait", "half", Words("等您同意", "Waiting for you")),
    "active": Status("go", "done", Words("使用中", "In use")),
    "ended": Status("plain", "flat", Words("已结束", "Ended")),
    "expired": Status("plain", "flat", Words("已到期", "Expired")),
    "lapsed": Status("plain", "flat", Words("没有及时同意，已失效", "Not accepted in time")),
}


@require_safe
@customer_only
def agreements_page(request: CustomerRequest) -> HttpResponse:
    found = agreements_of_customer(request.customer.id)
    shops = merchants(one.merchant_id for one in found if one.merchant_id)
    rows = [(one, shops[one.merchant_id], _STATES[one.state]) for one in found if one.merchant_id]
    fields = {
        "active": [row for row in rows if row[0].state == "active"],
        "over": [row for row in rows if row[0].state != "active"],
    }
    return render(request, "customer_web/agreements.html", fields)


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def agreement_page(request: CustomerRequest, agreement_id: UUID) -> HttpResponse:
    """GET shows who may take how much until when; POST proves the PIN and accepts."""
    found = _shown_to(request, agreement_id)
    if request.method != "POST":
        return _page(request, found)
    try:
        proof = prove_pin(request.customer.id, request.POST.get("pin", ""))
        accepted = accept_agreement(found.id, request.customer.id, proof)
    except Refusal as refusal:
        return _page(request, found, refusal)
    messages.success(request, _ACCEPTED.say(shop=_shop_name(accepted)))
    return redirect(f"{PAGE}{accepted.id}/")


@require_POST
@customer_only
def end(request: CustomerRequest, agreement_id: UUID) -> HttpResponse:
    """No proof is asked: it only makes things safer."""
    ended = end_agreement(agreement_id, customer_id=request.customer.id)
    messages.success(request, _ENDED.say(shop=_shop_name(ended)))
    return redirect(PAGE)


def _shown_to(request: CustomerRequest, agreement_id: UUID) -> AgreementView:
    """What waits is shown to whoever has its address; what somebody accepted, to them alone."""
    found = agreement(agreement_id)
    if found is None or found.merchant_id is None or found.customer_id not in (None, request.customer.id):
        raise Http404
    if found.customer_id is None and found.state == "ended":
        raise Http404
    return found


def _shop_name(found: AgreementView) -> str:
    shop = merchant(found.merchant_id) if found.merchant_id else None
    return str(shop.name) if shop else ""


def _page(request: CustomerRequest, found: AgreementView, refusal: Refusal | None = None) -> HttpResponse:
    wrong_pin = isinstance(refusal, PinWrong)
    fields = {
        "agreed": found,
        "shop": merchant(found.merchant_id) if found.merchant_id else None,
        "status": _STATES[found.state],
        "has_pin": request.customer.has_pin,
        "pin_error": sentences(refusal).what if refusal and wrong_pin else "",
        "refusal": sentences(refusal) if refusal and not wrong_pin else None,
    }
    return render(request, "customer_web/agreement.html", fields, status=refusal.status if refusal else 200)
