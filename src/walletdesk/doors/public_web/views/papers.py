"""Photos of documents on the way back, for whoever has given one proof and lacks a second."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.paper_photos import photos_of
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.public_web.views.recover import begun_anew, way_of
from walletdesk.foundation.errors import Refusal
from walletdesk.service.cases.public import open_locked_out
from walletdesk.trust.verification.public import (
    DOCUMENTS,
    NEEDED,
    SIDES,
    RecoveryOver,
    RecoveryView,
    hand_in_to_unlock,
    papers_of_case,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest) -> HttpResponse:
    """Front of the document, and a picture of its owner with it. The desk opens a case with the first set."""
    way = way_of(request)
    if way is None:
        return begun_anew(request)
    if not way.kinds:
        return redirect("recover_prove")
    if request.method != "POST":
        return _page(request, way)
    try:
        with transaction.atomic():
            open_locked_out(way.id)
            hand_in_to_unlock(way.id, request.POST.get("document", ""), photos_of(request, NEEDED["unlock"]))
    except RecoveryOver:
        return begun_anew(request)
    except Refusal as refusal:
        return _page(request, way, refusal)
    return redirect("recover_papers")


def _page(request: HttpRequest, way: RecoveryView, refusal: Refusal | None = None) -> HttpResponse:
    said = sentences(refusal) if refusal else None
    fields = {
        "papers": papers_of_case(way.case_id) if way.case_id else None,
        "documents": DOCUMENTS,
        "sides": [(side, SIDES[side]) for side in NEEDED["unlock"]],
        "refusal": said,
    }
    return render(request, "public_web/recover_papers.html", fields, status=said.status if said else 200)
