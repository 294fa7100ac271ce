"""Asking another device "is it you?": two digits that must be copied from one screen to the other (number matching),
two minutes to answer, at most so many questions in so many seconds (a flood makes people tap yes).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=2)


def may_ask(asked_at: Sequence[datetime], at: datetime, *, most: int, window_seconds: int) -> bool:
    """Whether one more question may be asked now, given when the last ones were."""
    since = at - timedelta(seconds=window_seconds)
    return sum(moment > since for moment in asked_at) < most


def answer_to(number: int, typed: str) -> str:
    """``approved`` when the number of the other screen was typed, else ``denied``: a wrong number is no second try."""
    digits = typed.strip()
    return "approved" if digits.isascii() and digits.isdigit() and int(digits) == number else "denied"
