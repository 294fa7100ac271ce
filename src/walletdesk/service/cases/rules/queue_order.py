"""Who is next. Every case has one moment, ``queue_at``; the earliest moment is helped first.

    an unfulfilled promise     its due time
    none                       a day after the case was opened or reopened
    priority 1 … 3             half an hour earlier for each step

The moment is fixed when the case comes in and never moves later while it waits, and a newcomer's moment is at most
``MOST_LIFT`` before its arrival. So a case is overtaken only by those that come before ``queue_at + MOST_LIFT``: nobody
waits for ever, however much urgent work pours in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

WITHOUT_PROMISE = timedelta(hours=24)
LIFT = timedelta(minutes=30)
PRIORITIES = (0, 1, 2, 3)
MOST_LIFT = LIFT * max(PRIORITIES)


def queue_at(unfulfilled_dues: Iterable[datetime], since: datetime, priority: int) -> datetime:
    """The moment by which a case is ordered. ``since``: when it was opened or last reopened."""
    base = min(unfulfilled_dues, default=since + WITHOUT_PROMISE)
    return base - LIFT * min(max(priority, 0), max(PRIORITIES))
