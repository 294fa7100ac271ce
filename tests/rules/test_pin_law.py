"""What is a PIN, which PINs everybody tries first, and how tries are counted: the law as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.trust.customers.rules.pin import Tries, after_try, is_a_pin, is_weak

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["739146", "000000", "123456"])
def test_six_ascii_digits_are_a_pin(text: str) -> None:
    assert is_a_pin(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "1234567",
        "12345a",
        " 739146",
        "739146\n",
        "７３９１４６",
        "٧٣٩١٤٦",
        "7391.6",
        "-73914",
        None,
        739146,
    ],
)
def test_anything_else_is_none(text: object) -> None:
    assert not is_a_pin(text)


@pytest.mark.parametrize(
    ("pin", "weak", "why"),
    [
        ("000000", True, "one digit"),
        ("999999", True, "one digit"),
        ("123456", True, "a run up"),
        ("890123", True, "a run up through zero"),
        ("654321", True, "a run down"),
        ("210987", True, "a run down through zero"),
        ("121212", True, "two digits repeated"),
        ("123123", True, "three digits repeated"),
        ("123321", True, "a mirror"),
        ("112233", True, "a favourite"),
        ("520131", True, "a favourite"),
        ("002046", True, "part of the telephone number"),
        ("739146", False, ""),
        ("204613", False, ""),
        ("135246", False, ""),
    ],
)
def test_weak_pins_are_known(pin: str, weak: bool, why: str) -> None:
    assert is_weak(pin, phone="+8613800002046") is weak, why


def test_fewer_than_one_pin_in_two_hundred_is_refused_as_weak() -> None:
    assert sum(is_weak(f"{number:06d}") for number in range(0, 1_000_000, 17)) < 1_000_000 / 17 / 200


def tried(tries: Tries, *, right: bool = False, at: datetime = NOON) -> Tries:
    return after_try(tries, right=right, at=at, allowed=5, lock_seconds=1800)


LOCK = NOON + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("before", "right", "after"),
    [
        # wrong tries and lock before      right?  wrong tries and lock after
        (Tries(0), False, Tries(1)),
        (Tries(3), False, Tries(4)),
        (Tries(4), False, Tries(5, LOCK)),
        (Tries(0), True, Tries(0)),
        (Tries(4), True, Tries(0)),
        (Tries(5, NOON), False, Tries(1)),  # the lock has run out: a fresh set
        (Tries(5, NOON), True, Tries(0)),
    ],
)
def test_the_counter(before: Tries, right: bool, after: Tries) -> None:
    assert tried(before, right=right) == after


@given(st.lists(st.booleans(), max_size=60))
def test_whatever_is_tried_no_sixth_wrong_try_is_made_before_a_lock(outcomes: list[bool]) -> None:
    tries, wrong_in_a_row = Tries(), 0
    for right in outcomes:
        if tries.is_locked(NOON):
            break
        tries = tried(tries, right=right)
        wrong_in_a_row = 0 if right else wrong_in_a_row + 1
        assert tries.wrong == wrong_in_a_row <= 5
        assert tries.is_locked(NOON) == (wrong_in_a_row == 5)


def test_a_lock_ends_at_its_end_and_not_before() -> None:
    locked = Tries(5, LOCK)
    assert locked.is_locked(LOCK - timedelta(microseconds=1))
    assert not locked.is_locked(LOCK)
