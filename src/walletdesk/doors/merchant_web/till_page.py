"""The cashier's page: a sum, an order number, one button; beside it today so far."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.new_order import open_order, paid_already
from walletdesk.doors.merchant_web.said import Said, said
from walletdesk.doors.merchant_web.showing import shop, takings
from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount, read_amount
from walletdesk.foundation.errors import Refusal
from walletdesk.money.merchants.public import MemberView
from walletdesk.money.payments.public import OrderView, order, orders_of, suggest_order_reference


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def cashier(request: TillRequest) -> HttpResponse:
    """GET: the form, empty or filled with the purchase of ``?same=``. POST: a new order, then its page."""
    if request.method == "POST":
        return _new_order(request)
    same = _order_named(request)
    if same is None:
        return _form(request, {"reference": suggest_order_reference(request.member.merchant_id)})
    fields = {"amount": same.amount.plain, "reference": same.order_reference, "note": same.note}
    return _form(request, fields, warning=same if same.state == "paid" else None)


def _new_order(request: TillRequest) -> HttpResponse:
    member: MemberView = request.member
    fields = {name: request.POST.get(name, "").strip() for name in ("amount", "reference", "note", "key")}
    try:
        amount = read_amount(fields["amount"], _asset_of(member))
        before = paid_already(member.merchant_id, amount, fields["reference"])
        if before is not None and request.POST.get("anyway") != fields["reference"]:
            return _form(request, fields, warning=before, status=409)
        line = shop.line(member)
        order_id = open_order(member, line.till_id, amount, fields["reference"], fields["note"], fields["key"])
    except Refusal as refusal:
        return _form(request, fields, refusal=said(refusal), status=refusal.status)
    return redirect("till-order", order_id)


def _asset_of(member: MemberView) -> Any:
    return KNOWN_ASSETS[shop.of_member(member).asset_code]


def _order_named(request: TillRequest) -> OrderView | None:
    """The order of this shop that ``?same=`` names; anything else is as if it were not there."""
    try:
        found = order(uuid.UUID(request.GET.get("same", "")))
    except ValueError:
        return None
    return found if found and found.merchant_id == request.member.merchant_id else None


def _form(
    request: TillRequest,
    fields: dict[str, str],
    *,
    warning: OrderView | None = None,
    refusal: Said | None = None,
    status: int = 200,
) -> HttpResponse:
    member: MemberView = request.member
    waiting = next((one for one in orders_of(member.merchant_id, limit=10) if one.state == "waiting"), None)
    context = {
        "area": "till",
        "shop": shop.line(member),
        "today": takings.today(member.merchant_id),
        "fields": {"amount": "", "reference": "", "note": ""} | fields | {"key": str(uuid.uuid4())},
        "waiting": {"id": waiting.id, "amount": waiting.amount, "reference": waiting.order_reference}
        if waiting
        else None,
        "warning": _warning(warning),
        "refusal": refusal,
    }
    return render(request, "till/cashier.html", context, status=status)


def _warning(before: OrderView | None) -> dict[str, Any] | None:
    if before is None:
        return None
    amount: Amount = before.amount
    return {"order_id": before.id, "at": before.ended_at or before.created_at, "amount": amount}


@require_GET
@member_only
def today_part(request: TillRequest) -> HttpResponse:
    return render(request, "till/today.html", {"today": takings.today(request.member.merchant_id)})
