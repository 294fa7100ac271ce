"""Open now? Pure: hours, dated days and the moment are arguments.

    hours   {day: ((opens, closes), …)} in minutes from midnight, day 0 = Monday … 6 = Sunday,
            7 = a public holiday, 8 = a weekend day that is worked to make up for one
    days    {date: HOLIDAY or MAKE_UP}: the dated exceptions; every other date is its weekday

A topic that never closes has 0 to 1440 on all nine. Hours that touch at midnight are one stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOLIDAY, MAKE_UP = 7, 8
DAYS = tuple(range(9))
WHOLE_DAY = ((0, 1440),)
LOOK_AHEAD_DAYS = 30

Hours = Mapping[int, tuple[tuple[int, int], ...]]
DAY_AND_NIGHT: Hours = dict.fromkeys(DAYS, WHOLE_DAY)


@dataclass(frozen=True, slots=True)
class OpenState:
    """``closes_at`` is None while open without end in sight, ``opens_at`` while open, or when nothing opens in a month."""

    open: bool
    opens_at: datetime | None
    closes_at: datetime | None


def day_of(day: date, days: Mapping[date, int]) -> int:
    """Which of the nine kinds of day this date is."""
    return days.get(day, day.weekday())


def stretches(
    hours: Hours, days: Mapping[date, int], first: date, last: date, zone: ZoneInfo
) -> Iterator[list[datetime]]:
    """``[opens, closes]`` from the first date to the last, those that touch joined, in order."""
    current: list[datetime] | None = None
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        for opens, closes in sorted(hours.get(day_of(day, days), ())):
            begin, end = midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
            if current is not None and current[1] == begin:
                current[1] = end
                continue
            if current is not None:
                yield current
            current = [begin, end]
    if current is not None:
        yield current


def open_state(hours: Hours, days: Mapping[date, int], at: datetime, zone: ZoneInfo) -> OpenState:
    """Whether it is open at this moment, and when that changes next. A closing minute is closed already."""
    local = at.astimezone(zone)
    last = local.date() + timedelta(days=LOOK_AHEAD_DAYS)
    out_of_sight = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    for begin, end in stretches(hours, days, local.date() - timedelta(days=1), last, zone):
        if begin <= local < end:
            return OpenState(True, None, end if end < out_of_sight else None)
        if local < begin:
            return OpenState(False, begin, end if end < out_of_sight else None)
    return OpenState(False, None, None)
