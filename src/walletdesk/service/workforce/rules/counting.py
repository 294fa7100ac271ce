"""How calls are counted: the service level by a stated method, abandonment, promises kept.

A share of "80 % in 20 seconds" says nothing until it is said what became of those who hung up early (before
``early_seconds``: they pressed the wrong button, or heard what they needed in the greeting):

    method     service level                                         early hang-ups
    offered    answered in time / all that came                       count against us
    removed    answered in time / (all that came − early hang-ups)    are left out           (our own reports)
    positive   (answered in time + early hang-ups) / all that came    count for us

Whoever hung up later counts as not answered in time, by each method. ``offered ≤ removed`` and ``offered ≤ positive``
always hold, so a change of method can be seen for what it is. No calls, no share: ``None``, never 100 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal, get_args

from walletdesk.foundation.i18n.words import Words

Method = Literal["offered", "removed", "positive"]
METHODS: tuple[Method, ...] = get_args(Method)
METHOD_NAMES: dict[str, Words] = {
    "offered": Words("按全部来电", "Of all calls offered"),
    "removed": Words("减去早挂断", "Early hang-ups removed"),
    "positive": Words("早挂断算达标", "Early hang-ups count as met"),
}
METHOD_WORDS: dict[str, Words] = {
    "offered": Words(
        "{target} 秒内接起的 ÷ 全部来电；{early} 秒内挂断的算没有接起",
        "Answered in {target} s ÷ all calls; hang-ups within {early} s count as not answered",
    ),
    "removed": Words(
        "{target} 秒内接起的 ÷（全部来电 − {early} 秒内挂断的）",
        "Answered in {target} s ÷ (all calls − hang-ups within {early} s)",
    ),
    "positive": Words(
        "（{target} 秒内接起的 + {early} 秒内挂断的）÷ 全部来电",
        "(Answered in {target} s + hang-ups within {early} s) ÷ all calls",
    ),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One call that reached a queue, as counting sees it. ``waited`` ends at the answer, the hang-up or the call-back."""

    came_at: datetime
    queue: str
    waited: float
    outcome: Literal["answered", "abandoned", "called_back", "waiting"]
    talked: float = 0.0
    wrapped: float = 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What came in one stretch of time. ``answered_in_time ≤ answered``, ``early ≤ abandoned``; times in seconds."""

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    early: int = 0
    called_back: int = 0
    waited_answered: float = 0.0
    waited_abandoned: float = 0.0
    longest: float = 0.0
    talked: float = 0.0
    wrapped: float = 0.0

    def level(self, method: Method) -> float | None:
        """The service level by ``method``, between 0 and 1."""
        good = self.answered_in_time + (self.early if method == "positive" else 0)
        of = self.offered - (self.early if method == "removed" else 0)
        return good / of if of > 0 else None

    @property
    def abandonment(self) -> float | None:
        """Who hung up while waiting, early ones too, of all that came."""
        return self.abandoned / self.offered if self.offered else None

    @property
    def mean_wait(self) -> float | None:
        """Of those who were answered."""
        return self.waited_answered / self.answered if self.answered else None

    @property
    def mean_handling(self) -> float | None:
        """Talk and wrap-up of one answered call: the AHT that the planner needs."""
        return (self.talked + self.wrapped) / self.answered if self.answered else None

    @property
    def mean_patience(self) -> float | None:
        """How long callers are prepared to wait: all the seconds waited, per hang-up (the estimate for a patience that
        is cut off by an answer)."""
        seconds = self.waited_answered + self.waited_abandoned
        return seconds / self.abandoned if self.abandoned and seconds > 0 else None

    @property
    def wait_if_staying(self) -> float | None:
        """How long somebody who does not hang up waits: more than the mean of those who were answered, because the long
        waits are those that others did not sit through."""
        patience, lost = self.mean_patience, self.abandonment
        if patience is None or not lost or lost >= 1:
            return self.mean_wait
        return -patience * math.log(1 - lost)

    def __add__(self, other: Counts) -> Counts:
        summed = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        return replace(self, **{**summed, "longest": max(self.longest, other.longest)})


def count(contacts: Iterable[Contact], target_seconds: float, early_seconds: float) -> Counts:
    """The counts of these contacts; one that still waits is offered and nothing else yet."""
    total = Counts()
    for one in contacts:
        answered, gone = one.outcome == "answered", one.outcome == "abandoned"
        total += Counts(
            offered=1,
            answered=int(answered),
            answered_in_time=int(answered and one.waited <= target_seconds),
            abandoned=int(gone),
            early=int(gone and one.waited < early_seconds),
            called_back=int(one.outcome == "called_back"),
            waited_answered=one.waited if answered else 0.0,
            waited_abandoned=one.waited if gone else 0.0,
            longest=one.waited,
            talked=one.talked,
            wrapped=one.wrapped,
        )
    return total


def promises_kept(kept: int, broken: int) -> float | None:
    """The share that is published: of those whose time is over, whether it was good or bad. Running ones do not count."""
    return kept / (kept + broken) if kept + broken else None
