"""The page before the page of payment: a payee on whom a warning stands is shown as such, with the choice to stop.

Asked when the sheet is drawn and never while a payment is made: what must be stopped is stopped by the rules of risk.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from walletdesk.trust.risk.public import WARNING_WORDS, payee_warning

SURE = "sure"


def warned_first(
    request: HttpRequest, payee_id: UUID, name: object, back: str, report: dict[str, str]
) -> HttpResponse | None:
    """The warning, once for each visit; None when nothing stands on this payee, or the payer has read it (``?sure=1``)."""
    kind = payee_warning(payee_id)
    if not kind or is_sure(request):
        return None
    what, more = WARNING_WORDS[kind]
    onward = request.GET.copy()
    onward[SURE] = "1"
    fields = {
        "what": what,
        "more": more,
        "name": name,
        "onward": f"{request.path}?{onward.urlencode()}" if kind != "fake" else "",
        "back": back,
        "report": f"/wallet/report/?{urlencode(report)}",
    }
    return render(request, "customer_web/payee_warning.html", fields)


def is_sure(request: HttpRequest) -> bool:
    """The payer has read the warning and goes on."""
    return (request.POST if request.method == "POST" else request.GET).get(SURE) == "1"
