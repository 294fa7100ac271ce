"""Count the calls of the last hours. An hour is counted again until its last call is over, then it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from walletdesk.foundation.clock.public import now
from walletdesk.service.workforce.models import HourCount
from walletdesk.service.workforce.queries.calls_seen import contacts_between
from walletdesk.service.workforce.queries.hours_counted import COUNTED
from walletdesk.service.workforce.rules.counting import Contact, count
from walletdesk.service.workforce.settings_in_force import ServiceGoal, service_goal

LOOK_BACK = timedelta(hours=6)  # a call that came longer ago is over, or is a line that nobody closed
ROW = (*COUNTED, "target_seconds", "early_seconds", "source", "counted_at")


def hour_start(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def count_hours(since: datetime | None = None) -> int:
    """Count from ``since`` (six hours back unless told) until now; how many rows were written. Safe to repeat."""
    moment = now()
    first = hour_start(since or moment - LOOK_BACK)
    return keep_counts(contacts_between(first, moment), "calls", service_goal(moment))


def keep_counts(contacts: Iterable[Contact], source: str, goal: ServiceGoal) -> int:
    """One row per queue and hour of these contacts, over what stood there; real calls are never replaced by simulated
    ones."""
    groups: dict[tuple[str, datetime], list[Contact]] = defaultdict(list)
    for one in contacts:
        groups[one.queue, hour_start(one.came_at)].append(one)
    if source == "simulated" and groups:
        hours = [hour for _, hour in groups]
        real = HourCount.objects.filter(hour__gte=min(hours), hour__lte=max(hours), source="calls")
        for key in real.values_list("queue", "hour"):
            groups.pop(key, None)
    rows = [_row(queue, hour, group, source, goal) for (queue, hour), group in groups.items()]
    HourCount.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["queue", "hour"], update_fields=list(ROW), batch_size=1_000
    )
    return len(rows)


def _row(queue: str, hour: datetime, group: list[Contact], source: str, goal: ServiceGoal) -> HourCount:
    counted = count(group, goal.target_seconds, goal.early_seconds)
    return HourCount(
        queue=queue,
        hour=hour,
        target_seconds=goal.target_seconds,
        early_seconds=goal.early_seconds,
        source=source,
        counted_at=now(),
        **{name: getattr(counted, name) for name in COUNTED},
    )
