"""How many people an hour needs.

From calls, handling time and the target follow the agents at the telephones (Erlang A when the callers' patience is
known, else Erlang C). Shrinkage, the share of paid time that is not spent at the telephone (leave, illness, training,
breaks), turns them into people on the rota:  on the rota = at the telephones / (1 − shrinkage), rounded up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from walletdesk.service.workforce.rules.erlang_a import erlang_a
from walletdesk.service.workforce.rules.erlang_c import Waiting, erlang_c, offered_load
from walletdesk.service.workforce.rules.forecast import HourForecast

MOST_AGENTS = 5_000


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """What the planner is asked for. Times in seconds, shares between 0 and 1; no ``patience``: nobody gives up."""

    aht: float = 240.0
    target_seconds: float = 20.0
    target_level: float = 0.8
    patience: float | None = 300.0
    shrinkage: float = 0.3
    most_busy: float = 0.88
    for_high: bool = False


@dataclass(frozen=True, slots=True)
class PlannedHour:
    """One hour of the week: the people it needs, and what they would make of it."""

    hour: int
    calls: float
    agents: int
    on_rota: int
    service_level: float
    mean_wait: float
    occupancy: float
    abandonment: float


def outcome(calls: float, agents: int, wishes: PlanWishes) -> Waiting:
    """What ``agents`` at the telephones would make of ``calls`` in an hour."""
    if wishes.patience is None:
        return erlang_c(calls, wishes.aht, agents, wishes.target_seconds)
    return erlang_a(calls, wishes.aht, wishes.patience, agents, wishes.target_seconds)


def agents_needed(calls: float, wishes: PlanWishes) -> Waiting:
    """The fewest agents that keep the target and are not busier than ``most_busy``; none for no calls.

    More agents never make it worse, so the number is found by halving.
    """
    if calls <= 0:
        return outcome(0.0, 0, wishes)

    def enough(agents: int) -> bool:
        seen = outcome(calls, agents, wishes)
        return seen.service_level >= wishes.target_level and seen.occupancy <= wishes.most_busy

    low, high = 0, max(1, math.ceil(offered_load(calls, wishes.aht)))
    while not enough(high) and high < MOST_AGENTS:
        low, high = high, min(MOST_AGENTS, high + max(2, high // 4))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return outcome(calls, high, wishes)


def on_rota(agents: int, shrinkage: float) -> int:
    """People to put on the rota so that ``agents`` are at their telephones."""
    return math.ceil(agents / (1 - shrinkage) - 1e-9)


def plan_week(forecast: Iterable[HourForecast], open_hours: Sequence[bool], wishes: PlanWishes) -> list[PlannedHour]:
    """One row for each hour that is open; ``for_high`` plans for the upper end of the forecast."""
    rows = []
    for one in forecast:
        if not open_hours[one.hour]:
            continue
        calls = one.high if wishes.for_high else one.calls
        needed = agents_needed(calls, wishes)
        agents = max(1, needed.agents)
        seen = needed if agents == needed.agents else outcome(calls, agents, wishes)
        rows.append(
            PlannedHour(
                one.hour, calls, agents, on_rota(agents, wishes.shrinkage), seen.service_level, seen.mean_wait,
                seen.occupancy, seen.abandonment,
            )
        )  # fmt: skip
    return rows


def wait_if_staying(row: PlannedHour, patience: float | None) -> float:
    """How long somebody who does not hang up would wait in that hour: the mean of all is shorter, for many do."""
    if patience is None or not 0 < row.abandonment < 1:
        return row.mean_wait
    return -patience * math.log(1 - row.abandonment)


def unplanned(plan: Sequence[PlannedHour], wishes: PlanWishes, share: float = 0.75) -> list[PlannedHour]:
    """The week before anybody planned it: no hour has more people than could talk through ``share`` of the busiest hour's
    calls, which is why the usual peaks are peaks."""
    most = max(1, math.ceil(share * max((offered_load(row.calls, wishes.aht) for row in plan), default=0.0)))
    return [with_agents(row, most, wishes) if row.agents > most else row for row in plan]


def with_agents(row: PlannedHour, agents: int, wishes: PlanWishes) -> PlannedHour:
    """The same calls with another number of agents at the telephones."""
    seen = outcome(row.calls, agents, wishes)
    return PlannedHour(
        row.hour, row.calls, agents, on_rota(agents, wishes.shrinkage), seen.service_level, seen.mean_wait,
        seen.occupancy, seen.abandonment,
    )  # fmt: skip


def wish_objection(wishes: PlanWishes) -> str | None:
    """The name of the first field that cannot be planned with; None when all can."""
    fine = {
        "aht": 5 <= wishes.aht <= 7_200,
        "target_seconds": 0 < wishes.target_seconds <= 3_600,
        "target_level": 0 < wishes.target_level <= 0.99,
        "patience": wishes.patience is None or 5 <= wishes.patience <= 36_000,
        "shrinkage": 0 <= wishes.shrinkage <= 0.8,
        "most_busy": 0.3 <= wishes.most_busy <= 0.99,
    }
    return next((name for name, good in fine.items() if not good), None)
