"""The published vectors, to 1e-4, and what must hold for every load."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.service.workforce.rules.erlang_a import erlang_a, shares_in_house
from walletdesk.service.workforce.rules.erlang_c import Waiting, blocking, erlang_c


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "waits", "level", "wait", "busy"),
    [
        (200, 180, 14, 0.174132, 0.888350, 7.835937, 0.714286),
        (200, 180, 13, 0.285270, 0.795595, 17.116222, 0.769231),
    ],
)
def test_erlang_c(calls: float, aht: float, agents: int, waits: float, level: float, wait: float, busy: float) -> None:
    seen = erlang_c(calls, aht, agents, target=20)
    assert seen == Waiting(agents, 10.0, near(waits), near(level), near(wait), near(busy))  # type: ignore[arg-type]


def test_erlang_c_of_a_thousand_calls_an_hour() -> None:
    """Published to two and four figures."""
    seen = erlang_c(1_000, 120, 40, target=20)
    assert (round(seen.wait_probability, 4), round(seen.service_level, 4), round(seen.mean_wait, 2)) == (
        0.1907,
        0.9372,
        3.43,
    )


@pytest.mark.parametrize(
    ("agents", "waits", "lost", "wait"),
    [(10, 0.496853, 0.137464, 16.4957), (12, 0.279807, 0.061597, 7.3917), (14, 0.126976, 0.022839, 2.7407)],
)
def test_erlang_a(agents: int, waits: float, lost: float, wait: float) -> None:
    seen = erlang_a(200, 180, 120, agents, target=20)
    assert (seen.wait_probability, seen.abandonment, seen.mean_wait) == (near(waits), near(lost), near(wait))


@pytest.mark.parametrize("scale", [1, 10, 100, 1_000])
def test_large_rooms_are_as_exact_as_small_ones(scale: int) -> None:
    """Ten thousand agents: nothing overflows, and what comes in goes out."""
    calls, aht, patience, agents = 200.0 * scale, 180.0, 120.0, 10 * scale
    seen = erlang_a(calls, aht, patience, agents, target=20)
    shares = shares_in_house(calls / 3600, 1 / aht, 1 / patience, agents)
    served = sum(min(people, agents) * share for people, share in shares.items()) / aht
    assert served == pytest.approx(calls / 3600 * (1 - seen.abandonment), rel=1e-9)
    assert seen.abandonment == pytest.approx(seen.mean_wait / patience, rel=1e-9)
    assert 0 < blocking(10.0 * scale, agents) < 1
    assert math.isfinite(erlang_c(calls, aht, agents + 1, 20).mean_wait)


def test_a_queue_without_end_is_said_as_such() -> None:
    seen = erlang_c(200, 180, 10, 20)
    assert (seen.wait_probability, seen.service_level, seen.mean_wait) == (1.0, 0.0, math.inf)


@pytest.mark.parametrize("overload", [2, 10, 100])
def test_however_great_the_load_impatience_settles_it(overload: int) -> None:
    """The excess gives up, and nobody waits longer than patience lasts."""
    seen = erlang_a(200.0 * overload, 180, 120, 10, target=20)
    assert seen.abandonment == pytest.approx(1 - 1 / overload, abs=2e-3)
    assert seen.mean_wait < 120
    assert seen.service_level < 0.1


def test_endless_patience_is_erlang_c() -> None:
    patient, plain = erlang_a(200, 180, 1e12, 14, 20), erlang_c(200, 180, 14, 20)
    assert patient.wait_probability == near(plain.wait_probability)
    assert patient.service_level == near(plain.service_level)
    assert patient.mean_wait == near(plain.mean_wait)


def test_no_calls_no_wait() -> None:
    for seen in (erlang_c(0, 180, 3, 20), erlang_a(0, 180, 120, 3, 20)):
        assert (seen.service_level, seen.mean_wait, seen.occupancy) == (1.0, 0.0, 0.0)


def test_nobody_at_the_telephones_everybody_gives_up() -> None:
    seen = erlang_a(200, 180, 120, 0, 20)
    assert (seen.abandonment, seen.mean_wait) == (pytest.approx(1), pytest.approx(120))


@settings(max_examples=60, deadline=None)
@given(st.floats(1, 400), st.floats(30, 900), st.floats(20, 900), st.integers(1, 60))
def test_one_agent_more_never_makes_it_worse(calls: float, aht: float, patience: float, agents: int) -> None:
    fewer, more = (erlang_a(calls, aht, patience, count, 20) for count in (agents, agents + 1))
    assert more.service_level >= fewer.service_level - 1e-9
    assert more.abandonment <= fewer.abandonment + 1e-12
    assert 0 <= fewer.service_level <= 1
    assert fewer.occupancy <= 1


def test_the_service_level_of_erlang_a_is_what_a_simulated_day_shows() -> None:
    """Two roads to one figure: the formula, and 80,000 callers one by one."""
    from walletdesk.service.workforce.rules.simulation.day import oldest_first, simulate
    from walletdesk.service.workforce.rules.simulation.dice import Dice
    from walletdesk.service.workforce.rules.simulation.people import Caller, a_shift

    dice, at, callers = Dice(11), 0.0, []
    while len(callers) < 80_000:
        at += dice.gap(18.0)
        patience, talk = dice.gap(120.0), dice.gap(180.0)
        callers.append(Caller(len(callers), at, "payments", "zh", 0, patience, talk, 0.0, False, ()))
    began = time.perf_counter()
    stories = simulate(callers, a_shift(1, 10, (0, 9_999)), oldest_first).stories
    expected = erlang_a(200, 180, 120, 10, target=20)
    level = sum(1 for one in stories if one.answered_at is not None and (one.waited or 0) <= 20) / len(stories)
    lost = sum(1 for one in stories if one.abandoned_at is not None) / len(stories)
    print(
        f"\nseed 11, {len(stories)} callers in {time.perf_counter() - began:.1f} s: level {level:.4f}, lost {lost:.4f}"
    )
    assert level == pytest.approx(expected.service_level, abs=0.01)
    assert lost == pytest.approx(expected.abandonment, abs=0.01)
