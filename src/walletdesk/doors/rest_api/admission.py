"""Whether one more caller's turn can come in time, and when to ask again if it cannot. Pure.

Four steps: who waits behind as many as the lane carries in ``QUEUE_SECONDS`` is refused before anything is asked of them; who
waited longer than ``TURN_SECONDS`` while others were refused is refused at their turn, since a batch that took too long in front
of them is no reason to answer everybody behind it late; who was refused asks again when what was refused with them could have
been carried; and no more are told no in a second than leaves the machine to those who were let in. So an accepted caller
waits for the batch in front and for their own.
"""

from __future__ import annotations

import math

UNKNOWN_ROOM = 256
"""What a lane takes in that has carried no crowd yet, and so does not know what it can."""
LEAST_ROOM, MOST_ROOM = 64, 4_000
A_CROWD = 32
"""A batch of so many tells what the lane carries; of fewer, unless it takes no more, what it carries at least: each costs more
than it will in a crowd."""
NEWEST_SHARE = 0.3
QUEUE_SECONDS, TURN_SECONDS = 0.3, 0.7
LONGEST_PAUSE = 10
FIRST_REFUSALS, LEAST_REFUSALS, MOST_REFUSALS = 2_000.0, 1_000.0, 20_000.0
"""What one process says in a second: at first, on a machine that has no time for it, on one that has all the time in the world."""
AT_ONCE_SECONDS, LONGEST_HOLD = 0.05, 2.0
"""After a silence, so many seconds' refusals are said at once; and nobody waits longer than that to hear no."""
LAG_SECONDS, QUICKER, SLOWER = 0.04, 1.03, 0.9


def pace_after(pace: float, size: int, seconds: float, most: int) -> float:
    """Intents carried in a second of late (0: not known), after one more batch of at most so many."""
    newest = size / max(seconds, 1e-6)
    if size < min(A_CROWD, most):
        return max(pace, newest) if pace else 0.0
    return newest if not pace else (1 - NEWEST_SHARE) * pace + NEWEST_SHARE * newest


def room(pace: float) -> int:
    """How many may wait."""
    return max(LEAST_ROOM, min(MOST_ROOM, int(pace * QUEUE_SECONDS))) if pace else UNKNOWN_ROOM


def pause(waiting: int, pace: float, refused: int) -> int:
    """0: come in. Else the seconds after which to ask again; ``refused``: in a second of late."""
    if waiting < room(pace):
        return 0
    return max(1, min(LONGEST_PAUSE, math.ceil(refused / (pace or UNKNOWN_ROOM))))


def turn_is_over(waited: float, *, crowded: bool) -> bool:
    """Whether somebody whose turn comes now waited too long for it. Where nobody is refused, late is better than not at all."""
    return crowded and waited > TURN_SECONDS


def refusals_after(rate: float, lag: float) -> float:
    """Refusals in a second from now on, when the event loop came so late to what was due: more while it keeps up, else fewer."""
    return max(LEAST_REFUSALS, min(MOST_REFUSALS, rate * (SLOWER if lag > LAG_SECONDS else QUICKER)))


def told_at(last: float, moment: float, rate: float) -> float:
    """When a refusal is told, after the one that was told at ``last``: at once if that is no later than ``moment``."""
    return min(max(last + 1 / rate, moment - AT_ONCE_SECONDS), moment + LONGEST_HOLD)
