"""The report: what came, what was answered, by a stated method; a day by its hours, a longer time by its days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.reader_time import local
from walletdesk.doors.supervisor_wall.acting import WallRequest, frame
from walletdesk.doors.supervisor_wall.showing.report_view import SPANS, page
from walletdesk.foundation.clock.public import now
from walletdesk.service.workforce.public import METHODS, Method, queues_counted, report, service_goal


def _day(asked: str) -> date:
    today = local(now()).date()
    try:
        return min(date.fromisoformat(asked), today)
    except ValueError:
        return today


@require_GET
@employee_only("see_wall")
def report_page(request: WallRequest) -> HttpResponse:
    """``?until=2026-05-19&days=1|7|28&method=removed&queue=payments``; whatever is not known is today, one day, the
    method in force, all queues."""
    goal = service_goal()
    queues = queues_counted()
    method: Method = next((one for one in METHODS if one == request.GET.get("method")), goal.method)
    days = next((one for one in SPANS if str(one) == request.GET.get("days")), 1)
    queue = next((one for one in queues if one == request.GET.get("queue")), "")
    last = _day(request.GET.get("until", ""))
    midnight = datetime(last.year, last.month, last.day, tzinfo=local(now()).tzinfo)
    until = midnight + timedelta(days=1)
    seen = report(until - timedelta(days=days), until, queue, method, (goal.target_seconds, goal.early_seconds))
    context = frame(request, "report") | {"report": page(seen, last, days, goal, queues)}
    return render(request, "wall/report.html", context)
