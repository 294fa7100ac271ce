"""How much of a promise is left, as short as a row allows."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.doors._shared.reader_time import local, moment_words
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView, PromiseView

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
METER = 96


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """The promise in the head of a case. ``used``: of ``METER`` units."""

    open: bool
    words: Words
    tone: str
    shape: str
    used: int


def _minutes(seconds: int) -> Words:
    minutes = max(1, seconds // _MINUTE)
    return Words(f"{minutes} 分", f"{minutes} min")


def _span(seconds: int) -> Words:
    if seconds < 90 * _MINUTE:
        return _minutes(seconds)
    if seconds < 2 * _DAY:
        hours = round(seconds / _HOUR)
        return Words(f"{hours} 小时", f"{hours} h")
    return Words(f"{seconds // _DAY} 天", f"{seconds // _DAY} days")


def in_row(promise: PromiseView | None) -> tuple[Words, str]:
    """What stands at the end of a queue row, and its tone: minutes, then the hour, then days; kept or late."""
    if promise is None:
        return Words("", ""), "plain"
    if promise.clock.is_fulfilled:
        return (Words("守约", "Kept"), "go") if promise.kept_at else (Words("没守约", "Broken"), "bad")
    if promise.standing == "broken":
        late = int((now() - promise.due_at).total_seconds())
        over = _span(late)
        return Words(f"超 {over.zh}", f"{over.en} late"), "bad"
    tone = "bad" if promise.standing == "at_risk" else "wait"
    same_day = local(promise.due_at).date() == local(now()).date()
    if promise.seconds_left >= 90 * _MINUTE and same_day:
        hour = moment_words(promise.due_at, "clock")
        return Words(hour, hour), tone
    return _span(promise.seconds_left), tone


def in_head(case: CaseView) -> PromiseLine | None:
    """“Promised 14:32, 26 min left”, or how it ended."""
    promise = case.promise
    if promise is None:
        return None
    hour = moment_words(promise.due_at)
    if promise.kept_at:
        early = Words(f"，提前 {promise.minutes_early} 分钟", f", {promise.minutes_early} min early")
        return PromiseLine(
            False, Words(f"承诺 {hour}，守约{early.zh}", f"Promised {hour}, kept{early.en}"), "go", "done", 0
        )
    if promise.standing == "broken":
        if promise.clock.is_fulfilled:
            late = abs(promise.minutes_early)
            words = Words(f"承诺 {hour}，晚了 {late} 分钟", f"Promised {hour}, {late} min late")
        else:
            words = Words(f"承诺 {hour} 已过，还没办", f"Promised {hour}, passed and not done")
        return PromiseLine(False, words, "bad", "tri", METER)
    left = _span(promise.seconds_left)
    words = Words(f"承诺 {hour}，还有 {left.zh}", f"Promised {hour}, {left.en} left")
    return PromiseLine(True, words, "bad" if promise.standing == "at_risk" else "wait", "half", _used(promise))


def _used(promise: PromiseView) -> int:
    whole = max(1.0, (promise.due_at - promise.made_at).total_seconds())
    return int(METER * (1 - promise.seconds_left / whole))
