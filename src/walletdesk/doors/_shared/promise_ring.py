"""The clock ring of a promise: what stands in it, how much of it is left, and its tone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.i18n.words import Words

ROUND = 188.5  # the length of a circle with radius 30, in the ring's own units
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_URGENT = 10 * _MINUTE


@dataclass(frozen=True, slots=True)
class Ring:
    """``figure`` over ``unit`` in the middle; ``left`` of :data:`ROUND` drawn; ``tone`` is "", "wait" or "bad"."""

    figure: str
    unit: Words
    left: float
    tone: str


def ring(due: datetime, since: datetime | None, at: datetime) -> Ring:
    """The ring at the moment ``at`` of a promise made at ``since`` and due at ``due``.

    The last minute counts in seconds, then minutes up to an hour and a half, hours up to two days, then days. Amber is
    waiting; jade stands only while more than half the time and at least a day is left; the last ten minutes are urgent.
    """
    seconds = int((due - at).total_seconds())
    if seconds <= 0:
        return Ring("0", Words("分", "min"), 0.0, "bad")
    whole = max(int((due - since).total_seconds()), 1) if since else max(seconds, _HOUR)
    share = min(seconds / whole, 1.0)
    figure, unit = _in_words(seconds)
    tone = "bad" if seconds < _URGENT else "" if share > 0.5 and seconds >= _DAY else "wait"
    return Ring(figure, unit, round(ROUND * share, 1), tone)


def _in_words(seconds: int) -> tuple[str, Words]:
    if seconds < _MINUTE:
        return str(seconds), Words("秒", "s")
    if seconds < 90 * _MINUTE:
        return str(seconds // _MINUTE), Words("分", "min")
    if seconds < 2 * _DAY:
        return str(round(seconds / _HOUR)), Words("小时", "hours")
    return str(seconds // _DAY), Words("天", "days")
