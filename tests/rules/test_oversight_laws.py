"""The laws of watching, as tables: when a pair is told of, what is drawn, where the line of looking runs."""

from __future__ import annotations

import uuid

import pytest

from walletdesk.service.oversight.rules.alarms import KINDS
from walletdesk.service.oversight.rules.draw import is_drawn
from walletdesk.service.oversight.rules.looking import may_unmask, reached
from walletdesk.service.oversight.rules.pairs import Pair, PairLaw, told
from walletdesk.trust.staff.rules import read_pass, show_pass

LAW = PairLaw(least=8, share_percent=70)
ZHOU, HE, MA = (uuid.UUID(int=number) for number in (1024, 387, 1031))


@pytest.mark.parametrize(
    ("pairs", "checkers", "expected"),
    [
        # maker, checker, approved, sent back
        ([(ZHOU, HE, 8, 0)], 2, {(ZHOU, HE): "always"}),
        ([(ZHOU, HE, 7, 0)], 2, {}),  # too few to say anything
        ([(ZHOU, HE, 8, 1)], 2, {}),  # one was sent back
        ([(ZHOU, HE, 8, 0)], 1, {}),  # nobody else could have
        ([(ZHOU, HE, 8, 0), (ZHOU, MA, 3, 0)], 3, {(ZHOU, HE): "always"}),  # 72 %
        ([(ZHOU, HE, 8, 0), (ZHOU, MA, 4, 0)], 3, {}),  # 66 %
        ([(ZHOU, HE, 8, 0), (ZHOU, MA, 0, 3)], 3, {(ZHOU, HE): "always"}),  # who sends back counts in the share
        ([(ZHOU, HE, 8, 0), (HE, ZHOU, 8, 0)], 2, {(ZHOU, HE): "each_other", (HE, ZHOU): "each_other"}),
        (
            [(ZHOU, HE, 9, 0), (ZHOU, MA, 9, 0), (HE, ZHOU, 8, 0)],
            3,
            {(ZHOU, HE): "each_other", (HE, ZHOU): "each_other"},
        ),
        ([(ZHOU, HE, 9, 0), (HE, ZHOU, 8, 1)], 2, {(ZHOU, HE): "always"}),
        ([], 5, {}),
    ],
)
def test_which_pairs_are_told(
    pairs: list[tuple[uuid.UUID, uuid.UUID, int, int]],
    checkers: int,
    expected: dict[tuple[uuid.UUID, uuid.UUID], str],
) -> None:
    assert told([Pair(*pair) for pair in pairs], LAW, checkers) == expected


def test_the_lot_is_the_same_each_time_and_another_for_another_key() -> None:
    proposals = [uuid.UUID(int=number) for number in range(2_000)]
    drawn = [is_drawn(one, 5, b"a key") for one in proposals]
    assert drawn == [is_drawn(one, 5, b"a key") for one in proposals]
    assert drawn != [is_drawn(one, 5, b"another") for one in proposals]
    assert 60 <= sum(drawn) <= 140, "five in a hundred"


@pytest.mark.parametrize(("percent", "expected"), [(0, 0), (100, 50)])
def test_none_and_all(percent: int, expected: int) -> None:
    assert sum(is_drawn(uuid.UUID(int=number), percent, b"k") for number in range(50)) == expected


@pytest.mark.parametrize(("before", "told_of"), [(0, False), (48, False), (49, True), (50, False), (200, False)])
def test_the_soft_limit_is_told_once(before: int, told_of: bool) -> None:
    assert reached(before, 50) is told_of


def test_the_ceiling() -> None:
    assert may_unmask(99, 100)
    assert not may_unmask(100, 100)


def test_every_alarm_reads_in_both_languages() -> None:
    for words in KINDS.values():
        filled = words.both(agent="A", count=1, reason="r", checker="C", reference="WD")
        assert all(filled.values())
        assert "{" not in "".join(filled.values())


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn", " ABCD EFGH JKMN ", "ABCDEFGHJKMN", "Abcd-Efghjkmn"])
def test_a_pass_is_read_however_it_is_typed(typed: str) -> None:
    assert read_pass(typed) == "ABCDEFGHJKMN"
    assert show_pass(read_pass(typed)) == "ABCD-EFGH-JKMN"
