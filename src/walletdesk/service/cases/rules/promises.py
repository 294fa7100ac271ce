"""A promise and its clock: what was promised, by when, and whether it was kept.

    standing    means                                                shown as
    running     time enough                                          a ring with the minutes left
    at_risk     under ten minutes, or under a tenth of the time      amber, on top of the queue
    kept        done in time                                         a tick, "22 minutes early"
    broken      the time passed; ``late_at`` says when it was done    said openly

The clock does not stop: not for a pause, not while others are waited for, not when a case is closed and reopened. A
promise that was broken stays broken, also when it is fulfilled later. ``due_at`` never moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

RUNNING, AT_RISK, KEPT, BROKEN = "running", "at_risk", "kept", "broken"
SHORT = timedelta(minutes=10)
TENTH = 10


@dataclass(frozen=True, slots=True)
class PromiseClock:
    """Moments are aware datetimes; ``kept_at`` ≤ ``due_at``; ``late_at`` only where ``broken_at`` is."""

    made_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    broken_at: datetime | None = None
    late_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        return self.kept_at is not None or self.broken_at is not None

    @property
    def is_fulfilled(self) -> bool:
        return self.kept_at is not None or self.late_at is not None


def standing(promise: PromiseClock, now: datetime) -> str:
    """One of the four standings at ``now``; the same before and after the background task has come by."""
    if promise.kept_at is not None:
        return KEPT
    if promise.broken_at is not None or now > promise.due_at:
        return BROKEN
    left = promise.due_at - now
    return AT_RISK if left < max(SHORT, (promise.due_at - promise.made_at) / TENTH) else RUNNING


def fulfil(promise: PromiseClock, at: datetime) -> PromiseClock:
    """The promise after the promised thing was done at ``at``. Doing it again changes nothing."""
    if promise.is_fulfilled:
        return promise
    if promise.broken_at is None and at <= promise.due_at:
        return replace(promise, kept_at=at)
    return replace(promise, broken_at=promise.broken_at or promise.due_at, late_at=at)


def let_pass(promise: PromiseClock, now: datetime) -> PromiseClock:
    """The promise after a look at the clock: broken at the very moment it was due, however late we look."""
    if promise.is_settled or now <= promise.due_at:
        return promise
    return replace(promise, broken_at=promise.due_at)


def needs_new_promise(promises: Iterable[PromiseClock]) -> bool:
    """After reopening: whether a new answer is promised. An old promise that is still unfulfilled goes on as it was."""
    return all(promise.is_fulfilled for promise in promises)


def minutes_early(promise: PromiseClock) -> int:
    """Whole minutes between fulfilment and due time; negative when late, 0 while unfulfilled."""
    done = promise.kept_at or promise.late_at
    if done is None:
        return 0
    whole = int(abs((promise.due_at - done).total_seconds()) // 60)
    return whole if done <= promise.due_at else -whole


def seconds_left(promise: PromiseClock, now: datetime) -> int:
    """Seconds until due, never below 0."""
    return max(0, int((promise.due_at - now).total_seconds()))
