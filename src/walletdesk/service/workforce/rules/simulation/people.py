"""Who calls and who answers, drawn before the day begins: whatever the queue does, the same people come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from walletdesk.service.workforce.rules.erlang_c import HOUR
from walletdesk.service.workforce.rules.simulation.dice import Dice

CALL_BACK_TRIES = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """``at`` in seconds from the beginning of the day; ``reachable``: whether each try to call back is answered."""

    number: int
    at: float
    topic: str
    language: str
    priority: int
    patience: float
    talk: float
    wrap: float
    wants_call_back: bool
    reachable: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Agent:
    """At the telephone from ``starts`` to ``ends``; a call that has begun is brought to its end."""

    number: int
    starts: float
    ends: float
    topics: frozenset[str]
    languages: frozenset[str]

    def can(self, topic: str, language: str) -> bool:
        return topic in self.topics and language in self.languages


@dataclass(frozen=True, slots=True)
class Habits:
    """How callers are. Weights need not sum to 1; times in seconds."""

    talk: float = 200.0
    talk_variation: float = 0.8
    wrap: float = 40.0
    patience: float = 240.0
    topics: Mapping[str, float] = field(default_factory=lambda: {"payments": 1.0})
    languages: Mapping[str, float] = field(default_factory=lambda: {"zh": 1.0})
    priorities: Mapping[int, float] = field(default_factory=lambda: {0: 1.0})
    call_back: float = 0.0
    reachable: float = 0.8


def callers_of(seed: int, calls_by_hour: Sequence[float], habits: Habits) -> list[Caller]:
    """Everybody who calls in these hours, in the order in which they call; at random within each hour."""
    times, people = Dice(seed), Dice(seed ^ 0x5EED)
    came: list[Caller] = []
    for hour, calls in enumerate(calls_by_hour):
        at = hour * HOUR
        while calls > 0:
            at += times.gap(HOUR / calls)
            if at >= (hour + 1) * HOUR:
                break
            came.append(_caller(len(came), at, people.another(), habits))
    return came


def _caller(number: int, at: float, dice: Dice, habits: Habits) -> Caller:
    return Caller(
        number=number,
        at=at,
        topic=dice.pick(habits.topics),
        language=dice.pick(habits.languages),
        priority=dice.pick(habits.priorities),
        patience=dice.gap(habits.patience),
        talk=dice.around(habits.talk, habits.talk_variation),
        wrap=dice.around(habits.wrap, 0.5),
        wants_call_back=dice.share() < habits.call_back,
        reachable=tuple(dice.share() < habits.reachable for _ in range(CALL_BACK_TRIES)),
    )


def a_shift(
    first: int, count: int, hours: tuple[float, float], topics: Sequence[str] = ("payments",),
    languages: Sequence[str] = ("zh",),
) -> list[Agent]:  # fmt: skip
    """``count`` alike agents from one hour of the day to another."""
    begins, ends = hours[0] * HOUR, hours[1] * HOUR
    return [Agent(first + place, begins, ends, frozenset(topics), frozenset(languages)) for place in range(count)]
