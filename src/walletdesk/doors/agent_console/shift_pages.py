"""Shifts: a week on one page, planned and cancelled by supervisors."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.said import Said, said
from walletdesk.doors.agent_console.showing import agent, staff
from walletdesk.foundation.errors import Refusal
from walletdesk.trust.staff.public import cancel_shift, may, plan_shift


@require_http_methods(["GET", "HEAD"])
@employee_only("see_staff")
def shifts(request: DeskRequest) -> HttpResponse:
    """``?week=2026-11-23``: the week that holds this day."""
    return _week(request, staff.week_of(request.GET.get("week", "")))


def _week(request: DeskRequest, monday: date, refusal: Said | None = None) -> HttpResponse:
    request.page_address = f"{reverse('desk-shifts')}?week={monday}"  # type: ignore[attr-defined]
    context = {
        "area": "staff",
        "agent": agent.line(request.employee),
        "week": staff.week(monday),
        "may_plan": may(request.employee, "plan_shifts"),
        "refusal": refusal,
        "given": request.POST,
    }
    return render(request, "desk/shifts.html", context, status=refusal.status if refusal else 200)


@require_POST
@employee_only("plan_shifts")
def plan(request: DeskRequest) -> HttpResponse:
    """One shift of one person; an end that is not after the start is on the next day."""
    monday = staff.week_of(request.POST.get("day", ""))
    try:
        start, end = _span(request.POST.get("day", ""), request.POST.get("from", ""), request.POST.get("to", ""))
        plan_shift(_employee(request.POST.get("who", "")), start, end, by=f"employee:{request.employee.id}")
    except Refusal as refused:
        return _week(request, monday, said(refused, "plan"))
    return redirect(f"{reverse('desk-shifts')}?week={monday}")


@require_POST
@employee_only("plan_shifts")
def cancel(request: DeskRequest, shift_id: UUID) -> HttpResponse:
    gone = cancel_shift(shift_id, by=f"employee:{request.employee.id}")
    return redirect(f"{reverse('desk-shifts')}?week={gone.starts_at.astimezone(staff.zone()).date()}")


def _employee(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # nobody's: the room refuses it in its own words


def _span(day: str, begins: str, ends: str) -> tuple[datetime, datetime]:
    """Both moments in the operator's zone; what cannot be read is a shift of no length, which the room refuses."""
    try:
        on, start, end = date.fromisoformat(day), time.fromisoformat(begins), time.fromisoformat(ends)
    except ValueError:
        moment = datetime(2000, 1, 1, tzinfo=staff.zone())
        return moment, moment
    first = datetime.combine(on, start.replace(tzinfo=None), staff.zone())
    last = datetime.combine(on, end.replace(tzinfo=None), staff.zone())
    return first, last if last > first else last + timedelta(days=1)
