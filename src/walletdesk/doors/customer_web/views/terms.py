"""Which edition of the house's terms the customer accepted; what waits to be read; one tap accepts it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import (
    accept_terms,
    terms_accepted,
    terms_changes,
    terms_in_force,
    terms_to_read,
)

_ACCEPTED = Words("记下了，您接受了第 {n} 版", "Noted: you accepted edition {n}")


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def terms(request: CustomerRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    typed = request.POST.get("edition", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    try:
        accept_terms(request.customer.id, number)
    except Refusal as refusal:
        return _page(request, sentences(refusal))
    messages.success(request, _ACCEPTED.say(n=number))
    return redirect("wallet_terms")


def _page(request: CustomerRequest, refusal: Sentences | None = None) -> HttpResponse:
    waits, holds = terms_to_read(request.customer.id), terms_in_force()
    fields = {
        "waits": waits,
        "changes": terms_changes(waits.number) if waits else [],
        "later": waits is not None and waits.number > holds.number,
        "accepted": terms_accepted(request.customer.id),
        "refusal": refusal,
    }
    return render(request, "customer_web/terms.html", fields, status=refusal.status if refusal else 200)
