"""Who is next, and with whom. Every place in line has one moment, ``order_at``, fixed when it is taken; the earliest is next.

    a stranger                                     when they joined
    verified                                       2 minutes earlier
    urgent 1, 2, 3 (unlock, failed freeze, …)      3 minutes earlier for each step
    back from an agent who vanished, or called back   before all of them (``front_at``), at most twice in one call

Nobody starves. A newcomer's moment is at most ``MOST_LIFT`` (11 minutes) before its arrival, so a place is overtaken only
by those who join within 11 minutes after it and by the few who come back; and once ``RELAX`` (5 minutes) have passed,
every agent who takes general questions may take it, whatever its topic and language. With ``s`` people served a minute,
a place that found ``n`` before it is served after at most ``(n + arrivals of 11 minutes + returns) / s``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

VERIFIED_LIFT = timedelta(minutes=2)
URGENT_LIFT = timedelta(minutes=3)
MOST_URGENT = 3
MOST_LIFT = VERIFIED_LIFT + URGENT_LIFT * MOST_URGENT
RELAX = timedelta(minutes=5)
GENERAL = "general"


def order_at(joined_at: datetime, *, verified: bool, urgent: int) -> datetime:
    """The moment by which a place is ordered; it never changes while the place waits."""
    lift = (VERIFIED_LIFT if verified else timedelta()) + URGENT_LIFT * min(max(urgent, 0), MOST_URGENT)
    return joined_at - lift


@dataclass(frozen=True, slots=True)
class Standing:
    """A place as the order looks at it. ``held`` places stay in line but are not to be offered now: a call back that is
    being dialled, or waits for its next try."""

    place: str
    topic: str
    language: str
    joined_at: datetime
    order_at: datetime
    front_at: datetime | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class FreeAgent:
    """``since``: free from then on; who has been free longest is asked first."""

    employee: str
    topics: frozenset[str]
    languages: frozenset[str]
    since: datetime


def in_order(places: Sequence[Standing]) -> list[Standing]:
    """The line, the next one first."""
    return sorted(
        places, key=lambda one: (one.front_at is None, one.front_at or one.order_at, one.joined_at, one.place)
    )


def can_serve(agent: FreeAgent, place: Standing, at: datetime) -> bool:
    """Topic and language fit; or the place has waited so long that whoever takes general questions may take it."""
    if place.topic in agent.topics and place.language in agent.languages:
        return True
    return GENERAL in agent.topics and at - place.joined_at >= RELAX


def pairs(places: Sequence[Standing], agents: Sequence[FreeAgent], at: datetime) -> list[tuple[Standing, FreeAgent]]:
    """Who is asked for whom now: in the order of the line, each with the fitting agent who has been free longest.

    A held place takes an agent out of the count, so that the one who is being called back finds somebody free.
    """
    free = sorted(agents, key=lambda agent: (agent.since, agent.employee))
    made = []
    for place in in_order(places):
        agent = next((one for one in free if can_serve(one, place, at)), None)
        if agent is not None:
            free.remove(agent)
            if not place.held:
                made.append((place, agent))
    return made


def position(places: Sequence[Standing], place: str) -> int:
    """1 for the next; 0 for who is not in line."""
    line = [one.place for one in in_order(places)]
    return line.index(place) + 1 if place in line else 0
