"""Erlang A: as Erlang C, but callers have patience, and hang up when it ends (mean ``patience`` seconds).

    erlang_a(calls=200, aht=180, patience=120, agents=10, target=20)
        wait_probability 0.496853   abandonment 0.137464   mean_wait 16.4957 s

The number of people in the house is a birth-and-death process: one more with each call, one fewer when an agent ends a
call or a waiting caller gives up. Its long-run shares are weighed outwards from the likeliest number, so that no factorial
and no exponential is ever formed: ten agents and ten thousand are the same work per step, and an overloaded queue is as
exact as an idle one.
"""

from __future__ import annotations

import math

from walletdesk.service.workforce.rules.erlang_c import HOUR, Waiting, offered_load

NEGLIGIBLE = 1e-17
WITHIN = 1e-10


def erlang_a(calls: float, aht: float, patience: float, agents: int, target: float) -> Waiting:
    """The wait of a queue from which people leave. It always settles, however great the load."""
    load = offered_load(calls, aht)
    if load <= 0:
        return Waiting(agents, 0.0, 0.0, 1.0, 0.0, 0.0)
    arrivals, served, leaving = calls / HOUR, 1.0 / aht, 1.0 / patience
    shares = shares_in_house(arrivals, served, leaving, agents)
    waiting = {people - agents: share for people, share in shares.items() if people >= agents}
    queue = sum(ahead * share for ahead, share in waiting.items())
    busy = sum(min(people, agents) * share for people, share in shares.items())
    in_time = 1.0 - sum(waiting.values()) + answered_within(waiting, agents * served, leaving, target)
    return Waiting(
        agents=agents,
        load=load,
        wait_probability=min(1.0, math.fsum(waiting.values())),
        service_level=min(1.0, max(0.0, in_time)),
        mean_wait=queue / arrivals,
        occupancy=min(1.0, busy / agents) if agents else 1.0,
        abandonment=leaving * queue / arrivals,
    )


def shares_in_house(arrivals: float, served: float, leaving: float, agents: int) -> dict[int, float]:
    """``{people calling or waiting: share of time}`` without what is too rare to matter; the shares sum to 1."""

    def going(people: int) -> float:
        return min(people, agents) * served + max(0, people - agents) * leaving

    likeliest = _likeliest(arrivals, served, leaving, agents)
    weights = {likeliest: 1.0}
    weight, people = 1.0, likeliest
    while weight > NEGLIGIBLE:
        people += 1
        weight *= arrivals / going(people)
        weights[people] = weight
    weight, people = 1.0, likeliest
    while people > 0 and weight > NEGLIGIBLE:
        weight *= going(people) / arrivals
        people -= 1
        weights[people] = weight
    whole = math.fsum(weights.values())
    return {count: weights[count] / whole for count in sorted(weights)}


def _likeliest(arrivals: float, served: float, leaving: float, agents: int) -> int:
    """The last number of people at which as many come as go."""
    if arrivals < agents * served:
        return int(arrivals / served)
    return agents + int((arrivals - agents * served) / leaving)


def answered_within(waiting: dict[int, float], serving: float, leaving: float, target: float) -> float:
    """The share of all callers who find everybody talking, stay, and are answered within ``target`` seconds.

    ``waiting``: how many wait when they come → share. The place in the queue is followed in equal beats of a fast clock
    (uniformisation): at each beat somebody ahead goes, we go, or nothing happens.
    """
    if not waiting or serving <= 0 or target <= 0:
        return 0.0
    deepest = max(waiting)
    beat = serving + (deepest + 1) * leaving
    answered = [0.0] * (deepest + 1)  # after so many beats: answered, by how many were ahead at the start
    total, weights = 0.0, _poisson(beat * target)
    for weight in weights:
        total += weight * math.fsum(share * answered[ahead] for ahead, share in waiting.items())
        answered = [
            (
                serving * (answered[ahead - 1] if ahead else 1.0)
                + ahead * leaving * (answered[ahead - 1] if ahead else 0.0)
                + (beat - serving - (ahead + 1) * leaving) * answered[ahead]
            )
            / beat
            for ahead in range(deepest + 1)
        ]
    return total


def _poisson(mean: float) -> list[float]:
    """The chances of 0, 1, 2 … beats, until what is left is below ``WITHIN``."""
    logs, chances, summed, count = -mean, [], 0.0, 0
    while summed < 1 - WITHIN and count < 20 * mean + 200:
        chance = math.exp(logs)
        chances.append(chance)
        summed += chance
        count += 1
        logs += math.log(mean / count)
    return chances
