"""The figures of the house: fees, sheets of limits, clocks. Who may change one proposes it here; another one decides."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing import figures as shown
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import FigureUnknown, propose_figure
from walletdesk.trust.approvals.public import open_proposal_for

HANDED = Words("交给第二人了，批准前照旧", "Handed over; until approval nothing changes")


@require_GET
@employee_only("set_profiles")
def figures(request: DeskRequest) -> HttpResponse:
    context = {"area": "staff", "agent": agent.line(request.employee), "rows": shown.listed()}
    return render(request, "desk/figures.html", context)


@require_http_methods(["GET", "POST"])
@employee_only("set_profiles")
def figure(request: DeskRequest, key: str) -> HttpResponse:
    """GET: one figure and its past. POST: a new one from a day on, for a second person to decide."""
    if request.method != "POST":
        return _page(request, key)
    try:
        day = date.fromisoformat(request.POST["from"]) if request.POST.get("from") else None
        propose_figure(request.employee.id, key, request.POST.get("value", ""), day, request.POST.get("source", ""))
    except ValueError:
        return HttpResponse(status=400)
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, key, said(refused, "figure"))
    messages.success(request, str(HANDED))
    return redirect("desk-figure", key)


def _page(request: DeskRequest, key: str, refusal: Said | None = None) -> HttpResponse:
    rows = shown.rows_of(key)
    if not rows:
        raise FigureUnknown()
    now = next((one for one in rows if one.status is shown.HOLDS), rows[0])
    context = {
        "area": "staff",
        "agent": agent.line(request.employee),
        "key": key,
        "rows": rows,
        "given": request.POST if refusal else {"value": now.value},
        "proposal": open_proposal_for("figure", key),
        "refusal": refusal,
    }
    return render(request, "desk/figure.html", context, status=refusal.status if refusal else 200)
