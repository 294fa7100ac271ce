"""The record of a call: how it sounded, what was recorded, who has heard it; to hear it with a reason and, when it was not
one's own, with a second person's yes. The sound is only ever the answer to a POST that has been written down."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.recorded_sound import sound, spoken_length
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent, calls
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.service.agent_actions.public import note_view
from walletdesk.service.hotline.public import (
    RecordingNotFound,
    SecondPersonNeeded,
    ask_to_hear,
    call_view,
    decide_hearing,
    hear_recording,
    recordings_of_call,
)
from walletdesk.trust.staff.public import may


@require_GET
@employee_only("see_cases")
def one(request: DeskRequest, call_id: uuid.UUID) -> HttpResponse:
    return _page(request, call_id)


def _page(request: DeskRequest, call_id: uuid.UUID, refusal: Said | None = None, about: str = "") -> HttpResponse:
    call = call_view(call_id)
    if call.customer_id is not None:
        note_view(request.employee.id, "see_call", call.customer_id, f"call:{call_id}", call.case_id)
    context: dict[str, Any] = {
        "area": "desk",
        "agent": agent.line(request.employee),
        "call": call,
        "length": spoken_length(call.ended_at - call.arrived_at) if call.ended_at else "",
        "legs": calls.legs(call),
        "recordings": calls.recordings(call),
        "wishes": calls.wishes(request.employee, call_id),
        "may_decide": may(request.employee, "reassign"),
        "refusal": refusal,
        "about": about,
        "reason": request.POST.get("reason", ""),
        "needs_second": refusal is not None and refusal.code == SecondPersonNeeded.code,
    }
    return render(request, "desk/call.html", context, status=refusal.status if refusal else 200)


def _of_this_call(call_id: uuid.UUID, recording: str) -> None:
    if recording not in {one.id for one in recordings_of_call(call_id)}:
        raise RecordingNotFound()


@require_POST
@employee_only("see_cases")
def hear(request: DeskRequest, call_id: uuid.UUID, recording: str) -> HttpResponseBase:
    """The sound itself. The play stands in the record before its first byte leaves."""
    _of_this_call(call_id, recording)
    try:
        opened = hear_recording(request.employee.id, recording, request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, call_id, said(refused, "hear"), recording)
    return sound(opened)


@require_POST
@employee_only("see_cases")
def ask(request: DeskRequest, call_id: uuid.UUID, recording: str) -> HttpResponse:
    _of_this_call(call_id, recording)
    try:
        ask_to_hear(request.employee.id, recording, request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, call_id, said(refused, "ask"), recording)
    return redirect("desk-call", call_id)


@require_GET
@employee_only("reassign")
def hearings(request: DeskRequest) -> HttpResponse:
    """Every wish that waits for a second person."""
    context = {
        "area": "approvals",
        "agent": agent.line(request.employee),
        "wishes": calls.wishes(request.employee),
        "may_decide": True,
    }
    return render(request, "desk/hearings.html", context)


@require_POST
@employee_only("reassign")
def decide(request: DeskRequest, permit_id: uuid.UUID) -> HttpResponse:
    """Yes or no by a second person; one's own wish is refused by the room (409)."""
    decide_hearing(request.employee.id, permit_id, allowed=request.POST.get("answer") == "yes")
    return redirect("desk-hearings")
