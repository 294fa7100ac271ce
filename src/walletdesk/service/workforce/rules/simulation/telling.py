"""What callers of a simulated day are told, by the estimator that is in force (``expected_wait.py``), from nothing but what
a real hotline would know at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from walletdesk.service.workforce.rules.expected_wait import (
    AT_ONCE,
    ExpectedWait,
    Line,
    Stretch,
    correction,
    expected_wait,
    pace,
    rival,
)
from walletdesk.service.workforce.rules.simulation.day import House, Place, Story

LOOK_BACK = 120


@dataclass
class Teller:
    """Tells and remembers what it told. ``first_handling`` and ``first_patience``: the guesses before the first call."""

    first_handling: float
    first_patience: float
    shifts_known: bool = True
    raw: dict[int, float] = field(default_factory=dict)

    def __call__(self, house: House, place: Place) -> float | None:
        said = self.wait(house, place)
        self.raw[place.caller.number] = said.told
        return said.told

    def wait(self, house: House, place: Place) -> ExpectedWait:
        """What this place can expect now."""
        caller = place.caller
        serving = house.who_can(caller)
        mine = {agent.number for agent in serving}
        if len(house.line) == 1 and not mine.isdisjoint(house.free):
            return AT_ONCE
        theirs = [{agent.number for agent in house.who_can(one.caller)} for one in house.before(place)]
        leaving = [(agent.ends - house.now, -1) for agent in serving]
        coming = [
            (agent.starts - house.now, 1)
            for agent in house.agents.values()
            if agent.starts > house.now and agent.can(caller.topic, caller.language)
        ]
        line = Line(
            ahead=sum(rival(len(others), len(others & mine)) for others in theirs),
            free=sum(1 for number in house.free if number in mine),
            serving=len(serving),
            handling=self._handling(house),
            patience=self._patience(house),
            agents_change=[*leaving, *coming] if self.shifts_known else (),
            correction=correction(
                (self.raw[story.caller.number], story.waited or 0.0, house.now - at)
                for at, story in house.answered[-LOOK_BACK:]
                if self._was_told(story)
            ),
        )
        return expected_wait(line)

    def _was_told(self, story: Story) -> bool:
        return story.caller.number in self.raw and story.taken_as_call_back_at is None

    def _handling(self, house: House) -> float:
        done = [Stretch(seconds, True, house.now - at) for at, seconds, _ in house.ended[-LOOK_BACK:]]
        running = [Stretch(house.now - since, False) for _, since in house.talking.values()]
        return pace([*done, *running], self.first_handling)

    def _patience(self, house: House) -> float:
        gone = [Stretch(waited, True, house.now - at) for at, waited in house.left[-LOOK_BACK:]]
        stayed = [
            Stretch(story.waited or 0.0, False, house.now - at)
            for at, story in house.answered[-LOOK_BACK:]
            if story.taken_as_call_back_at is None
        ]
        waiting = [Stretch(house.now - one.since, False) for one in house.line if not one.is_call_back]
        return pace([*gone, *stayed, *waiting], self.first_patience)
