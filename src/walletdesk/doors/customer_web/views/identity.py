"""Proving who one is with documents, for a higher tier: photos in, a second pair of eyes, and the outcome."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.paper_photos import photos_of
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.foundation.errors import Refusal
from walletdesk.trust.verification.public import DOCUMENTS, NEEDED, SIDES, hand_in_for_tier, papers_of_customer

ALREADY = 2
"""From this tier on papers have been seen (the lower the number, the more a tier may)."""


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def identity(request: CustomerRequest) -> HttpResponse:
    """Where the papers stand, and the form while nothing waits."""
    if request.method != "POST":
        return _page(request)
    try:
        hand_in_for_tier(request.customer.id, request.POST.get("document", ""), photos_of(request, NEEDED["tier"]))
    except Refusal as refusal:
        return _page(request, refusal)
    return redirect("identity")


def _page(request: CustomerRequest, refusal: Refusal | None = None) -> HttpResponse:
    said = sentences(refusal) if refusal else None
    fields = {
        "papers": papers_of_customer(request.customer.id, "tier"),
        "done": request.customer.tier <= ALREADY,
        "tier": request.customer.tier,
        "documents": DOCUMENTS,
        "sides": [(side, SIDES[side]) for side in NEEDED["tier"]],
        "refusal": said,
    }
    return render(request, "customer_web/identity.html", fields, status=said.status if said else 200)
