"""In an emergency an account can be opened without a case: for a reason, for a quarter of an hour, and everybody hears it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.step_up import step_up
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent, oversight
from walletdesk.foundation.errors import Refusal
from walletdesk.service.agent_actions.public import look_without_case
from walletdesk.service.oversight.public import GlassMended, break_glass, end_glass, glasses


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("break_glass")
@step_up(minutes=15)
def ask(request: DeskRequest) -> HttpResponse:
    """GET: the form, with what it brings about. POST: open it."""
    refusal: Said | None = None
    if request.method == "POST":
        try:
            opened = break_glass(request.employee.id, request.POST.get("number", ""), request.POST.get("reason", ""))
            return redirect("desk-emergency-one", opened)
        except Refusal as refused:
            refusal = said(refused, "glass")
    return _form(request, refusal)


def _form(request: DeskRequest, refusal: Said | None = None) -> HttpResponse:
    context = {
        "area": "desk",
        "agent": agent.line(request.employee),
        "own": oversight.opening_rows(glasses(10, request.employee.id)),
        "given": request.POST,
        "refusal": refusal,
    }
    return render(request, "desk/emergency.html", context, status=refusal.status if refusal else 200)


@require_GET
@employee_only("break_glass")
def opened(request: DeskRequest, glass_id: UUID) -> HttpResponse:
    """The card, while it stands open; after that the form, which says that it is over."""
    try:
        card = look_without_case(request.employee.id, glass_id)
    except GlassMended as over:
        return _form(request, said(over, "glass"))
    glass = next(one for one in glasses(50, request.employee.id) if one.id == glass_id)
    context = {"area": "desk", "agent": agent.line(request.employee), "card": oversight.card(card), "glass": glass}
    return render(request, "desk/emergency_card.html", context)


@require_POST
@employee_only("break_glass")
def end(request: DeskRequest, glass_id: UUID) -> HttpResponse:
    end_glass(request.employee.id, glass_id)
    return redirect("desk-emergency")
