"""The day itself: calls come, wait, give up, are answered; agents talk, wrap up, go home; call-backs keep their place.

    day = simulate(callers, agents, order)
    day.contacts      one per caller: what became of them
    day.longest_wait  of everybody who was answered

``order(place, now)`` says who stands before whom: the smallest first. ``match`` says who is asked for whom, whenever
somebody comes or becomes free; unless told, the first in the line whom a free agent can serve gets the one who has been
free longest. ``bench/queue_fairness.py`` gives the hotline's own rule for both, so that what it shows is what is in force.

Somebody who takes a call-back hangs up and keeps the place with its time; when it is their turn an agent dials. Who does
not answer is tried again after ``RETRY`` seconds, twice at most, and has not lost the place meanwhile.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from walletdesk.service.workforce.rules.counting import Contact
from walletdesk.service.workforce.rules.simulation.people import Agent, Caller

DIAL = 20.0
RETRY = 300.0


@dataclass(slots=True)
class Place:
    """A place in the line. ``since`` never changes: neither by a call-back nor by a try that was not answered."""

    caller: Caller
    since: float
    is_call_back: bool = False
    tries: int = 0
    not_before: float = 0.0


@dataclass(slots=True)
class Story:
    """What became of one caller; moments in seconds from the beginning of the day, ``None`` where it did not happen."""

    caller: Caller
    told: float | None = None
    taken_as_call_back_at: float | None = None
    answered_at: float | None = None
    abandoned_at: float | None = None
    given_up_calling_at: float | None = None
    tried_at: list[float] = field(default_factory=list)
    agent: int | None = None

    @property
    def waited(self) -> float | None:
        ended = self.answered_at if self.answered_at is not None else self.abandoned_at
        return None if ended is None else ended - self.caller.at


Order = Callable[[Place, float], Any]
Match = Callable[[Sequence[Place], Sequence[tuple[Agent, float]], float], Sequence[tuple[Place, int]]]
Tell = Callable[["House", Place], float | None]


@dataclass(slots=True)
class Day:
    stories: list[Story]
    busy_seconds: float
    call_back_order: list[int]  # callers, in the order in which they were first dialled

    @property
    def longest_wait(self) -> float:
        return max(
            (story.waited for story in self.stories if story.answered_at is not None and story.waited), default=0
        )

    @property
    def unanswered(self) -> list[Story]:
        """Still in the line when the last agent went home."""
        ends = ("answered_at", "abandoned_at", "given_up_calling_at")
        return [story for story in self.stories if all(getattr(story, end) is None for end in ends)]


class House:
    """The telephones, the line and who is talking, at one moment."""

    def __init__(
        self,
        callers: Sequence[Caller],
        agents: Sequence[Agent],
        order: Order,
        tell: Tell | None = None,
        match: Match | None = None,
    ) -> None:
        self.now = 0.0
        self.line: list[Place] = []
        self.free: dict[int, float] = {}  # agent → free since
        self.talking: dict[int, tuple[Place, float]] = {}  # agent → whom, since when
        self.here: set[int] = set()
        self.agents = {agent.number: agent for agent in agents}
        self.stories = {caller.number: Story(caller) for caller in callers}
        self.ended: list[tuple[float, float, int]] = []  # handled: when, seconds, agent
        self.left: list[tuple[float, float]] = []  # hung up: when, after how long
        self.answered: list[tuple[float, Story]] = []
        self.busy_seconds, self.call_back_order = 0.0, list[int]()
        self._order, self._tell = order, tell
        self._who_for_whom = match or self._first_come
        self._events: list[tuple[float, int, Callable[[Any], None], Any]] = []
        self._count = 0
        for caller in callers:
            self._at(caller.at, self._comes, caller)
        for agent in agents:
            self._at(agent.starts, self._starts, agent)
            self._at(agent.ends, self._goes_home, agent)

    def run(self) -> Day:
        while self._events:
            self.now, _, happens, whom = heapq.heappop(self._events)
            happens(whom)
        return Day(list(self.stories.values()), self.busy_seconds, self.call_back_order)

    def before(self, place: Place) -> list[Place]:
        """Who will be asked before this place, as the line stands."""
        mine = self._order(place, self.now)
        return [one for one in self.line if one is not place and self._order(one, self.now) < mine]

    def who_can(self, caller: Caller) -> list[Agent]:
        """Agents in the house who serve this caller's topic in their language."""
        return [agent for number in self.here if (agent := self.agents[number]).can(caller.topic, caller.language)]

    def _at(self, moment: float, happens: Callable[[Any], None], whom: Any) -> None:
        self._count += 1
        heapq.heappush(self._events, (moment, self._count, happens, whom))

    def _comes(self, caller: Caller) -> None:
        place = Place(caller, self.now)
        self.line.append(place)
        self._at(self.now + caller.patience, self._gives_up, place)
        story = self.stories[caller.number]
        story.told = self._tell(self, place) if self._tell else None
        if caller.wants_call_back and story.told is not None and story.told > 60:
            place.is_call_back, story.taken_as_call_back_at = True, self.now
        self._match()

    def _gives_up(self, place: Place) -> None:
        if place in self.line and not place.is_call_back:
            self.line.remove(place)
            self.stories[place.caller.number].abandoned_at = self.now
            self.left.append((self.now, self.now - place.since))

    def _starts(self, agent: Agent) -> None:
        self.here.add(agent.number)
        self.free[agent.number] = self.now
        self._match()

    def _goes_home(self, agent: Agent) -> None:
        self.here.discard(agent.number)
        self.free.pop(agent.number, None)

    def _match(self) -> None:
        if self.line and self.free:
            free = [(self.agents[number], since) for number, since in self.free.items()]
            for place, number in self._who_for_whom(self.line, free, self.now):
                self._take(number, place)

    def _first_come(
        self, line: Sequence[Place], free: Sequence[tuple[Agent, float]], now: float
    ) -> list[tuple[Place, int]]:
        """The first in the line whom somebody free can serve, with the agent who has been free longest."""
        left = sorted(free, key=lambda one: (one[1], one[0].number))
        pairs = []
        for place in sorted(line, key=lambda one: self._order(one, now)):
            found = next((one for one in left if one[0].can(place.caller.topic, place.caller.language)), None)
            if found and place.not_before <= now:
                left.remove(found)
                pairs.append((place, found[0].number))
            if not left:
                break
        return pairs

    def _take(self, number: int, place: Place) -> None:
        del self.free[number]
        self.line.remove(place)
        self.talking[number] = (place, self.now)
        caller, story = place.caller, self.stories[place.caller.number]
        if not place.is_call_back:
            return self._answered(number, story, self.now, caller.talk + caller.wrap)
        if not story.tried_at:
            self.call_back_order.append(caller.number)
        story.tried_at.append(self.now)
        place.tries += 1
        if caller.reachable[place.tries - 1]:
            return self._answered(number, story, self.now + DIAL, DIAL + caller.talk + caller.wrap)
        if place.tries < len(caller.reachable):
            place.not_before = self.now + DIAL + RETRY
            self.line.append(place)
            self._at(place.not_before, lambda _: self._match(), None)
        else:
            story.given_up_calling_at = self.now + DIAL
        return self._at(self.now + DIAL, self._ends, (number, None))

    def _answered(self, number: int, story: Story, at: float, seconds: float) -> None:
        story.answered_at, story.agent = at, number
        self.answered.append((at, story))
        self._at(self.now + seconds, self._ends, (number, story))

    def _ends(self, ended: tuple[int, Story | None]) -> None:
        number, story = ended
        _, since = self.talking.pop(number)
        self.busy_seconds += self.now - since
        if story is not None:
            self.ended.append((self.now, self.now - since, number))
        if number in self.here:
            self.free[number] = self.now
            self._match()


