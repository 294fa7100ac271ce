"""Does anybody wait for ever? The hotline's own queue order in simulated days at and above capacity, the seed printed.

    python -m bench.queue_fairness [--seeds 5] [--seed 1]

Two languages, four topics, verified and urgent callers who stand up to eleven minutes further ahead, call-backs. In the worst
day a third more people call than can be served, for six hours, and nobody hangs up: patience hides starvation.

The claim is the longest wait of anybody, beside the longest wait when nobody is ever put before anybody else
(``ratio``: what the lifts cost the unluckiest). Also counted: how many were put before the most overtaken caller, and
whether call-backs were dialled in the order of their places, one each.
"""

from __future__ import annotations

import argparse
import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bench.claims import claim, say
from walletdesk.service.hotline.rules.queue_order import FreeAgent, Standing, in_order, order_at, pairs
from walletdesk.service.workforce.rules.simulation.day import Day, House, Place, oldest_first, simulate
from walletdesk.service.workforce.rules.simulation.people import Agent, Caller, Habits, a_shift, callers_of

MIDNIGHT = datetime(2026, 5, 19, tzinfo=UTC)
HABITS = Habits(
    topics={"payments": 0.5, "general": 0.3, "security": 0.15, "complaints": 0.05},
    languages={"zh": 0.85, "en": 0.15},
    priorities={0: 0.45, 1: 0.45, 2: 0.05, 4: 0.05},  # 1: verified; above: urgent by so many steps less one
    call_back=0.15,
    reachable=0.8,
)
SKILLED = ("payments", "general", "security", "complaints")
AGENTS = [
    *a_shift(1000, 10, (0, 24), SKILLED, ("zh",)),
    *a_shift(1100, 3, (0, 24), SKILLED, ("zh", "en")),
    *a_shift(1200, 5, (0, 24), ("payments", "general"), ("zh",)),
]


@dataclass(frozen=True)
class Scene:
    name: str
    calls: Sequence[float]
    patient: bool


SCENES = (
    Scene("usual", [180, 240, 260, 220, 200, 160], patient=False),
    Scene("flood", [330] * 6, patient=True),
)


def moment(seconds: float) -> datetime:
    return MIDNIGHT + timedelta(seconds=seconds)


def standing(place: Place, now: float) -> Standing:
    """The place as the hotline's rule reads it."""
    urgent = max(0, place.caller.priority - 1)
    joined = moment(place.since)
    return Standing(
        f"{place.caller.number:06d}", place.caller.topic, place.caller.language, joined,
        order_at(joined, verified=place.caller.priority > 0, urgent=urgent),
    )  # fmt: skip


def in_line(line: Sequence[Place], now: float) -> list[Place]:
    """As in the hotline: a call-back that rests until its next try keeps its place and stands in nobody's way."""
    return [place for place in line if place.not_before <= now]


def hotline_order(place: Place, now: float) -> tuple[datetime, datetime, str]:
    one = standing(place, now)
    return one.order_at, one.joined_at, one.place


def hotline_match(line: Sequence[Place], free: Sequence[tuple[Agent, float]], now: float) -> list[tuple[Place, int]]:
    """Who is asked for whom, by the rule in force."""
    by_name = {f"{place.caller.number:06d}": place for place in line}
    agents = [FreeAgent(str(agent.number), agent.topics, agent.languages, moment(since)) for agent, since in free]
    made = pairs([standing(place, now) for place in in_line(line, now)], agents, moment(now))
    return [(by_name[one.place], int(agent.employee)) for one, agent in made]


def by_turns(line: Sequence[Place], free: Sequence[tuple[Agent, float]], now: float) -> list[tuple[Place, int]]:
    """The same skills and the same five minutes after which anybody helps, but nobody is put before anybody."""
    plain = [replace(standing(place, now), order_at=moment(place.since)) for place in in_line(line, now)]
    by_name = {f"{place.caller.number:06d}": place for place in line}
    agents = [FreeAgent(str(agent.number), agent.topics, agent.languages, moment(since)) for agent, since in free]
    return [(by_name[one.place], int(agent.employee)) for one, agent in pairs(in_order(plain), agents, moment(now))]


def told(house: House, place: Place) -> float:
    return 240.0 * len(house.line) / len(AGENTS)


def people(scene: Scene, seed: int) -> list[Caller]:
    callers = callers_of(seed, scene.calls, HABITS)
    return [replace(one, patience=1e9) for one in callers] if scene.patient else callers


def most_overtaken(day: Day) -> int:
    """How many who came later were answered earlier than somebody, at the worst."""
    answered = sorted((s.caller.at, s.answered_at) for s in day.stories if s.answered_at is not None and not s.tried_at)
    worst, later = 0, list[float]()
    for _, at in reversed(answered):
        worst = max(worst, bisect.bisect_left(later, at))
        bisect.insort(later, at)
    return worst


def call_backs_in_order(day: Day) -> bool:
    """One each; and of two places of one kind (same topic, language and lift) the earlier was dialled first."""
    dialled = day.call_back_order
    by_number = {story.caller.number: story.caller for story in day.stories}
    kinds: dict[tuple[str, str, int], list[int]] = {}
    for number in dialled:
        caller = by_number[number]
        kinds.setdefault((caller.topic, caller.language, caller.priority), []).append(number)
    return len(set(dialled)) == len(dialled) and all(group == sorted(group) for group in kinds.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    good = True
    for scene in SCENES:
        longest, plain, overtaken, left = 0.0, 0.0, 0, 0
        for seed in range(options.seed, options.seed + options.seeds):
            callers = people(scene, seed)
            day = simulate(callers, AGENTS, hotline_order, told, hotline_match)
            turns = simulate(callers, AGENTS, oldest_first, told, by_turns)
            longest, plain = max(longest, day.longest_wait), max(plain, turns.longest_wait)
            overtaken, left = max(overtaken, most_overtaken(day)), left + len(day.unanswered)
            good = good and call_backs_in_order(day)
        claim(f"queue.{scene.name}.longest_wait", longest, "s", baseline=plain, n=options.seeds, seed=options.seed)
        say(f"{scene.name}: longest wait {longest / 60:.1f} min, by turns {plain / 60:.1f} min; the unluckiest was overtaken "
            f"by {overtaken}; left without an answer: {left}; call-backs in order, one each: {good}")  # fmt: skip
        good = good and left == 0
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
