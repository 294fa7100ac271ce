"""The employee who is signed in: on the request, and as an actor of a case; and an act of theirs on a sheet over a case."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from walletdesk.doors.agent_console.said import Said, said
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.service.cases.public import Actor, CaseView, case_for_employee, the_agent
from walletdesk.trust.staff.public import EmployeeView


class DeskRequest(HttpRequest):
    """A request behind ``@employee_only``: who is at the desk, and what the page listens to."""

    employee: EmployeeView
    live_topics: list[str]


def as_actor(employee: EmployeeView) -> Actor:
    return the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)


def act_on_sheet(
    request: DeskRequest,
    reference: str,
    verb: Callable[[CaseView], str],
    sheet: Callable[[DeskRequest, CaseView, Said | None], HttpResponse],
    page: str,
) -> HttpResponse:
    """Do it, say what became of it, and show ``page`` again; refused, ``sheet`` with the reason on it."""
    case = case_for_employee(request.employee.id, reference)
    try:
        done = verb(case)
    except NotFound:
        raise
    except Refusal as refused:
        return sheet(request, case, said(refused, "sheet"))
    if done:
        messages.success(request, done)
    return redirect(page, case.reference)
