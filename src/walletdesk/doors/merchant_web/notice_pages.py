"""The inbox at the till: what the owners are told of their shop, and each member of their own sign-in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared import notice_rows
from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.showing import shop


@require_GET
@member_only
def inbox(request: TillRequest) -> HttpResponse:
    rows = notice_rows.rows(shop.inboxes(request.member), "till")
    context = {"area": "notices", "shop": shop.line(request.member), "rows": rows}
    return render(request, "till/notices.html", context)


@require_POST
@member_only
def read_all(request: TillRequest) -> HttpResponse:
    notice_rows.read(shop.inboxes(request.member), None)
    return redirect("till-notices")
