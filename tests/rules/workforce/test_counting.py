"""One morning counted by hand, three ways."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from walletdesk.service.workforce.rules.counting import (
    METHOD_NAMES,
    METHOD_WORDS,
    METHODS,
    Contact,
    Counts,
    Method,
    count,
    promises_kept,
)

NINE = datetime(2026, 5, 19, 9, tzinfo=UTC)


def a_call(waited: float, outcome: str, talked: float = 0.0) -> Contact:
    return Contact(NINE, "payments", waited, outcome, talked)  # type: ignore[arg-type]


MORNING = [
    *(a_call(4, "answered", 100) for _ in range(6)),
    a_call(20, "answered", 100),  # in the last second: in time
    a_call(21, "answered", 100),
    a_call(3, "abandoned"),
    a_call(60, "abandoned"),
    a_call(90, "called_back"),
    a_call(10, "waiting"),
]


def test_the_morning_counted() -> None:
    seen = count(MORNING, target_seconds=20, early_seconds=5)
    assert (seen.offered, seen.answered, seen.answered_in_time) == (12, 8, 7)
    assert (seen.abandoned, seen.early, seen.called_back) == (2, 1, 1)
    assert seen.longest == 90
    assert seen.mean_wait == pytest.approx((6 * 4 + 20 + 21) / 8)
    assert seen.mean_handling == pytest.approx(100)


@pytest.mark.parametrize(("method", "level"), [("offered", 7 / 12), ("removed", 7 / 11), ("positive", 8 / 12)])
def test_three_methods_three_figures(method: Method, level: float) -> None:
    assert count(MORNING, 20, 5).level(method) == pytest.approx(level)


def test_no_calls_give_no_share_rather_than_a_perfect_one() -> None:
    nothing = Counts()
    assert {nothing.level(method) for method in METHODS} == {None}
    assert (nothing.abandonment, nothing.mean_wait, nothing.mean_patience) == (None, None, None)


def test_only_early_hang_ups_leave_nothing_to_measure_when_they_are_removed() -> None:
    seen = count([a_call(1, "abandoned")], 20, 5)
    assert (seen.level("offered"), seen.level("removed"), seen.level("positive")) == (0.0, None, 1.0)


def test_hours_add_up() -> None:
    one, other = count(MORNING[:5], 20, 5), count(MORNING[5:], 20, 5)
    assert one + other == count(MORNING, 20, 5)


def test_offered_is_never_the_kindest_method() -> None:
    for cut in range(1, len(MORNING)):
        seen = count(MORNING[:cut], 20, 5)
        offered, removed, positive = (seen.level(method) for method in METHODS)
        assert offered is not None
        assert all(kinder is None or kinder >= offered for kinder in (removed, positive))


def test_who_does_not_hang_up_waits_longer_than_the_average() -> None:
    seen = count([*(a_call(60, "answered") for _ in range(3)), a_call(60, "abandoned")], 20, 5)
    assert seen.mean_patience == 240
    assert seen.wait_if_staying is not None
    assert seen.mean_wait is not None
    assert seen.wait_if_staying > seen.mean_wait


def test_promises_whose_time_runs_are_not_counted() -> None:
    assert promises_kept(0, 0) is None
    assert promises_kept(248, 2) == pytest.approx(0.992)


@pytest.mark.parametrize("method", METHODS)
def test_each_method_says_itself_in_both_languages(method: Method) -> None:
    for words in (METHOD_NAMES[method].both(), METHOD_WORDS[method].both(target=20, early=5)):
        assert all(words.values())
