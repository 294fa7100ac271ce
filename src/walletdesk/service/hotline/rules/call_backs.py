"""Calling back: whom, at which number, how often."""

from __future__ import annotations

from datetime import datetime, timedelta

NUMBER_AGE = timedelta(hours=72)
"""A number is called only when it has been on file this long: who has just changed it may not be who they say."""
MOST_A_DAY = 3
"""Call-backs of one customer in a day."""
PAUSES = (timedelta(minutes=5), timedelta(minutes=15))
"""Before the second and the third try; after the third it is given up, and the customer is told."""


def knows_whom(kind: str, *, proven: bool) -> bool:
    """Whether a call says which customer may be called back: who proved it, or whom we had called on the number on file.
    That proves nothing about who speaks; but it is that very number, and no other, that rings again."""
    return proven or kind == "call_back"


def refusal(
    number: str,
    on_file_since: datetime | None,
    at: datetime,
    *,
    open_one: bool,
    today: int,
    can_dial: bool = True,
    owed: bool = False,
) -> str | None:
    """Why no call back is made, in this order: ``have_one``, ``no_trunk`` (this house cannot dial out), ``no_number``,
    ``too_new``, ``too_many_today``; or None. So many a day may be asked for; one that is ``owed``, since we dropped them or
    a promise to them runs, is not asked for."""
    if open_one:
        return "have_one"
    if not can_dial:
        return "no_trunk"
    if not number or on_file_since is None:
        return "no_number"
    if at - on_file_since < NUMBER_AGE:
        return "too_new"
    return "too_many_today" if today >= MOST_A_DAY and not owed else None


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after ``attempts`` tries in vain; None: no more."""
    return at + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
