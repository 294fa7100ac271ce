"""What the house tells a shop: refunds, questions of the desk, keys made and ended."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.showing import shop
from walletdesk.service.notifications.public import mark_read, notices, unread_count

A_PAGE = 50


@require_safe
@member_only
def inbox(request: TillRequest) -> HttpResponse:
    """The newest first; each leads to what it speaks of."""
    merchant_id = request.member.merchant_id
    context = {
        "area": "shop",
        "shop": shop.line(request.member),
        "notices": notices("merchant", merchant_id, limit=A_PAGE),
        "unread": unread_count("merchant", merchant_id),
    }
    return render(request, "till/notices.html", context)


@require_POST
@member_only
def all_read(request: TillRequest) -> HttpResponse:
    mark_read("merchant", request.member.merchant_id)
    return redirect("till-notices")
