"""The payment PIN: six ASCII digits, not one that everybody tries first; so many tries, then a timed lock.

``judge_try`` is the whole law of guessing. It is asked twice: before the digits are looked at (may this try be made at
all?) and after (what does its outcome do to the counter?).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

PIN_SHAPE = re.compile(r"[0-9]{6}", re.ASCII)
# Tried first by anybody who finds a phone in China or elsewhere, beside runs, repeats and mirrors.
FAVOURITES = frozenset(
    {"112233", "223344", "332211", "147258", "258369", "159753", "520131", "521314", "131452", "456852"}
)


def is_a_pin(text: object) -> bool:
    """Six ASCII digits: no spaces, no full-width digits."""
    return isinstance(text, str) and PIN_SHAPE.fullmatch(text) is not None


def is_weak(pin: str, phone: str = "") -> bool:
    """Whether ``pin`` is one of the first that a thief would try.

    Runs up or down (123456, 210987), one, two or three digits repeated (000000, 121212, 123123), mirrors (123321),
    common favourites, and six digits in a row of the owner's own telephone number.
    """
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return (
        steps in ({1}, {9}, {0})
        or pin == pin[:2] * 3
        or pin == pin[:3] * 2
        or pin == pin[::-1]
        or pin in FAVOURITES
        or pin in phone
    )


@dataclass(frozen=True, slots=True)
class Tries:
    """The counter as it stands: wrong tries since the last right one or the last lock, and the end of a lock."""

    wrong: int = 0
    locked_until: datetime | None = None

    def is_locked(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until


def after_try(tries: Tries, *, right: bool, at: datetime, allowed: int, lock_seconds: int) -> Tries:
    """The counter after one try that was allowed to be made.

    A lock that has run out gives a fresh set of tries. The last allowed wrong try sets the lock itself: there is never
    a moment with no tries left and no lock.
    """
    if right:
        return Tries()
    before = 0 if tries.locked_until is not None else tries.wrong
    wrong = before + 1
    return Tries(wrong, at + timedelta(seconds=lock_seconds) if wrong >= allowed else None)
