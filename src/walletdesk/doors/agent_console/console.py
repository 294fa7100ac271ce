"""The console: the queue, one case with its timeline, its customer. Each part can be asked for alone when a topic speaks."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest, as_actor
from walletdesk.doors.agent_console.said import Said
from walletdesk.doors.agent_console.showing import agent, calls, case_view, customer, queue, timeline, verbs
from walletdesk.service.cases.public import CaseView, case_for_employee


@require_GET
@employee_only("see_cases")
def desk(request: DeskRequest) -> HttpResponse:
    """The queue with nothing opened."""
    request.live_topics.append("approvals")
    employee = request.employee
    context = {
        "area": "desk",
        "agent": agent.line(employee),
        "queue": queue.pane(employee, request.GET.get("show", "")),
    }
    return render(request, "desk/empty_desk.html", context)


@require_GET
@employee_only("see_cases")
def queue_part(request: DeskRequest) -> HttpResponse:
    pane = queue.pane(request.employee, request.GET.get("show", ""), request.GET.get("at", ""))
    return render(request, "desk/queue.html", {"queue": pane})


@require_GET
@employee_only("see_cases")
def case_page(request: DeskRequest, reference: str) -> HttpResponse:
    return show_case(request, case_for_employee(request.employee.id, reference))


@require_GET
@employee_only("see_cases")
def case_parts(request: DeskRequest, reference: str) -> HttpResponse:
    """Head, timeline and customer again; what the agent is typing is not in here."""
    return render(request, "desk/case_parts.html", parts(request, case_for_employee(request.employee.id, reference)))


def show_case(
    request: DeskRequest,
    case: CaseView,
    *,
    refusal: Said | None = None,
    revealed: dict[str, Any] | None = None,
    asking: str = "",
    draft: dict[str, str] | None = None,
    template: str = "desk/case.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The whole console around one case. ``revealed`` fields are shown in this answer only."""
    request.live_topics += [f"case:{case.id}", "approvals"]
    context = parts(request, case, revealed, asking) | {
        "area": "desk",
        "agent": agent.line(request.employee),
        "queue": queue.pane(request.employee, request.GET.get("show", ""), case.reference),
        "refusal": refusal,
        "draft": draft or {},
        "once": str(uuid.uuid4()),
        **(more or {}),
    }
    return render(request, template, context, status=refusal.status if refusal else 200)


def parts(
    request: DeskRequest, case: CaseView, revealed: dict[str, Any] | None = None, asking: str = ""
) -> dict[str, Any]:
    """What head, timeline and customer read. ``asking``: the private field whose reason is being asked for."""
    employee = request.employee
    person = customer.pane(employee, case, revealed or {}, asking or request.GET.get("why", ""))
    offered = verbs.offered(employee, case, person)
    ending = request.GET.get("act", "") if case.is_open and case.assigned_id == employee.id else ""
    return {
        "case": case_view.head(case, employee),
        "promise": case_view.promise(case),
        "summary": case_view.summary(case, as_actor(employee)),
        "flow": timeline.flow(case, as_actor(employee), person.name, offered.step, offered.step_more),
        "person": person,
        "prompt": person.prompt,
        "calls": calls.of_case(case.id),
        "verbs": offered.beside,
        "verb_note": offered.note,
        "head_verbs": offered.above,
        "ending": ending,
        "colleagues": case_view.colleagues(employee) if ending == "hand" else [],
    }
