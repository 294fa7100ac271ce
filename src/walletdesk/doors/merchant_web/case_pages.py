"""Cases that concern the shop, and its own thread with the desk. The customer's words are not here."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from walletdesk.doors._shared.guards import member_only
from walletdesk.doors.merchant_web.at_the_till import TillRequest, author
from walletdesk.doors.merchant_web.said import Said, said
from walletdesk.doors.merchant_web.showing import case as case_view
from walletdesk.doors.merchant_web.showing import shop
from walletdesk.foundation.errors import Refusal
from walletdesk.service.cases.public import CaseView, case_of_merchant, cases_of_merchant
from walletdesk.service.conversations.public import conversation, say


@require_GET
@member_only
def cases(request: TillRequest) -> HttpResponse:
    rows = [case_view.row(case) for case in cases_of_merchant(request.member.merchant_id)]
    return render(request, "till/cases.html", {"area": "cases", "shop": shop.line(request.member), "cases": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@member_only
def case_page(request: TillRequest, reference: str) -> HttpResponse:
    """GET: the case. POST: a word to the desk, with files."""
    case = case_of_merchant(request.member.merchant_id, reference)
    if request.method != "POST":
        return _page(request, case)
    text = request.POST.get("text", "")
    files = [(one.name or "", one.file) for one in request.FILES.getlist("files") if one.file is not None]
    try:
        say(case.id, author(request.member), text, files, once=request.POST.get("once") or None)
    except Refusal as refusal:
        return _page(request, case, said(refusal), text)
    return redirect("till-case", case.reference)


def _page(request: TillRequest, case: CaseView, refusal: Said | None = None, draft: str = "") -> HttpResponse:
    messages = conversation(case.id, author(request.member))
    context: dict[str, Any] = {
        "area": "cases",
        "shop": shop.line(request.member),
        "case": case_view.page(case),
        "thread": [case_view.message(case, one) for one in messages],
        "refusal": refusal,
        "draft": draft,
        "once": str(uuid.uuid4()),
    }
    return render(request, "till/case.html", context, status=refusal.status if refusal else 200)
