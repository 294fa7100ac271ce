"""How far off is what callers are told? A simulated hotline, its seed printed, beside the plain rule "people ahead × handling
time ÷ agents".

    python -m bench.expected_wait [--seeds 12] [--seed 1]

Callers have patience, two languages, topics and priorities; the load doubles within an hour, a shift goes home in the
rush, and in one of the days all calls suddenly take half as long again. One caller in ten never gives up: only those tell
what a wait really was, because of the others we know only the waits that were short enough. Counted are those who were
told a minute or more; under a minute the hotline says "less than a minute".

The error of one caller is |told − waited| ÷ waited; the claim is the median. ``ratio``: ours / the plain rule's (lower is
better).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.claims import claim, say
from walletdesk.service.workforce.rules.simulation.day import House, Place, simulate
from walletdesk.service.workforce.rules.simulation.people import Caller, Habits, a_shift, callers_of
from walletdesk.service.workforce.rules.simulation.telling import Teller

WHO_STAYS = 10
HABITS = Habits(
    topics={"payments": 0.6, "cards": 0.4},
    languages={"zh": 0.8, "en": 0.2},
    priorities={0: 0.9, 1: 0.1},
    call_back=0.1,
)
BOTH = ("payments", "cards")
GOAL = 0.25


@dataclass(frozen=True)
class Scene:
    """A day: calls by hour, and from which hour on calls take how much longer."""

    name: str
    calls: Sequence[float]
    longer_from: float = 99.0
    longer: float = 1.5


SCENES = (
    Scene("steady", [380] * 8),
    Scene("rush", [60, 220, 420, 460, 380, 300, 260, 420, 200, 80]),
    Scene("incident", [200, 260, 300, 300, 300, 260, 220, 160], longer_from=2.5),
)


def people(scene: Scene, seed: int) -> list[Caller]:
    callers = [
        replace(one, talk=one.talk * scene.longer) if one.at >= scene.longer_from * 3600 else one
        for one in callers_of(seed, scene.calls, HABITS)
    ]
    return [replace(one, patience=1e9, wants_call_back=False) if _stays(one) else one for one in callers]


def _stays(caller: Caller) -> bool:
    return caller.number % WHO_STAYS == 3


def errors(scene: Scene, seed: int) -> tuple[list[float], list[float]]:
    """Ours, and the plain rule's, for everybody who stays and was told a minute or more by ours."""
    agents = [
        *a_shift(1000, 14, (0, 6), BOTH, ("zh", "en")),
        *a_shift(1100, 9, (0, 9), BOTH, ("zh",)),
        *a_shift(1200, 12, (5, 10.5), BOTH, ("zh", "en")),
    ]
    teller, plain = Teller(220, 200), dict[int, float]()

    def tell(house: House, place: Place) -> float | None:
        serving = max(1, len(house.who_can(place.caller)))
        done = [seconds for _, seconds, _ in house.ended[-50:]]
        handling = statistics.fmean(done) if done else 240.0
        plain[place.caller.number] = (len(house.before(place)) + 1) * handling / serving
        return teller(house, place)

    def order(place: Place, now: float) -> tuple[float, int]:
        return place.since - 300 * place.caller.priority, place.caller.number

    ours, others = [], []
    for story in simulate(people(scene, seed), agents, order, tell).stories:
        if _stays(story.caller) and story.waited and story.told is not None and story.told >= 60:
            ours.append(abs(story.told - story.waited) / story.waited)
            others.append(abs(plain[story.caller.number] - story.waited) / story.waited)
    return ours, others


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    all_ours: list[float] = []
    all_plain: list[float] = []
    for scene in SCENES:
        began, ours, plain = time.perf_counter(), list[float](), list[float]()
        for seed in range(options.seed, options.seed + options.seeds):
            mine, others = errors(scene, seed)
            ours += mine
            plain += others
        took = time.perf_counter() - began
        claim(f"expected_wait.{scene.name}", 100 * statistics.median(ours), "% median error",
              baseline=100 * statistics.median(plain), n=len(ours), seed=options.seed)  # fmt: skip
        say(f"{scene.name}: seeds {options.seed} to {options.seed + options.seeds - 1}, {took:.1f} s")
        all_ours += ours
        all_plain += plain
    median = statistics.median(all_ours)
    claim("expected_wait.all", 100 * median, "% median error", baseline=100 * statistics.median(all_plain),
          n=len(all_ours), seed=options.seed)  # fmt: skip
    say(f"median error {100 * median:.1f} %, goal under {100 * GOAL:.0f} %: {'met' if median < GOAL else 'NOT met'}")
    return 0 if median < GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
