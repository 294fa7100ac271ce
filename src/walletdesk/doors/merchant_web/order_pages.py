"""One order on the counter: its code, and the moment it turns to "paid" by itself."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.code_picture import picture
from walletdesk.doors.merchant_web.new_order import open_order
from walletdesk.doors.merchant_web.showing import order as order_view
from walletdesk.doors.merchant_web.showing import shop, takings
from walletdesk.foundation.errors import Conflict, NotFound
from walletdesk.money.merchants.public import MemberView
from walletdesk.money.payments.public import OrderView, cancel_order, order


def _own(member: MemberView, order_id: uuid.UUID) -> OrderView:
    """The order, if it is this shop's; another's is not found, in the same words as one that does not exist."""
    found = order(order_id)
    if found is None or found.merchant_id != member.merchant_id:
        raise NotFound()
    return found


def _ticket(found: OrderView) -> dict[str, Any]:
    waiting = found.state == "waiting"
    return {
        "order": order_view.ticket(found),
        "code": picture(found.code) if waiting else None,
        "key": str(uuid.uuid4()),
    }


@require_GET
@member_only
def order_page(request: TillRequest, order_id: uuid.UUID) -> HttpResponse:
    found = _own(request.member, order_id)
    request.live_topics.append(f"order:{found.id}")
    context = _ticket(found) | {
        "area": "till",
        "shop": shop.line(request.member),
        "today": takings.today(request.member.merchant_id),
    }
    return render(request, "till/order.html", context)


@require_GET
@member_only
def state_part(request: TillRequest, order_id: uuid.UUID) -> HttpResponse:
    """The ticket again, or nothing (204) while it still stands as the page has it."""
    found = _own(request.member, order_id)
    if found.state == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "till/order_state.html", _ticket(found))


@require_POST
@member_only
def again(request: TillRequest, order_id: uuid.UUID) -> HttpResponse:
    """A new code for the same purchase. A waiting one is taken back first: one purchase, one living code.

    A purchase that was paid meanwhile is not charged again by this button: the cashier reads that, and has to say so.
    """
    member: MemberView = request.member
    found = _own(member, order_id)
    if found.state == "waiting":
        try:
            found = cancel_order(found.id, member.merchant_id)
        except Conflict:
            found = _own(member, order_id)
    if found.state == "paid":
        return redirect(f"{reverse('till')}?same={found.id}")
    key = request.POST.get("key", "")
    return redirect(
        "till-order", open_order(member, found.till_id, found.amount, found.order_reference, found.note, key)
    )


@require_POST
@member_only
def cancel(request: TillRequest, order_id: uuid.UUID) -> HttpResponse:
    """Take it back; what was paid a moment ago stays paid, and the page shows it."""
    with suppress(Conflict):
        cancel_order(order_id, request.member.merchant_id)
    return redirect("till-order", order_id)
