"""Help: a peer of Pay. The official contact, a question that becomes a case at once, the customer's cases."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.customer_web.calling import calling
from walletdesk.doors.customer_web.questions import QUESTIONS
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import cases_of_customer, device_block, open_case, the_customer
from walletdesk.service.conversations.public import say

LATEST = 3
_OPENED = Words("案件 {reference} 已立好，客服看得到您写的话", "Case {reference} is open; the desk sees what you wrote")


@require_safe
@customer_only
def help_page(request: CustomerRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: CustomerRequest, refusal: Sentences | None = None, text: str = "", status: int = 200
) -> HttpResponse:
    request.page_address = "/wallet/help/"
    own = cases_of_customer(request.customer.id)
    fields = {
        "calling": calling(request.customer.id),
        "cases": own[:LATEST],
        "cases_count": len(own),
        "questions": QUESTIONS,
        "refusal": refusal,
        "text": text,
    }
    return render(request, "customer_web/help.html", fields, status=status)


@require_POST
@customer_only
def ask(request: CustomerRequest) -> HttpResponse:
    """What is written becomes a case with its first message, or nothing becomes of it and it stands there still."""
    text, customer_id = request.POST.get("text", ""), request.customer.id
    device = device_block(request.headers.get("User-Agent", ""))
    try:
        with transaction.atomic():
            case = open_case("question", customer_id, device=device)
            say(case.id, the_customer(customer_id), text)
    except Refusal as refusal:
        return _page(request, sentences(refusal), text, refusal.status)
    messages.success(request, _OPENED.say(reference=case.reference))
    return redirect(f"/wallet/cases/{case.reference}/")
