"""When to call: the hours that are open and short, and those that are long.

The wait of an hour is what the planned people would make of the forecast calls, pulled towards what callers of that hour
really waited as more of them are known. An hour is quiet when somebody answers almost at once, or when it is among the
shortest third of its day and not long in itself; a peak when a caller waits more than ``LONG`` and more than half again
as long as in the day's middle hour.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from walletdesk.service.workforce.rules.week import day_of

LONG = 45.0
ALMOST_AT_ONCE = 20.0
ALIKE = 30.0
SHORT_ENOUGH = 120.0
TRUSTED_CALLS = 30.0

Kind = Literal["quiet", "between", "peak"]


@dataclass(frozen=True, slots=True)
class HourToCall:
    """An open hour of the week: how long one waits, and of which kind it is."""

    hour: int
    calls: float
    wait: float
    kind: Kind


def believed_wait(planned: float, seen: float | None, calls_seen: float) -> float:
    """Seconds, from the plan and from what was seen in that hour."""
    if seen is None or calls_seen <= 0:
        return planned
    trust = calls_seen / (calls_seen + TRUSTED_CALLS)
    return planned + trust * (seen - planned)


def judged(hours: Iterable[tuple[int, float, float]]) -> list[HourToCall]:
    """``(hour of week, calls, wait)`` of the open hours, each with its kind among the hours of its own day."""
    rows = sorted(hours)
    days: dict[int, list[float]] = {}
    for hour, _, wait in rows:
        days.setdefault(day_of(hour), []).append(wait)
    return [HourToCall(hour, calls, wait, _kind(wait, days[day_of(hour)])) for hour, calls, wait in rows]


def _kind(wait: float, day: Sequence[float]) -> Kind:
    third = sorted(day)[(len(day) - 1) // 3]
    if wait > LONG and wait > 1.5 * statistics.median(day):
        return "peak"
    return "quiet" if wait <= ALMOST_AT_ONCE or (wait <= third and wait <= SHORT_ENOUGH) else "between"


def next_best(hours: Sequence[HourToCall], now_hour: int, ahead: int = 24) -> HourToCall | None:
    """The shortest open hour of the next ``ahead``, this one not counted; the earlier of two alike (to ``ALIKE``)."""
    by_hour = {one.hour: one for one in hours}
    coming = [by_hour[at % 168] for at in range(now_hour + 1, now_hour + 1 + ahead) if at % 168 in by_hour]
    return min(coming, key=lambda one: int(one.wait / ALIKE), default=None)
