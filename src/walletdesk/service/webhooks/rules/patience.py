"""What an answer means, and when a delivery is tried again: ten tries within three days, then it is given up.

The pauses are those that Standard Webhooks 1.0.0 advises, shortened at the end so that all of them fit into three days. A
pause is cut by up to a fifth at random, so that what failed together does not come back together.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

WAITING, SENDING, DELIVERED, GIVEN_UP = "waiting", "sending", "delivered", "given_up"

MINUTE, HOUR = 60, 3600
PAUSES = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 18 * HOUR, 22 * HOUR)
TRIES = len(PAUSES) + 1
DAYS_TRIED = 3
JITTER = 0.2
LONGEST_WISH = 24 * HOUR
"""No receiver puts us off for longer with one answer."""

FAILURES_BEFORE_REST = 5
SHORTEST_REST, LONGEST_REST = 5, 5 * MINUTE

TAKEN, AGAIN, GONE = "taken", "again", "gone"


def meaning(status: int | None) -> str:
    """Any 2xx is ``taken``; 410 says that nobody is there any more; everything else, a redirect and silence too, is tried again."""
    if status is not None and 200 <= status < 300:
        return TAKEN
    return GONE if status == 410 else AGAIN


def pause_after(tries: int, roll: float) -> int | None:
    """Seconds to wait after the ``tries``-th try failed (1, 2, …); ``roll`` in [0, 1); None after the tenth."""
    if tries >= TRIES:
        return None
    return max(1, math.ceil(PAUSES[tries - 1] * (1 - JITTER * roll)))


def wished_pause(retry_after: str, moment: datetime) -> int:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), 0 when it says nothing usable."""
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return min(int(said[:9]), LONGEST_WISH)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0, min(math.ceil((until - moment).total_seconds()), LONGEST_WISH))


def rest_after(failures: int) -> int:
    """Seconds for which an endpoint is left alone after so many failures in a row: none, then 5, 10, … 300.

    A receiver that hangs costs us one call each time, not one for each event that waits for it.
    """
    if failures < FAILURES_BEFORE_REST:
        return 0
    return min(LONGEST_REST, SHORTEST_REST << min(failures - FAILURES_BEFORE_REST, 6))
