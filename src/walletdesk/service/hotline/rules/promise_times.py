"""The promise "we answer by HH:MM, or call you back in your place": when it is made, and what keeps it.

It is made once for a place, to a caller whom we may call back, and only when the wait can be told. The margin is ours:
half as long again as expected, and a minute. It is kept when the caller speaks with a person, or is reached by our
call, by the promised minute; anything later is broken, and counted so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

MARGIN_NUMERATOR, MARGIN_DENOMINATOR = 3, 2
GRACE = timedelta(minutes=1)
SHORTEST, LONGEST = timedelta(minutes=3), timedelta(minutes=90)


def due_at(made_at: datetime, expected_seconds: int | None) -> datetime | None:
    """The promised minute, a full one; None when nobody can tell, or it would be too long to be a comfort."""
    if expected_seconds is None:
        return None
    wait = timedelta(seconds=expected_seconds * MARGIN_NUMERATOR // MARGIN_DENOMINATOR) + GRACE
    if wait > LONGEST:
        return None
    due = made_at + max(wait, SHORTEST)
    full = due.replace(second=0, microsecond=0)
    return full if full == due else full + timedelta(minutes=1)


def expected_seconds(position: int, agents_on_duty: int, handling_seconds: int) -> int | None:
    """The plain estimate for who is ``position`` in line; None when nobody is on duty. Better ones join by a port."""
    if agents_on_duty <= 0:
        return None
    return position * handling_seconds // agents_on_duty


def kept_rate(kept: int, broken: int) -> int | None:
    """Promises kept of those decided, in whole per cent rounded down, so that 100 means all; None before the first."""
    return kept * 100 // (kept + broken) if kept + broken else None
