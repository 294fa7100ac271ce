"""Papers: what waits for a second pair of eyes, one set in full, and the yes or the reason to send it back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing import papers as drawn
from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.files.public import open_file
from walletdesk.service.agent_actions.public import accept_papers, note_view, send_back_papers
from walletdesk.trust.verification.public import PapersNotFound, PapersView, decided_papers, papers, waiting_papers

DECIDED = timedelta(days=1)


@require_GET
@employee_only("review_documents")
def first(request: DeskRequest) -> HttpResponse:
    """The oldest that this employee may judge; else an empty desk."""
    rows = drawn.rows(waiting_papers(), request.employee)
    chosen = next((row for row in rows if not row.barred), None)
    return redirect("desk-papers-one", chosen.id) if chosen else _page(request, None)


@require_http_methods(["GET", "POST"])
@employee_only("review_documents")
def one(request: DeskRequest, papers_id: uuid.UUID) -> HttpResponse:
    """A POST with ``yes`` accepts, any other sends back with its reason."""
    found = _found(papers_id)
    if request.method != "POST":
        return _page(request, found)
    try:
        if request.POST.get("act") == "yes":
            accept_papers(request.employee.id, found.id)
        else:
            send_back_papers(request.employee.id, found.id, request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, _found(papers_id), said(refused, "decide"))
    return redirect("desk-papers-one", found.id)


@require_GET
@employee_only("review_documents")
def photo(request: DeskRequest, papers_id: uuid.UUID, side: str) -> HttpResponse:
    """The photo itself, for whoever may judge it and while it waits. Each look is written down; nothing keeps a copy."""
    found = _found(papers_id)
    kept = found.photo(side)
    if kept is None or not drawn.may_see(found, request.employee):
        raise Http404
    record_act(
        f"employee:{request.employee.id}",
        "see_papers",
        f"customer:{found.customer_id}",
        "",
        found.case_id,
        found.customer_id,
        {"side": side, "papers": str(found.id)},
    )
    opened = open_file(kept.file_id)
    return HttpResponse(opened.content, headers=opened.headers | {"Cache-Control": "no-store"})


def _found(papers_id: uuid.UUID) -> PapersView:
    found = papers(papers_id)
    if found is None:
        raise PapersNotFound()
    return found


def _page(request: DeskRequest, found: PapersView | None, refusal: Said | None = None) -> HttpResponse:
    request.live_topics.append("papers")
    if found is not None:
        subject = f"papers:{found.id}"
        note_view(request.employee.id, "see_papers_handed_in", found.customer_id, subject, found.case_id)
    context: dict[str, Any] = {
        "area": "papers",
        "agent": agent.line(request.employee),
        "rows": drawn.rows(waiting_papers(), request.employee),
        "decided": drawn.rows(decided_papers(now() - DECIDED), request.employee),
        "papers": drawn.one(found, request.employee) if found else None,
        "refusal": refusal,
    }
    return render(request, "desk/papers.html", context, status=refusal.status if refusal else 200)
