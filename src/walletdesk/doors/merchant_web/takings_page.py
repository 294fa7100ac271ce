"""Takings by day with their sum, and the payments of one day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest
from walletdesk.doors.merchant_web.showing import shop, takings


@require_GET
@member_only
def takings_page(request: TillRequest) -> HttpResponse:
    merchant_id = request.member.merchant_id
    chosen = takings.day_named(request.GET.get("day", ""))
    days = takings.days(merchant_id, chosen)
    context = {
        "area": "takings",
        "shop": shop.line(request.member),
        "days": days,
        "totals": takings.total(days),
        "chosen": next(day for day in days if day.chosen),
        "rows": takings.payments_on(merchant_id, chosen),
    }
    return render(request, "till/takings.html", context)
