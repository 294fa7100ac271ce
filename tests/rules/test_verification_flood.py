"""How often a customer may be asked: three times in any ten minutes, as a table of seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.trust.verification.rules.levels import LEVELS, show_code, wait_before_next

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)


def moments(seconds_ago: list[int]) -> list[datetime]:
    return [NOON - timedelta(seconds=ago) for ago in seconds_ago]


@pytest.mark.parametrize(
    ("asked_seconds_ago", "wait"),
    [
        ([], 0),
        ([1, 2], 0),
        ([1, 2, 3], 597),
        ([0, 0, 0], 600),
        ([1, 2, 599], 1),
        ([1, 2, 600], 0),
        ([1, 2, 3, 4], 597),  # a fourth can only have come from before the limit was lowered
        ([700, 800, 900], 0),
    ],
)
def test_wait_before_the_next_prompt(asked_seconds_ago: list[int], wait: int) -> None:
    assert wait_before_next(moments(asked_seconds_ago), NOON) == wait


@given(st.lists(st.integers(0, 3600), max_size=40))
def test_who_always_waits_is_never_asked_four_times_within_ten_minutes(pauses: list[int]) -> None:
    asked: list[datetime] = []
    at = NOON
    for pause in pauses:
        at += timedelta(seconds=pause)
        if wait_before_next(asked, at) == 0:
            asked.append(at)
    for first, fourth in zip(asked, asked[3:], strict=False):
        assert fourth - first >= timedelta(minutes=10)


def test_a_code_is_shown_as_it_is_read_aloud() -> None:
    assert show_code("481702") == "48 17 02"


def test_the_four_levels_are_named_in_both_languages() -> None:
    assert sorted(LEVELS) == [0, 1, 2, 3]
    assert all(words.zh and words.en for words in LEVELS.values())
