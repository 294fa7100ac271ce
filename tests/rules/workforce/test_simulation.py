"""The simulated day: the same seed the same day, nobody lost, nobody served by who cannot, call-backs keep their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from bench.queue_fairness import (
    AGENTS,
    SCENES,
    by_turns,
    call_backs_in_order,
    hotline_match,
    hotline_order,
    most_overtaken,
    people,
    told,
)

from walletdesk.service.workforce.rules.counting import count
from walletdesk.service.workforce.rules.simulation.day import RETRY, Day, contacts, oldest_first, simulate
from walletdesk.service.workforce.rules.simulation.dice import Dice
from walletdesk.service.workforce.rules.simulation.people import Agent, Caller, Habits, a_shift, callers_of

BUSY = [200.0, 300.0, 300.0, 100.0]
MIXED = Habits(
    topics={"payments": 0.7, "cards": 0.3}, languages={"zh": 0.8, "en": 0.2}, priorities={0: 0.9, 1: 0.1}, call_back=0.3
)


def a_caller(number: int, at: float, **more: object) -> Caller:
    plain = Caller(number, at, "payments", "zh", 0, 1e9, 100.0, 20.0, False, (True, True, True))
    return replace(plain, **more)  # type: ignore[arg-type]


def a_busy_day(seed: int = 7) -> Day:
    agents = [*a_shift(1, 12, (0, 4), ("payments", "cards"), ("zh", "en")), *a_shift(50, 5, (1, 5), ("payments",))]
    return simulate(callers_of(seed, BUSY, MIXED), agents, oldest_first, lambda house, place: 100.0 * len(house.line))


def test_the_first_numbers_of_a_seed_are_the_same_for_ever() -> None:
    """SplitMix64's published sequence for the seed 1234567."""
    dice = Dice(1234567)
    assert [dice._bits() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_the_same_seed_makes_the_same_day() -> None:
    assert a_busy_day().stories == a_busy_day().stories
    assert a_busy_day(7).stories != a_busy_day(8).stories


def test_draws_have_the_means_that_were_asked_for() -> None:
    dice, many = Dice(3), 20_000
    assert sum(dice.gap(50) for _ in range(many)) / many == pytest.approx(50, rel=0.03)
    assert sum(dice.around(200, 0.8) for _ in range(many)) / many == pytest.approx(200, rel=0.03)
    assert sum(dice.pick({"a": 3, "b": 1}) == "a" for _ in range(many)) / many == pytest.approx(0.75, abs=0.02)


def test_as_many_call_as_were_announced() -> None:
    callers = callers_of(5, [1_000.0, 0.0, 2_000.0], Habits())
    by_hour = [sum(1 for one in callers if int(one.at // 3600) == hour) for hour in range(3)]
    assert by_hour[1] == 0
    assert by_hour[0] == pytest.approx(1_000, abs=120)
    assert by_hour[2] == pytest.approx(2_000, abs=170)


def test_each_caller_ends_in_exactly_one_way() -> None:
    day = a_busy_day()
    for story in day.stories:
        ends = [story.answered_at, story.abandoned_at, story.given_up_calling_at]
        assert sum(end is not None for end in ends) == (0 if story in day.unanswered else 1)


def test_nobody_is_answered_by_who_does_not_speak_the_language() -> None:
    agents = {agent.number: agent for agent in a_shift(50, 5, (1, 5), ("payments",))}
    for story in a_busy_day().stories:
        if story.agent in agents:
            assert (story.caller.topic, story.caller.language) == ("payments", "zh")


def test_one_agent_one_call_at_a_time() -> None:
    day = simulate([a_caller(n, 0.0) for n in range(3)], a_shift(1, 1, (0, 1)), oldest_first)
    assert [story.answered_at for story in day.stories] == [0.0, 120.0, 240.0]


def test_patience_ends_at_its_second() -> None:
    talks, leaves = a_caller(0, 0.0), a_caller(1, 1.0, patience=30.0)
    story = simulate([talks, leaves], a_shift(1, 1, (0, 1)), oldest_first).stories[1]
    assert (story.abandoned_at, story.answered_at) == (31.0, None)


def test_a_call_that_has_begun_is_brought_to_its_end() -> None:
    late, later = a_caller(0, 3_590.0), a_caller(1, 3_591.0)
    day = simulate([late, later], a_shift(1, 1, (0, 1)), oldest_first)
    assert day.stories[0].answered_at == 3_590.0
    assert day.stories[1].answered_at is None


def test_a_call_back_keeps_its_place() -> None:
    """The second hangs up and is dialled before the third, who stayed on the line, is answered."""
    three = [a_caller(n, float(n), wants_call_back=n == 1) for n in range(3)]
    day = simulate(three, a_shift(1, 1, (0, 1)), oldest_first, lambda house, place: 90.0)
    _, second, third = day.stories
    assert second.taken_as_call_back_at == 1.0
    assert second.tried_at == [120.0]
    assert third.answered_at is not None
    assert third.answered_at > 120.0


def test_who_does_not_answer_is_tried_twice_more_and_then_not_again() -> None:
    away = a_caller(1, 1.0, wants_call_back=True, reachable=(False, False, False))
    day = simulate([a_caller(0, 0.0), away], a_shift(1, 1, (0, 2)), oldest_first, lambda house, place: 90.0)
    story = day.stories[1]
    assert len(story.tried_at) == 3
    assert all(later - sooner >= RETRY for sooner, later in zip(story.tried_at, story.tried_at[1:], strict=False))
    assert story.given_up_calling_at is not None


def test_call_backs_are_dialled_in_the_order_of_their_places_one_each() -> None:
    agents = a_shift(1, 9, (0, 6), ("payments", "cards"), ("zh", "en"))  # all can serve all: order is strict
    day = simulate(callers_of(7, BUSY, MIXED), agents, oldest_first, lambda house, place: 100.0 * len(house.line))
    assert len(day.call_back_order) > 50
    assert day.call_back_order == sorted(day.call_back_order)
    assert len(set(day.call_back_order)) == len(day.call_back_order)


def test_the_longest_free_agent_is_next() -> None:
    two = [Agent(1, 0.0, 9e9, frozenset({"payments"}), frozenset({"zh"})), *a_shift(2, 1, (0, 9))]
    day = simulate([a_caller(0, 10.0), a_caller(1, 500.0), a_caller(2, 1_000.0)], two, oldest_first)
    assert [story.agent for story in day.stories] == [1, 2, 1]


def test_a_day_is_counted_like_real_calls() -> None:
    midnight, day = datetime(2026, 5, 19, tzinfo=UTC), a_busy_day()
    seen = count(contacts(day, "payments", lambda seconds: midnight + timedelta(seconds=seconds)), 20, 5)
    assert seen.offered == len(day.stories)
    assert seen.answered + seen.abandoned + seen.called_back <= seen.offered
    assert seen.called_back == sum(1 for story in day.stories if story.taken_as_call_back_at is not None)


def test_the_hotlines_own_order_lets_nobody_starve() -> None:
    """A third more callers than can be served, all patient; the longest wait is printed beside that of strict turns."""
    flood = replace(SCENES[1], calls=[330.0, 330.0])
    callers = people(flood, seed=5)
    day = simulate(callers, AGENTS, hotline_order, told, hotline_match)
    turns = simulate(callers, AGENTS, oldest_first, told, by_turns)
    overtaken = most_overtaken(day)
    print(
        f"\nseed 5, {len(callers)} callers: longest wait {day.longest_wait:.0f} s, by turns {turns.longest_wait:.0f} s;"
        f" the unluckiest was overtaken by {overtaken}"
    )
    assert not day.unanswered
    assert day.longest_wait < turns.longest_wait + 11 * 60  # the most that anybody is lifted
    assert overtaken < 330 * 11 / 60 * 2  # those who come within eleven minutes, with room for chance
    assert call_backs_in_order(day)
    assert len(day.call_back_order) > 50
