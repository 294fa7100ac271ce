"""The six digits that the app shows now: rotating, of one customer, good once.

    code_at(secret, step)        HMAC-SHA-256 over the step, cut to six digits as RFC 4226 cuts
    step_of(moment)              the present minute; the minute before counts too, for who types slowly
    accepted(…)                  the step that these digits belong to and that has not been used; None if there is none

A guess is right with 2 in 1,000,000. ``MOST_WRONG`` wrong ones in ``LOCK`` close this way for ``LOCK``, so a day of
guessing at one customer succeeds with less than one in a thousand; a person is still there to help.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

STEP_SECONDS = 60
MOST_WRONG = 5
MOST_WRONG_IN_A_CALL = 3
LOCK = timedelta(minutes=15)


def step_of(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP_SECONDS


def seconds_left(moment: datetime) -> int:
    """How long the present digits are still shown."""
    return STEP_SECONDS - int(moment.timestamp()) % STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha256).digest()
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def accepted(secret: bytes, digits: str, moment: datetime, last_used: int) -> int | None:
    """A step is used up with the first right answer, and so is every step before it."""
    now = step_of(moment)
    fits = [
        step
        for step in (now, now - 1)
        if step > last_used and hmac.compare_digest(code_at(secret, step).encode(), digits.encode())
    ]
    return fits[0] if fits else None
