"""The inbox of whoever works here: alarms, decided proposals, recoveries, and what happened to their own sign-in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared import notice_rows
from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing import agent


@require_GET
@employee_only
def inbox(request: DeskRequest) -> HttpResponse:
    rows = notice_rows.rows(agent.inboxes(request.employee), "desk|wall")
    context = {"area": "notices", "agent": agent.line(request.employee), "rows": rows}
    return render(request, "desk/notices.html", context)


@require_POST
@employee_only
def read_all(request: DeskRequest) -> HttpResponse:
    notice_rows.read(agent.inboxes(request.employee), None)
    return redirect("desk-notices")


@require_POST
@employee_only
def read_one(request: DeskRequest, notice_id: UUID) -> HttpResponse:
    notice_rows.read(agent.inboxes(request.employee), notice_id)
    return redirect("desk-notices")
