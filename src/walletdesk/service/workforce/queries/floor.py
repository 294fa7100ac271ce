"""The floor: who is at the telephones now, and how long a caller who stands in line will still wait.

What it takes to tell a wait (who is there, who waits, the pace of the last hour) is read once in two seconds in each
process, because a page asks it for everybody in the line; never from memory inside a transaction, which must see itself.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.public import PresenceView, live_calls, presences, queued_calls, skills_of
from walletdesk.service.workforce.rules.expected_wait import (
    NOBODY_THERE,
    ExpectedWait,
    Line,
    Stretch,
    expected_wait,
    pace,
    rival,
)
from walletdesk.service.workforce.settings_in_force import first_guess

ON_DUTY = ("available", "offered", "on_call", "wrap_up")
WAITING = "waiting"
GENERAL = "general"
EVERY_TOPIC = frozenset(("general", "security", "payments", "complaints", "funds", "merchants"))
CHINESE = frozenset(("zh-hans",))
LOOK_BACK = timedelta(hours=1)
KEPT_SECONDS = 2.0
SKILLS_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class AgentHere:
    """An agent who takes calls. ``call_id``, ``topic`` and ``talking_since`` while they talk."""

    employee_id: uuid.UUID
    number: str
    state: str
    reason: str
    since: datetime
    seat: str
    topics: frozenset[str]
    languages: frozenset[str]
    call_id: uuid.UUID | None
    talking_since: datetime | None
    topic: str

    @property
    def on_duty(self) -> bool:
        return self.state in ON_DUTY

    def can(self, topic: str, language: str) -> bool:
        return topic in self.topics and language in self.languages


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The floor and the pace at one moment; ``waiting``: (topic, language) of those in line."""

    agents: tuple[AgentHere, ...]
    waiting: tuple[tuple[str, str], ...]
    handling: float
    patience: float


_remembered: dict[str, tuple[float, datetime, Snapshot]] = {}
_skills: dict[uuid.UUID, tuple[float, dict[str, tuple[str, ...]]]] = {}


def floor() -> list[AgentHere]:
    """Everybody who takes calls, by number; who has no skill of a kind takes every topic, in Chinese."""
    return list(_read(now()).agents)


def wait_of(topic: str, language: str, position: int, at: datetime | None = None) -> ExpectedWait:
    """How long whoever stands at ``position`` (1 is next) for this topic and language will still wait."""
    seen = _snapshot(at or now())
    here = [agent for agent in seen.agents if agent.on_duty]
    mine = {agent.employee_id for agent in here if agent.can(topic, language)}
    if not mine:  # after some minutes whoever takes general questions takes these too
        mine = {agent.employee_id for agent in here if GENERAL in agent.topics}
    free = sum(1 for agent in here if agent.state == "available" and agent.employee_id in mine)
    ahead = max(0, position - 1) * _weight(seen, here, mine)
    return expected_wait(Line(ahead, free, len(mine), seen.handling, seen.patience))


def estimate_wait(topic: str, language: str, position: int, at: datetime) -> int | None:
    """The hotline's ``WaitEstimator``: whole seconds, half of the callers are answered before; None: nobody can tell."""
    said = wait_of(topic, language, position, at)
    return None if said == NOBODY_THERE else round(said.told)


def _weight(seen: Snapshot, here: list[AgentHere], mine: set[uuid.UUID]) -> float:
    """How much one who waits counts on average for a caller whom ``mine`` can serve."""
    weights = []
    for topic, language in seen.waiting:
        theirs = {agent.employee_id for agent in here if agent.can(topic, language)}
        weights.append(rival(len(theirs), len(theirs & mine)) if theirs else 1.0)
    return sum(weights) / len(weights) if weights else 1.0


def _snapshot(at: datetime) -> Snapshot:
    if connection.in_atomic_block:
        return _read(at)
    place = str(connection.settings_dict["NAME"])
    kept = _remembered.get(place)
    if kept and time.monotonic() - kept[0] < KEPT_SECONDS and abs((at - kept[1]).total_seconds()) < KEPT_SECONDS:
        return kept[2]
    read = _read(at)
    _remembered[place] = (time.monotonic(), at, read)
    return read


def _read(at: datetime) -> Snapshot:
    calls = live_calls()
    talks = {agent.id: call for call in calls for agent in call.agents}
    agents = tuple(_agent(one, talks.get(one.employee.id)) for one in presences())
    waiting = tuple((call.topic, call.language or "zh-hans") for call in calls if call.place == WAITING)
    return Snapshot(agents, waiting, *_paces(at, {call.id for call in calls}))


def _agent(one: PresenceView, talk: object) -> AgentHere:
    skills = _skills_of(one.employee.id) if one.state in ON_DUTY else {"topic": (), "language": ()}
    return AgentHere(
        employee_id=one.employee.id,
        number=one.employee.employee_number,
        state=one.state,
        reason=one.reason,
        since=one.since,
        seat=one.seat,
        topics=frozenset(skills["topic"]) or EVERY_TOPIC,
        languages=frozenset(skills["language"]) or CHINESE,
        call_id=getattr(talk, "id", None),
        talking_since=getattr(talk, "agent_at", None),
        topic=getattr(talk, "topic", ""),
    )


def _skills_of(employee_id: uuid.UUID) -> dict[str, tuple[str, ...]]:
    """An agent's skills, at most ``SKILLS_SECONDS`` old: they change by the month, a wait is told by the second."""
    kept = _skills.get(employee_id)
    if kept is None or time.monotonic() - kept[0] > SKILLS_SECONDS:
        kept = _skills[employee_id] = time.monotonic(), skills_of(employee_id)
    return kept[1]


def _paces(at: datetime, live: set[uuid.UUID]) -> tuple[float, float]:
    """Seconds a call takes and a caller waits, learnt from the last hour."""
    handled, waited = [], []
    for one in queued_calls(at - LOOK_BACK, at, at):
        answered = one.outcome == "answered"
        left = (at - one.came_at).total_seconds() - one.waited
        waited.append(Stretch(one.waited, one.outcome == "abandoned", left))
        if answered:
            seconds = one.talked + one.wrapped
            handled.append(Stretch(seconds, one.call_id not in live, max(0.0, left - seconds)))
    guess = first_guess()
    return pace(handled, guess.aht), pace(waited, guess.patience)
