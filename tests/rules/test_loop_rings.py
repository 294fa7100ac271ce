"""L13: money that goes round. A → B → A, and longer rings, as a table of transfers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.trust.risk.rules.rings import Leg, looping

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)


def legs(story: str) -> list[Leg]:
    """``A>B 1000 @0; B>A 1000 @60``: who to whom, how much, at which minute."""
    made = []
    for number, part in enumerate(story.split(";")):
        route, amount, minute = part.split()
        start, end = (UUID(int=ord(letter)) for letter in route.split(">"))
        made.append(Leg(UUID(int=1000 + number), start, end, int(amount), NOON + timedelta(minutes=int(minute[1:]))))
    return made


def found(story: str) -> list[str]:
    return ["".join(chr(leg.from_customer_id.int) for leg in ring) for ring in looping(legs(story))]


DAY = 24 * 60


@pytest.mark.parametrize(
    ("story", "rings", "why"),
    [
        ("A>B 1000 @0; B>A 1000 @60", ["AB"], "there and back"),
        ("B>A 1000 @60; A>B 1000 @0", ["AB"], "in whatever order they are heard"),
        ("A>B 1000 @0; B>C 1000 @1; C>A 1000 @2", ["ABC"], "through one more"),
        ("A>B 1000 @0; B>C 950 @1; C>D 900 @2; D>A 850 @3", ["ABCD"], "each takes a little"),
        ("A>B 1000 @0; B>C 1000 @1; C>D 1000 @2; D>E 1000 @3; E>A 1000 @4", [], "five are too many to look for"),
        ("A>B 1000 @0; B>C 1000 @1", [], "a line is no ring"),
        ("A>B 1000 @0; A>B 1000 @1", [], "twice the same way"),
        ("A>A 1000 @0", [], "to oneself is refused elsewhere"),
        ("A>B 1000 @0; B>A 100 @60", [], "a lunch paid back in part"),
        ("A>B 1000 @0; B>A 800 @60", ["AB"], "four fifths are enough"),
        ("A>B 1000 @0; B>A 799 @60", [], "less is not"),
        (f"A>B 1000 @0; B>A 1000 @{DAY}", ["AB"], "a day later to the minute"),
        (f"A>B 1000 @0; B>A 1000 @{DAY + 1}", [], "more than a day later"),
        ("A>B 1000 @2; B>C 1000 @1; C>A 1000 @3", [], "B paid C before A paid B: no money went round"),
        ("A>B 1000 @0; B>A 1000 @1; A>B 1000 @2", ["AB", "BA"], "back and forth"),
        ("A>B 1000 @0; B>C 1000 @1; C>B 1000 @2; B>A 1000 @3", ["BC", "AB"], "a ring inside is found as itself"),
    ],
)
def test_rings(story: str, rings: list[str], why: str) -> None:
    assert found(story) == rings, why


def test_a_transfer_heard_twice_is_one() -> None:
    heard = legs("A>B 1000 @0; B>A 1000 @60")
    assert len(looping(heard + heard)) == 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2000)), max_size=25))
def test_whatever_is_found_is_closed_in_time_and_nobody_stands_in_it_twice(
    moves: list[tuple[int, int, int]],
) -> None:
    made = [
        Leg(UUID(int=100 + number), UUID(int=a), UUID(int=b), 1000, NOON + timedelta(minutes=minute))
        for number, (a, b, minute) in enumerate(moves)
    ]
    for ring in looping(made):
        assert 2 <= len(ring) <= 4
        assert ring[-1].to_customer_id == ring[0].from_customer_id
        assert all(one.to_customer_id == two.from_customer_id for one, two in pairwise(ring))
        assert [leg.at for leg in ring] == sorted(leg.at for leg in ring)
        assert ring[-1].at - ring[0].at <= timedelta(hours=24)
        assert len({leg.from_customer_id for leg in ring}) == len(ring)
