"""What a caller is told: the plain cases by hand, and simulated days by their median error (the seed is printed)."""

from __future__ import annotations

import statistics
from dataclasses import replace

import pytest
from bench.expected_wait import SCENES, errors

from walletdesk.service.workforce.rules.expected_wait import (
    AT_ONCE,
    NOBODY_THERE,
    Line,
    Stretch,
    correction,
    expected_wait,
    minutes_said,
    pace,
    rival,
)

TEN_AGENTS = Line(ahead=0, free=0, serving=10, handling=200, patience=None)


def test_somebody_is_free() -> None:
    assert expected_wait(replace(TEN_AGENTS, free=1)) == AT_ONCE
    assert expected_wait(replace(TEN_AGENTS, free=1, ahead=1)) != AT_ONCE


def test_nobody_is_there_and_nobody_comes() -> None:
    assert expected_wait(replace(TEN_AGENTS, serving=0)) == NOBODY_THERE


def test_each_place_takes_a_tenth_of_a_call() -> None:
    """Twenty places at 20 s; the middle of a sum of exponentials lies a little below its mean."""
    said = expected_wait(replace(TEN_AGENTS, ahead=19))
    assert said.told == pytest.approx(400, rel=0.02)
    assert said.low < said.told < said.high


def test_impatient_people_ahead_make_it_shorter() -> None:
    patient, impatient = (expected_wait(replace(TEN_AGENTS, ahead=19, patience=p)).told for p in (None, 100))
    assert impatient < 0.7 * patient


def test_who_may_come_before_us_makes_it_longer_but_never_endless() -> None:
    some, many = (expected_wait(replace(TEN_AGENTS, ahead=4, overtaking=o)).told for o in (0.02, 0.5))
    assert expected_wait(replace(TEN_AGENTS, ahead=4)).told < some < many
    assert many < NOBODY_THERE.told


def test_the_end_of_a_shift_is_seen_coming() -> None:
    base = expected_wait(replace(TEN_AGENTS, ahead=19)).told
    goes_home = expected_wait(replace(TEN_AGENTS, ahead=19, agents_change=[(200, -5)])).told
    comes = expected_wait(replace(TEN_AGENTS, ahead=19, agents_change=[(100, 10)])).told
    assert goes_home == pytest.approx(200 + 2 * 200, rel=0.05)
    assert comes < base < goes_home


def test_who_comes_before_the_shift_begins_waits_for_it() -> None:
    said = expected_wait(Line(0, 0, serving=0, handling=200, patience=None, agents_change=[(600, 20)]))
    assert 600 < said.told < 620


def test_somebody_ahead_whom_others_may_take_counts_in_part() -> None:
    assert (rival(theirs=20, shared=10), rival(5, 5), rival(0, 0)) == (0.5, 1.0, 0.0)
    whole, half = (expected_wait(replace(TEN_AGENTS, ahead=ahead)).told for ahead in (10, 5.5))
    assert half < whole


def test_the_pace_of_calls_that_have_not_ended_is_not_taken_for_short() -> None:
    """Three calls ended after 100 s; seven run for 500 s already: nobody would say 100."""
    ended = [Stretch(100, True)] * 3
    assert pace(ended, 100) == pytest.approx(100, rel=0.05)
    assert pace([*ended, *[Stretch(500, False)] * 7], 100) > 400


def test_the_pace_follows_a_change_within_minutes() -> None:
    before = [Stretch(200, True, ago=3_600.0 + 20 * call) for call in range(90)]
    after = [Stretch(400, True, ago=20.0 * call) for call in range(90)]
    assert pace(before, 200) == pytest.approx(200, rel=0.15)
    assert pace([*after, *before], 200) > 300


def test_our_own_mistakes_are_learnt_with_care() -> None:
    assert correction([]) == 1
    assert correction([(100, 1_000, 0)]) < 1.2  # one odd call
    assert correction([(100, 150, 0)] * 60) == pytest.approx(1.5, rel=0.15)
    assert correction([(100, 100_000, 0)] * 500) <= 2.5
    assert correction([(5, 300, 0)] * 60) == 1  # too short to say anything


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (29, 1), (89, 1), (91, 2), (150, 3), (3_600, 60)])
def test_minutes_as_they_are_spoken(seconds: float, minutes: int) -> None:
    assert minutes_said(seconds) == minutes


def test_in_a_simulated_rush_the_median_error_is_under_a_quarter() -> None:
    """Abandonment, a doubling load, a shift that goes home in the rush; ``bench.expected_wait`` prints all scenes."""
    rush, found, plain = next(scene for scene in SCENES if scene.name == "rush"), list[float](), list[float]()
    for seed in (1, 2):
        ours, others = errors(rush, seed)
        found, plain = found + ours, plain + others
    error, beside = statistics.median(found), statistics.median(plain)
    print(
        f"\nseeds 1, 2: {len(found)} callers, median error {error:.3f}; people ahead × handling ÷ agents: {beside:.3f}"
    )
    assert len(found) > 150
    assert error < 0.25
    assert error < beside
