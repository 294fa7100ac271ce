"""Money in from the bank, with every state it can be in drawn as it is."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.customer_web.forms import TopUpForm
from walletdesk.doors.customer_web.key import fresh_key
from walletdesk.doors.customer_web.views.home import main_wallet
from walletdesk.doors.customer_web.views.wrong import choices
from walletdesk.doors.customer_web.way_back import way_back
from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.public import activity_row, start_top_up, top_up
from walletdesk.money.wallets.public import LimitReached
from walletdesk.service.cases.public import open_cases_of_bill

USUAL = ("50", "100", "200", "500")


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def top_up_page(request: CustomerRequest) -> HttpResponse:
    """Ask for the sum; the bank is asked at once, and its answer, or its silence, is the next page."""
    if request.method != "POST":
        wish = {"amount": request.GET.get("amount", "")[:24], "next": way_back(request.GET.get("next", ""))}
        return _page(request, TopUpForm(initial=wish), fresh_key())
    form, key = TopUpForm(request.POST), request.POST.get("key", "")
    if not form.is_valid():
        return _page(request, form, key, status=422)
    try:
        started = start_top_up(key, request.customer.id, form.cleaned_data["amount"])
    except Refusal as refusal:
        return _page(request, form, fresh_key(), refusal, refusal.status)
    onward = form.cleaned_data["next"]
    return redirect(f"/wallet/top-up/{started.id}/" + (f"?next={onward}" if onward else ""))


def _page(
    request: CustomerRequest, form: TopUpForm, key: str, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    fields = {
        "form": form,
        "key": key,
        "key_kept": form.is_bound and not refusal,
        "refusal": sentences(refusal) if refusal else None,
        "limit": refusal if isinstance(refusal, LimitReached) else None,
        "usual": USUAL,
        "wallet": main_wallet(request.customer.id),
    }
    return render(request, "customer_web/top_up.html", fields, status=status)


@require_safe
@customer_only
def top_up_state(request: CustomerRequest, top_up_id: UUID) -> HttpResponse:
    found = top_up(top_up_id)
    if found is None or found.customer_id != request.customer.id:
        raise Http404
    said = sentences(found.refusal) if found.refusal else None
    row = activity_row(request.customer.id, top_up_id)
    fields = {
        "top_up": found,
        "said": said,
        "next": way_back(request.GET.get("next", "")),
        "cases": open_cases_of_bill(top_up_id),
        "wrong": choices(row) if row else (),
    }
    return render(request, "customer_web/top_up_state.html", fields)
