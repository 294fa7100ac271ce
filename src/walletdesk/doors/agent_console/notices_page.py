"""What the house tells an employee: decided proposals, alarms to answer, acts on their own post. The bell counts the unread."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing import agent
from walletdesk.service.notifications.public import mark_read, notices

A_PAGE = 50


@require_GET
@employee_only
def inbox(request: DeskRequest) -> HttpResponse:
    """The newest first; each leads to what it speaks of."""
    told = notices("employee", request.employee.id, limit=A_PAGE)
    context = {"area": "notices", "agent": agent.line(request.employee), "notices": told}
    return render(request, "desk/notices.html", context)


@require_GET
@employee_only
def bell(request: DeskRequest) -> HttpResponse:
    """The bell alone, when something was told."""
    return render(request, "desk/bell.html", {"agent": agent.line(request.employee)})


@require_POST
@employee_only
def all_read(request: DeskRequest) -> HttpResponse:
    mark_read("employee", request.employee.id)
    return redirect("desk-notices")
