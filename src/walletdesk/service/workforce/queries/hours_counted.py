"""What was counted: by the hour, by the day, in sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from walletdesk.service.workforce.models import HourCount
from walletdesk.service.workforce.rules.counting import Counts, Method

EVERY_QUEUE = ""
HOUR = timedelta(hours=1)
COUNTED = tuple(one.name for one in fields(Counts))


@dataclass(frozen=True, slots=True)
class HourView:
    """One hour of one queue or of all (``queue`` empty); ``simulated`` when any part of it was not a real call."""

    queue: str
    hour: datetime
    counts: Counts
    target_seconds: int
    early_seconds: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A stretch of time. ``mixed`` when its hours were counted with different target or early seconds: then the figures
    of the hours are true and their sum compares what was not meant to be compared."""

    since: datetime
    until: datetime
    queue: str
    method: Method
    target_seconds: int
    early_seconds: int
    hours: tuple[HourView, ...]
    total: Counts
    mixed: bool
    simulated: bool


def counts_of(row: HourCount) -> Counts:
    return Counts(**{name: getattr(row, name) for name in COUNTED})


def hours_counted(since: datetime, until: datetime, queue: str = EVERY_QUEUE) -> list[HourView]:
    """The hours that had calls, ``since`` ≤ hour < ``until``, in order; of all queues together unless one is named."""
    rows = HourCount.objects.filter(hour__gte=since, hour__lt=until).order_by("hour", "queue")
    if queue:
        rows = rows.filter(queue=queue)
    by_hour: dict[datetime, list[HourCount]] = {}
    for row in rows:
        by_hour.setdefault(row.hour, []).append(row)
    return [_together(queue, hour, group) for hour, group in by_hour.items()]


def _together(queue: str, hour: datetime, rows: list[HourCount]) -> HourView:
    return HourView(
        queue=queue,
        hour=hour,
        counts=total(counts_of(row) for row in rows),
        target_seconds=rows[0].target_seconds,
        early_seconds=rows[0].early_seconds,
        simulated=any(row.source == "simulated" for row in rows),
    )


def total(counts: Iterable[Counts]) -> Counts:
    summed = Counts()
    for one in counts:
        summed += one
    return summed


def report(since: datetime, until: datetime, queue: str, method: Method, goal_seconds: tuple[int, int]) -> Report:
    """The report by ``method``; ``goal_seconds`` (target, early) are named when there was no call to name them."""
    hours = tuple(hours_counted(since, until, queue))
    ways = {(one.target_seconds, one.early_seconds) for one in hours} or {goal_seconds}
    target, early = max(ways)
    return Report(
        since, until, queue, method, target, early, hours, total(one.counts for one in hours),
        mixed=len(ways) > 1, simulated=any(one.simulated for one in hours),
    )  # fmt: skip


def queues_counted() -> list[str]:
    """Every queue that was ever counted, by name."""
    return list(HourCount.objects.order_by("queue").values_list("queue", flat=True).distinct())
