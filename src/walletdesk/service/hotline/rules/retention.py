"""Recordings: how long they are kept, and who may hear one."""

from __future__ import annotations

from datetime import datetime, timedelta


def keep_until(ended_at: datetime, days: int) -> datetime:
    return ended_at + timedelta(days=days)


def hearing_refusal(*, own_call: bool, permitted: bool, reason: str, erased: bool) -> str | None:
    """Why this is not played, in this order: ``reason_missing``, ``erased``, ``second_person``; or None.

    One's own call, or with the yes of a second person; and never without a reason, which is written down with the play.
    """
    if len(reason.strip()) < 5:
        return "reason_missing"
    if erased:
        return "erased"
    return None if own_call or permitted else "second_person"
