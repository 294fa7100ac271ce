"""Erlang C: many callers, ``agents`` equal people, one queue, nobody gives up.

    erlang_c(calls=200, aht=180, agents=14, target=20)
        wait_probability 0.174132   service_level 0.888350   mean_wait 7.835937 s   occupancy 0.714286

``calls`` in an hour, every time in seconds. The blocking probability (Erlang B) is built up agent by agent in its
inverse, which grows and never overflows: the sum stays exact for thousands of agents. Where the load reaches the number
of agents the queue has no end; that is answered as such (``mean_wait`` infinite), not refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

HOUR = 3600.0
TOO_LONG = 1e300


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a number of agents makes of a load. Shares are between 0 and 1; ``mean_wait`` is of all who call."""

    agents: int
    load: float
    wait_probability: float
    service_level: float
    mean_wait: float
    occupancy: float
    abandonment: float = 0.0


def offered_load(calls: float, aht: float) -> float:
    """Erlangs: how many agents would be talking if nobody ever waited."""
    return calls * aht / HOUR


def blocking(load: float, agents: int) -> float:
    """Erlang B: the share of time in which all are talking, when nobody may wait."""
    if load <= 0:
        return 0.0 if agents else 1.0
    inverse = 1.0
    for place in range(1, agents + 1):
        inverse = 1.0 + inverse * place / load
        if inverse > TOO_LONG:
            return 0.0
    return 1.0 / inverse


def erlang_c(calls: float, aht: float, agents: int, target: float) -> Waiting:
    """The wait of a queue in which everybody stays."""
    load = offered_load(calls, aht)
    if load <= 0:
        return Waiting(agents, 0.0, 0.0, 1.0, 0.0, 0.0)
    if agents <= load:
        return Waiting(agents, load, 1.0, 0.0, math.inf, 1.0)
    lost = blocking(load, agents)
    waits = lost / (1 - load / agents * (1 - lost))
    spare = agents - load
    level = 1 - waits * math.exp(-spare * target / aht)
    return Waiting(agents, load, waits, level, waits * aht / spare, load / agents)
