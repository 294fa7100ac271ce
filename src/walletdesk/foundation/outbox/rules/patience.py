"""When a delivery that failed is tried again, and when it is given up."""

from __future__ import annotations

PAUSES_SECONDS = (1, 5, 30, 300, 3600)
TRIES = len(PAUSES_SECONDS) + 1


def pause_after(failures: int) -> int | None:
    """Seconds to wait after the n-th failure in a row (1, 2, …); None after the sixth: the letter is dead."""
    return PAUSES_SECONDS[failures - 1] if failures < TRIES else None
