"""How the timers are doing, for the operator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.jobs.models import Timer


@dataclass(frozen=True, slots=True)
class TimerView:
    name: str
    due_at: datetime
    runs: int
    last_started_at: datetime | None
    last_ended_at: datetime | None
    last_error: str


def timers() -> list[TimerView]:
    """Every timer that ever ran, by name."""
    return [
        TimerView(row.name, row.due_at, row.run, row.last_started_at, row.last_ended_at, row.last_error)
        for row in Timer.objects.order_by("name")
    ]