def simulate(
    callers: Sequence[Caller],
    agents: Sequence[Agent],
    order: Order,
    tell: Tell | None = None,
    match: Match | None = None,
) -> Day:
    """The whole day, to the last call. ``tell`` is asked what to say to each who comes (seconds, or nothing)."""
    return House(callers, agents, order, tell, match).run()


def oldest_first(place: Place, now: float) -> tuple[float, int]:
    """The plainest order: who came first."""
    return place.since, place.caller.number


def contacts(day: Day, queue: str, moment_of: Callable[[float], Any]) -> list[Contact]:
    """The day as counting sees it; ``moment_of`` turns seconds of the day into a moment."""
    return [_contact(story, queue, moment_of(story.caller.at)) for story in day.stories]


def _contact(story: Story, queue: str, came_at: Any) -> Contact:
    called_back = story.taken_as_call_back_at is not None
    if story.answered_at is not None:
        caller = story.caller
        kind = "called_back" if called_back else "answered"
        return Contact(came_at, queue, 0.0 if called_back else story.waited or 0.0, kind, caller.talk, caller.wrap)  # type: ignore[arg-type]
    if story.abandoned_at is not None:
        return Contact(came_at, queue, story.abandoned_at - story.caller.at, "abandoned")
    return Contact(came_at, queue, 0.0, "called_back" if called_back else "waiting")
