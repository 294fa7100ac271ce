"""Oversight: alarms with their answers, who decides whose, third looks, canaries, and doors that were broken open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent, oversight
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.oversight.public import answer_alarm, lift_canary, place_canary, write_third_look
from walletdesk.trust.staff.public import may

WRITTEN = Words("记下了", "Written down")


def _page(request: DeskRequest, template: str, more: dict[str, Any], refusal: Said | None = None) -> HttpResponse:
    request.live_topics.append("oversight")
    context = {
        "area": "oversight",
        "agent": agent.line(request.employee),
        "tabs": oversight.tabs(request.employee),
        "refusal": refusal,
    }
    return render(request, template, context | more, status=refusal.status if refusal else 200)


@require_GET
@employee_only("see_oversight")
def alarms(request: DeskRequest) -> HttpResponse:
    return _alarms(request)


def _alarms(request: DeskRequest, refusal: Said | None = None, about: UUID | None = None) -> HttpResponse:
    request.page_address = "/desk/oversight/"  # type: ignore[attr-defined]
    more = oversight.alarm_lists(request.employee) | {
        "tab": "alarms",
        "may_answer": may(request.employee, "answer_alarms"),
        "about": about,
    }
    return _page(request, "desk/oversight.html", more, refusal)


@require_POST
@employee_only("answer_alarms")
def answer(request: DeskRequest, alarm_id: UUID) -> HttpResponse:
    try:
        answer_alarm(request.employee.id, alarm_id, request.POST.get("words", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _alarms(request, said(refused, "alarm"), alarm_id)
    messages.success(request, str(WRITTEN))
    return redirect("desk-oversight")


@require_GET
@employee_only("see_oversight")
def pairs(request: DeskRequest) -> HttpResponse:
    """The matrix of makers and checkers as a picture, and as a table."""
    return _page(request, "desk/pairs.html", {"tab": "pairs"} | oversight.pairs())


@require_GET
@employee_only("see_oversight")
def openings(request: DeskRequest) -> HttpResponse:
    """Accounts opened without a case."""
    may_open = may(request.employee, "break_glass")
    context = {"tab": "openings", "openings": oversight.openings(), "may_open": may_open}
    return _page(request, "desk/openings.html", context)


@require_GET
@employee_only("look_third")
def third(request: DeskRequest) -> HttpResponse:
    return _third(request)


def _third(request: DeskRequest, refusal: Said | None = None, about: UUID | None = None) -> HttpResponse:
    request.page_address = "/desk/oversight/third/"  # type: ignore[attr-defined]
    more = {"tab": "third", "about": about} | oversight.thirds(request.employee)
    return _page(request, "desk/third.html", more, refusal)


@require_POST
@employee_only("look_third")
def look(request: DeskRequest, look_id: UUID) -> HttpResponse:
    """The third person's yes, or no with words."""
    try:
        agrees, words = request.POST.get("agrees") == "yes", request.POST.get("words", "")
        write_third_look(request.employee.id, look_id, agrees, words)
    except NotFound:
        raise
    except Refusal as refused:
        return _third(request, said(refused, "third"), look_id)
    messages.success(request, str(WRITTEN))
    return redirect("desk-third")


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("place_canaries")
def canaries(request: DeskRequest) -> HttpResponse:
    """GET: those that stand. POST: another one, by customer number."""
    refusal: Said | None = None
    if request.method == "POST":
        try:
            place_canary(request.employee.id, request.POST.get("number", ""), request.POST.get("note", ""))
            messages.success(request, str(WRITTEN))
            return redirect("desk-canaries")
        except Refusal as refused:
            refusal = said(refused, "canary")
    more = {"tab": "canaries", "canaries": oversight.canary_rows(), "given": request.POST}
    return _page(request, "desk/canaries.html", more, refusal)


@require_POST
@employee_only("place_canaries")
def lift(request: DeskRequest, canary_id: UUID) -> HttpResponse:
    lift_canary(request.employee.id, canary_id)
    messages.success(request, str(WRITTEN))
    return redirect("desk-canaries")
