"""Promises have a clock that nothing stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.service.cases.rules.promises import (
    PromiseClock,
    fulfil,
    let_pass,
    minutes_early,
    needs_new_promise,
    seconds_left,
    standing,
)

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)


def clock(text: str) -> datetime:
    hour, minute = text.split(":")
    return NOON.replace(hour=int(hour), minute=int(minute))


TWO_HOURS = PromiseClock(made_at=clock("12:32"), due_at=clock("14:32"))

TABLE = """
    now     answered    standing    minutes early
    12:40   -           running     0
    14:06   -           running     0
    14:21   -           at_risk     0
    14:32   -           at_risk     0
    14:33   -           broken      0
    14:40   14:10       kept        22
    14:40   14:32       kept        0
    14:40   14:35       broken      -3
"""


@pytest.mark.parametrize(
    ("now", "answered", "expected", "early"), [row.split() for row in TABLE.strip().splitlines()[1:]]
)
def test_a_promise_to_answer_by_14_32(now: str, answered: str, expected: str, early: str) -> None:
    promise = TWO_HOURS if answered == "-" else fulfil(TWO_HOURS, clock(answered))
    assert standing(promise, clock(now)) == expected
    assert minutes_early(promise) == int(early)


def test_a_long_promise_is_at_risk_in_its_last_tenth() -> None:
    day = PromiseClock(NOON, NOON + timedelta(hours=24))
    assert standing(day, NOON + timedelta(hours=21)) == "running"
    assert standing(day, NOON + timedelta(hours=22)) == "at_risk"


def test_a_broken_promise_stays_broken_also_when_it_is_fulfilled_later() -> None:
    broken = let_pass(TWO_HOURS, clock("15:00"))
    assert broken.broken_at == clock("14:32"), "broken when it was due, not when somebody looked"
    late = fulfil(broken, clock("15:10"))
    assert (late.kept_at, late.late_at) == (None, clock("15:10"))
    assert standing(late, clock("15:11")) == "broken"
    assert late.is_fulfilled


def test_looking_late_makes_no_difference() -> None:
    assert fulfil(TWO_HOURS, clock("15:10")) == fulfil(let_pass(TWO_HOURS, clock("15:00")), clock("15:10"))


def test_fulfilling_twice_changes_nothing() -> None:
    kept = fulfil(TWO_HOURS, clock("14:00"))
    assert fulfil(kept, clock("14:20")) == kept


def test_reopening_promises_anew_only_when_nothing_is_owed() -> None:
    assert needs_new_promise([])
    assert needs_new_promise([fulfil(TWO_HOURS, clock("14:00"))])
    assert not needs_new_promise([TWO_HOURS])
    assert not needs_new_promise([let_pass(TWO_HOURS, clock("15:00"))]), "a broken one is still owed"


@given(
    some.lists(some.integers(0, 400), max_size=8),
    some.one_of(some.none(), some.integers(0, 400)),
)
def test_no_order_of_looks_and_pauses_moves_the_clock(looks: list[int], answered: int | None) -> None:
    """Whoever looks when, however often, between closings and reopenings: the verdict depends on the answer alone."""
    moments = sorted([(minute, "look") for minute in looks] + ([(answered, "answer")] if answered is not None else []))
    promise = TWO_HOURS
    for minute, what in moments:
        at = TWO_HOURS.made_at + timedelta(minutes=minute)
        promise = let_pass(promise, at) if what == "look" else fulfil(promise, at)
    end = TWO_HOURS.made_at + timedelta(minutes=500)
    assert promise.due_at == TWO_HOURS.due_at
    assert (standing(promise, end) == "kept") == (answered is not None and answered <= 120)


def test_seconds_left_never_go_below_zero() -> None:
    assert seconds_left(TWO_HOURS, clock("14:31")) == 60
    assert seconds_left(replace(TWO_HOURS), clock("15:00")) == 0
