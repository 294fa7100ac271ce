"""The customer's own switch: everything stands still at one tap; moving again wants a fresh proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.paper_photos import photos_of
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors._shared.step_up import firm_proof_at, lead_to_step_up
from walletdesk.doors.customer_web.views.home import main_wallet
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView, cases_of_customer
from walletdesk.service.freezes.public import (
    FreezeState,
    LiftNeedsProof,
    freeze_own,
    freeze_state,
    hand_in_papers,
    lift_own,
)
from walletdesk.trust.risk.public import restrictions_of
from walletdesk.trust.verification.public import DOCUMENTS, NEEDED, SIDES, papers_of_customer

HERE = "/wallet/me/freeze/"
PAPERS = "/wallet/me/freeze/papers/"
FROZEN = Words("冻结好了，现在一分钱也付不出去", "Frozen. Not a cent can go out now")
MOVES = Words("解冻了，可以付款了", "Lifted. You can pay again")


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def freeze(request: CustomerRequest) -> HttpResponse:
    """GET: how it stands. POST: freeze, at once and without a question; a tap too many is undone by a proof."""
    if request.method == "POST":
        freeze_own(request.customer.id, "page")
        messages.success(request, str(FROZEN))
        return redirect(HERE)
    return _page(request)


@require_POST
@customer_only
def lift(request: CustomerRequest) -> HttpResponse:
    """ "It was me": without a fresh proof the way leads over it and back to the page."""
    try:
        lift_own(request.customer.id, firm_proof_at(request))
    except LiftNeedsProof:
        return lead_to_step_up(request, HERE)
    except Refusal as refusal:
        return _page(request, sentences(refusal), refusal.status)
    messages.success(request, str(MOVES))
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def papers(request: CustomerRequest) -> HttpResponse:
    """Documents for a freeze that nobody lifts alone: the form, or where they stand."""
    refusal = None
    if request.method == "POST":
        try:
            hand_in_papers(request.customer.id, request.POST.get("document", ""), photos_of(request, NEEDED["unlock"]))
        except Refusal as refused:
            refusal = sentences(refused)
        else:
            return redirect(PAPERS)
    state = freeze_state(request.customer.id)
    last = papers_of_customer(request.customer.id, "unlock")
    fields = {
        "state": state,
        "papers": last if last is not None and state.since and last.handed_in_at >= state.since else None,
        "case": _case(request, state),
        "documents": DOCUMENTS,
        "sides": [(side, SIDES[side]) for side in NEEDED["unlock"]],
        "refusal": refusal,
    }
    request.page_address = PAPERS
    return render(request, "customer_web/freeze_papers.html", fields, status=refusal.status if refusal else 200)


def _page(request: CustomerRequest, refusal: Sentences | None = None, status: int = 200) -> HttpResponse:
    state = freeze_state(request.customer.id)
    fields = {
        "state": state,
        "case": _case(request, state),
        "wallet": main_wallet(request.customer.id),
        "holds": [one for one in restrictions_of(request.customer.id) if one.until and one.kind in HOLDS],
        "refusal": refusal,
    }
    request.page_address = HERE
    return render(request, "customer_web/freeze.html", fields, status=status)


HOLDS = ("weak_recovery", "address_changed")


def _case(request: CustomerRequest, state: FreezeState) -> CaseView | None:
    return next((one for one in cases_of_customer(request.customer.id) if one.id == state.case_id), None)
