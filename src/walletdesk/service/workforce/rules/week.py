"""The week as 168 hours: Monday 0:00 is hour 0, Sunday 23:00 is hour 167, in the hotline's own time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

HOURS = 168
DAY = 24


def hour_of_week(moment: datetime, zone: ZoneInfo) -> int:
    """Which of the 168 a moment lies in."""
    here = moment.astimezone(zone)
    return here.weekday() * DAY + here.hour


def day_of(hour: int) -> int:
    """0 is Monday."""
    return hour // DAY


def is_weekend(hour: int) -> bool:
    return day_of(hour) >= 5


# How a week of calls usually leans, before we have seen one of our own: weekday mornings and weekend afternoons are the
# peaks, nights are thin. Only the proportions matter.
_WEEKDAY = (3, 2, 1, 1, 1, 2, 5, 14, 44, 92, 108, 94, 58, 52, 62, 64, 58, 46, 38, 36, 34, 26, 14, 7)
_WEEKEND = (4, 3, 2, 1, 1, 1, 3, 7, 18, 30, 38, 42, 48, 74, 88, 90, 78, 52, 40, 38, 34, 26, 15, 8)
_WHOLE = 5 * sum(_WEEKDAY) + 2 * sum(_WEEKEND)


def usual_share(hour: int) -> float:
    """The part of a week's calls that this hour usually has; the 168 parts sum to 1."""
    day = _WEEKEND if is_weekend(hour) else _WEEKDAY
    return day[hour % DAY] / _WHOLE
