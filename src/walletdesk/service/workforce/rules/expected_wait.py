"""How long somebody who comes to the line now, or stands in it, will still wait.

The line is looked at as it stands, not as an average of the hour. With ``ahead`` people before us, we move one place when
one of the ``serving`` agents becomes free or one of those before us gives up:

    one place takes      1 / (serving / handling + ahead / patience − overtaking)      seconds on average

and the wait is the sum of the places, ours last. So a line of impatient people is shorter than it looks, and a newcomer
who may stand before us makes it longer. Agents who are known to come or go during the wait (the end of a shift) change
the pace from that moment on. ``handling`` and ``patience`` are learnt from the last calls (``pace``), with what has not
ended yet counted as far as it has come, so that neither is taken for shorter than it is. What is still wrong after that
(agents who also serve other lines) is learnt from our own mistakes: ``correction`` is the recent ratio of what callers
waited to what they were told.

    told       half of the callers are answered before it
    low, high  eight of ten between them; a promise is made for ``high``
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EIGHTY = 1.2816
PACE_HALF_LIFE = 900.0
MEMORY = PACE_HALF_LIFE / math.log(2)
FAITH = 4.0  # how many real calls the first guess of a pace is worth
MISTAKE_HALF_LIFE = 900.0
MISTAKE_FAITH = 12.0
MOST_CORRECTION = 2.5
MOST_OVERTAKING = 0.75  # of the pace: the queue's own order lets nobody be overtaken for ever
LONGEST = 4 * 3_600.0


@dataclass(frozen=True, slots=True)
class Line:
    """A queue as one caller meets it. ``agents_change``: (in how many seconds, how many more or fewer agents).

    Somebody ahead whom other agents may take as well counts as the part of those who can that is ours (``rival``).
    """

    ahead: float
    free: int
    serving: int
    handling: float
    patience: float | None
    overtaking: float = 0.0
    agents_change: Sequence[tuple[float, int]] = ()
    correction: float = 1.0


@dataclass(frozen=True, slots=True)
class ExpectedWait:
    """In seconds from now."""

    told: float
    low: float
    high: float


AT_ONCE = ExpectedWait(0.0, 0.0, 0.0)
NOBODY_THERE = ExpectedWait(LONGEST, LONGEST, LONGEST)


def expected_wait(line: Line) -> ExpectedWait:
    """What to say now. Nobody serving, now or later: ``NOBODY_THERE``."""
    if line.free > line.ahead:
        return AT_ONCE
    changes = sorted(line.agents_change)
    agents, at, spread = line.serving, 0.0, 0.0
    places = line.ahead + 1
    while places > 0:
        left = places % 1 or 1.0  # of this place
        places -= left
        while True:
            pace = _pace(line, agents, places)
            until = changes[0][0] if changes else math.inf
            if pace > 0 and at + left / pace <= until:
                at += left / pace
                spread += left / pace**2
                break
            if not changes:
                return NOBODY_THERE
            left -= pace * max(0.0, until - at)
            at, agents = max(at, until), max(0, agents + changes.pop(0)[1])
        if at > LONGEST:
            return NOBODY_THERE
    return _said(at * line.correction, spread * line.correction**2)


def rival(theirs: int, shared: int) -> float:
    """How much one ahead counts: of ``theirs`` agents who can take them, ``shared`` are also ours."""
    return shared / theirs if theirs else 0.0


def _pace(line: Line, agents: int, before: float) -> float:
    """Places a second."""
    leaving = before / line.patience if line.patience else 0.0
    pace = agents / line.handling + leaving
    return pace - min(line.overtaking, MOST_OVERTAKING * pace)


def _said(mean: float, variance: float) -> ExpectedWait:
    """Quantiles of a gamma with this mean and variance (Wilson and Hilferty)."""
    shape = mean * mean / variance if variance > 0 else math.inf
    step = math.sqrt(1 / (9 * shape))

    def quantile(z: float) -> float:
        return min(LONGEST, mean * max(0.0, 1 - step * step + z * step) ** 3)

    return ExpectedWait(quantile(0.0), quantile(-EIGHTY), quantile(EIGHTY))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A call talked and wrapped up, or a wait: how long so far, whether it ended the way that counts, and how long ago.

    For handling: the call ended. For patience: the caller hung up (an answer only cuts the wait off).
    """

    seconds: float
    ended: bool
    ago: float = 0.0


def pace(stretches: Iterable[Stretch], first_guess: float) -> float:
    """Seconds per end: all seconds spent over all ends seen, drawn to ``first_guess``.

    Each second weighs by how long ago it was spent, each end by how long ago it came, so that a long call that began
    before the pace changed does not hide the change.
    """
    seconds, ends = FAITH * first_guess, FAITH
    for one in stretches:
        ended, began = _still_says(one.ago), _still_says(one.ago + one.seconds)
        seconds += (ended - began) * MEMORY
        ends += ended * one.ended
    return seconds / ends


def _still_says(ago: float) -> float:
    return 0.5 ** (max(0.0, ago) / PACE_HALF_LIFE)


def correction(mistakes: Iterable[tuple[float, float, float]]) -> float:
    """From ``(told before correction, waited, seconds ago)`` of callers answered lately: the factor for the next ones."""
    logs, weights = 0.0, MISTAKE_FAITH
    for told, waited, ago in mistakes:
        if told < 15 or waited < 1:
            continue  # too short to say anything about the pace
        weight = 0.5 ** (max(0.0, ago) / MISTAKE_HALF_LIFE)
        ratio = min(max(waited / told, 1 / MOST_CORRECTION), MOST_CORRECTION)
        logs += weight * math.log(ratio)
        weights += weight
    return math.exp(logs / weights)


def minutes_said(seconds: float) -> int:
    """Whole minutes as they are spoken: never less than one, rounded up from half a minute on."""
    return max(1, int(seconds / 60 + 0.5))
