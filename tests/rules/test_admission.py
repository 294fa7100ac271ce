"""Who is let into a lane, as tables: how much room there is, when to ask again, whose turn is over."""

from __future__ import annotations

import pytest

from walletdesk.doors.rest_api.admission import (
    LEAST_REFUSALS,
    LONGEST_PAUSE,
    MOST_REFUSALS,
    pace_after,
    pause,
    refusals_after,
    room,
    told_at,
    turn_is_over,
)


@pytest.mark.parametrize(
    ("pace", "places"),
    [
        # carried in a second of late, places
        (0, 256),  # nobody knows yet
        (10, 64),  # a slow machine takes in a small crowd all the same: its turns then end one by one
        (213, 64),
        (400, 120),  # so many seconds' work
        (982, 294),
        (20_000, 4_000),
        (50_000, 4_000),  # memory has an end
    ],
)
def test_there_is_room_for_a_third_of_a_second_of_work(pace: float, places: int) -> None:
    assert room(pace) == places
    assert pause(places - 1, pace, refused=5_000) == 0, "whoever finds room comes in, however many did not"
    assert pause(places, pace, refused=0) == 1


@pytest.mark.parametrize(
    ("pace", "refused", "seconds"),
    [
        # carried in a second, refused in a second, ask again after
        (1_000, 0, 1),
        (1_000, 1_000, 1),
        (1_000, 1_001, 2),
        (1_000, 9_000, 9),  # ten times the load
        (1_000, 90_000, LONGEST_PAUSE),
        (0, 600, 3),  # as if it carried what it has room for
    ],
)
def test_who_is_refused_comes_back_when_as_many_could_have_been_carried(
    pace: float, refused: int, seconds: int
) -> None:
    assert pause(10_000, pace, refused) == seconds


@pytest.mark.parametrize(
    ("waited", "crowded", "over"),
    [
        # waited for their turn, others were refused meanwhile, is it over
        (0.2, True, False),
        (0.7, True, False),
        (0.8, True, True),
        (0.8, False, False),  # a commit hung, nobody was refused: late is better than not at all
        (9.0, False, False),
    ],
)
def test_a_turn_that_comes_too_late_is_given_up_where_there_is_a_crowd(
    waited: float, crowded: bool, over: bool
) -> None:
    assert turn_is_over(waited, crowded=crowded) is over


@pytest.mark.parametrize(
    ("pace", "size", "seconds", "after"),
    [
        # pace so far, a batch of, that took; pace after it
        (0, 1, 0.005, 0),  # one alone says nothing about a crowd
        (0, 31, 0.1, 0),
        (0, 32, 0.1, 320),  # the first crowd is believed at once
        (1_000, 1, 0.005, 1_000),
        (100, 10, 0.02, 500),  # after a crowd that went badly: it carries that much at least
        (1_000, 500, 1.0, 850),  # slower: seen within a few batches
        (1_000, 500, 0.25, 1_300),
    ],
)
def test_the_pace_is_what_crowds_were_carried_at(pace: float, size: int, seconds: float, after: float) -> None:
    assert pace_after(pace, size, seconds, most=2_000) == pytest.approx(after)


def test_a_pace_that_falls_is_believed_within_five_batches() -> None:
    pace = 2_000.0
    for _ in range(5):
        pace = pace_after(pace, 250, 1.0, most=2_000)
    assert pace < 600


def test_a_lane_that_takes_few_at_once_knows_its_pace_from_few() -> None:
    assert pace_after(0, 4, 0.02, most=4) == 200
    assert pace_after(0, 3, 0.02, most=4) == 0


@pytest.mark.parametrize(
    ("rate", "lag", "after"),
    [
        # refusals in a second, the event loop was late by; refusals in a second from now on
        (2_000, 0.0, 2_060),
        (2_000, 0.040, 2_060),
        (2_000, 0.041, 1_800),
        (LEAST_REFUSALS, 2.0, LEAST_REFUSALS),
        (MOST_REFUSALS, 0.0, MOST_REFUSALS),
    ],
)
def test_refusals_are_said_as_fast_as_the_machine_has_time_for(rate: float, lag: float, after: float) -> None:
    assert refusals_after(rate, lag) == pytest.approx(after)


def test_a_few_refusals_are_said_at_once_and_many_one_after_the_other() -> None:
    told, last = [], 0.0
    for _ in range(300):
        last = told_at(last, 100.0, rate=1_000)
        told.append(last)
    assert sum(moment <= 100.0 for moment in told) == 50, "of a silence of a twentieth of a second"
    assert told[-1] == pytest.approx(100.249)
    assert told == sorted(told)


def test_nobody_waits_long_to_hear_no() -> None:
    last = 0.0
    for _ in range(4_000):
        last = told_at(last, 100.0, rate=1_000)
    assert last == 102.0
