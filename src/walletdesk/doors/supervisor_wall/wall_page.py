"""The wall: six numbers, one chart by the hour, promises at risk, the agents. It follows the desk live and scrolls nothing.

The page is drawn once; each part fetches itself again when the line, a desk or a case moves, and every so often anyway,
because time alone moves a wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.supervisor_wall.acting import WallRequest, frame
from walletdesk.doors.supervisor_wall.showing.agents_part import agents_part
from walletdesk.doors.supervisor_wall.showing.hours_part import hours_part
from walletdesk.doors.supervisor_wall.showing.risk_part import risk_part
from walletdesk.doors.supervisor_wall.showing.six_numbers import six_numbers
from walletdesk.foundation.clock.public import now

PARTS: dict[str, Callable[[WallRequest], Any]] = {
    "six": lambda request: six_numbers(),
    "hours": lambda request: hours_part(),
    "risk": lambda request: risk_part(request.employee),
    "agents": lambda request: agents_part(request.employee),
}


@require_GET
@employee_only("see_wall")
def wall(request: WallRequest) -> HttpResponse:
    """The whole page."""
    request.live_topics.append("queue")
    parts = {name: make(request) for name, make in PARTS.items()}
    return render(request, "wall/wall.html", frame(request, "wall") | parts | {"now": now()})


@require_GET
@employee_only("see_wall")
def part(request: WallRequest, name: str) -> HttpResponse:
    """One part of it, as it is now."""
    make = PARTS.get(name)
    if make is None:
        raise Http404
    return render(request, f"wall/part_{name}.html", {name: make(request), "now": now()})
