"""The stretches of time in which sums are counted: the operator's calendar day, month and year, and the whole life.

A window is named by the date on which it begins, in the operator's time zone. It never goes back: where clocks are turned
back across midnight (St. John's until 2011) or a clock jumps, what happens in the repeated hour belongs to the window that
had begun already, so nobody gets the same day twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY, MONTH, YEAR, LIFETIME = "day", "month", "year", "lifetime"
WINDOWS = (DAY, MONTH, YEAR, LIFETIME)


@dataclass(frozen=True, slots=True)
class Windows:
    """The dates on which the running day, month and year began."""

    day: date
    month: date
    year: date

    def beginning(self, window: str) -> date | None:
        """None for the lifetime, which has no date."""
        return {DAY: self.day, MONTH: self.month, YEAR: self.year}.get(window)


def windows_at(moment: datetime, zone: tzinfo) -> Windows:
    """The windows in which ``moment`` lies."""
    day = moment.astimezone(zone).date()
    return Windows(day, day.replace(day=1), day.replace(month=1, day=1))


def later_of(one: Windows | None, other: Windows) -> Windows:
    """Each window as far as either has come."""
    if one is None:
        return other
    return Windows(max(one.day, other.day), max(one.month, other.month), max(one.year, other.year))


def resets_at(window: str, running: Windows, zone: tzinfo) -> datetime | None:
    """The first moment (UTC) of the window after the running one; None for the lifetime, which has no end."""
    match window:
        case "day":
            following = running.day + timedelta(days=1)
        case "month":
            following = (running.month + timedelta(days=31)).replace(day=1)
        case "year":
            following = running.year.replace(year=running.year.year + 1)
        case _:
            return None
    return first_moment(following, zone)


def first_moment(day: date, zone: tzinfo) -> datetime:
    """When ``day`` begins, in UTC: its midnight, or the first moment after a midnight that the clocks leap over."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
