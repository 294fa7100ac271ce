"""The laws of the way back, as tables: what proves, what opens which lock, what a photo must show, how long it took."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.service.agent_actions.rules.questions import Facts, draw_up
from walletdesk.service.cases.rules.restored import spoken_duration
from walletdesk.trust.verification.rules.codes import ALPHABET, in_groups, read_typed, wait_before_code
from walletdesk.trust.verification.rules.levels import level_of_proofs
from walletdesk.trust.verification.rules.locks import REASONS, first_that_stays, opens
from walletdesk.trust.verification.rules.papers import NEEDED, fault_of, measure, missing
from walletdesk.trust.verification.rules.proofs import (
    KINDS,
    MOST_A_DAY,
    MOST_AN_HOUR,
    STRONG,
    enough,
    finishes,
    is_weak,
    wait_before_next,
)
from walletdesk.trust.verification.rules.restoring import Restoring, restoring

NOON = datetime(2026, 5, 19, 12, tzinfo=UTC)
MAIL, TEXT, APP, PAPER = "email_code", "sms_code", "totp", "papers"


@pytest.mark.parametrize(
    ("proofs", "sets_a_password", "holds_payments"),
    [
        # proofs given                a new password?   payments rest 24 h afterwards?
        ([], False, True),
        ([MAIL], False, True),
        ([APP], False, False),
        ([PAPER], False, True),
        ([MAIL, TEXT], True, True),
        ([MAIL, APP], True, False),
        ([TEXT, "recovery_code"], True, False),
        ([MAIL, "passkey"], True, False),
        (["own_device"], True, False),
        ([MAIL, MAIL], False, True),
        (["voice", "questions"], False, True),
    ],
)
def test_which_proofs_are_enough(proofs: list[str], sets_a_password: bool, holds_payments: bool) -> None:
    assert (enough(proofs), is_weak(proofs)) == (sets_a_password, holds_payments)


def test_papers_are_one_of_two_only_when_two_agents_have_acted() -> None:
    assert not finishes([MAIL, PAPER], reset_started=False)
    assert finishes([MAIL, PAPER], reset_started=True)
    assert finishes([MAIL, TEXT, PAPER], reset_started=False)
    assert not finishes([PAPER], reset_started=True)


def test_no_single_proof_is_ever_enough_but_the_own_devices_yes() -> None:
    assert [kind for kind in KINDS if enough([kind])] == ["own_device"]
    assert all(enough(pair) for pair in combinations(KINDS, 2))


@pytest.mark.parametrize(
    ("reason", "codes", "strong", "papers"),
    [
        # reason          two codes   one strong among two   code and papers
        ("wrong_password", True, True, True),
        ("dormant", True, True, True),
        ("risk", False, True, True),
        ("reported", False, True, True),
        ("staff", False, False, True),
    ],
)
def test_what_opens_a_lock(reason: str, codes: bool, strong: bool, papers: bool) -> None:
    assert (opens(reason, [MAIL, TEXT]), opens(reason, [MAIL, APP]), opens(reason, [MAIL, PAPER])) == (
        codes,
        strong,
        papers,
    )
    assert not opens(reason, [MAIL])


def test_the_first_lock_that_stays_is_named() -> None:
    assert first_that_stays({"wrong_password", "staff", "risk"}, [MAIL, TEXT]) == "risk"
    assert first_that_stays({"wrong_password", "staff"}, [MAIL, APP]) == "staff"
    assert first_that_stays(set(REASONS), [MAIL, PAPER]) is None


@pytest.mark.parametrize(
    ("proofs", "own_device", "level"),
    [
        ([MAIL], False, 0),
        ([MAIL, TEXT], False, 2),
        ([], True, 2),
        ([MAIL, PAPER], False, 2),
        ([PAPER], False, 0),
        ([PAPER], True, 3),
        ([MAIL, TEXT, PAPER], False, 3),
    ],
)
def test_the_level_that_proofs_reach(proofs: list[str], own_device: bool, level: int) -> None:
    assert level_of_proofs(proofs, own_device=own_device) == level


@pytest.mark.parametrize(
    ("shape", "typed", "read"),
    [
        ("digits", "481702", "481702"),
        ("digits", " 48 17-02 ", "481702"),
        ("digits", "４８１７０２", None),
        ("digits", "48170", None),
        ("digits", "4817021", None),
        ("token", "k7qf-2m9t-xw4p-rdhb", "K7QF2M9TXW4PRDHB"),
        ("token", "K7QF2M9TXW4PRDH0", None),
        ("token", "'; DROP TABLE", None),
        ("digits", "1" * 1_000_000, None),
    ],
)
def test_what_can_be_a_code(shape: str, typed: str, read: str | None) -> None:
    assert read_typed(shape, typed) == read


def test_a_reset_code_is_written_so_that_it_is_read_right() -> None:
    assert in_groups("K7QF2M9TXW4PRDHB") == "K7QF-2M9T-XW4P-RDHB"
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("01IO") & set(ALPHABET)


@given(st.lists(st.integers(0, 3_600), max_size=30))
def test_never_four_codes_in_ten_minutes(wishes: list[int]) -> None:
    made: list[datetime] = []
    for second in sorted(wishes):
        moment = NOON + timedelta(seconds=second)
        if not wait_before_code(made, moment):
            made.append(moment)
    assert all(late - early >= timedelta(minutes=10) for early, late in zip(made, made[3:], strict=False))


def test_a_wait_that_is_named_is_long_enough() -> None:
    made = [NOON, NOON + timedelta(seconds=10), NOON + timedelta(seconds=20)]
    wait = wait_before_code(made, NOON + timedelta(seconds=30))
    assert wait == 570
    assert not wait_before_code(made, NOON + timedelta(seconds=30 + wait))


def test_one_name_begins_five_ways_back_an_hour_and_fifteen_a_day() -> None:
    begun: list[datetime] = []
    for minute in range(24 * 60):
        moment = NOON + timedelta(minutes=minute)
        if not wait_before_next(begun, moment):
            begun.append(moment)
    assert len(begun) == MOST_A_DAY
    assert sum(moment < NOON + timedelta(hours=1) for moment in begun) == MOST_AN_HOUR


def a_card(width: int = 900, height: int = 600, *, blur: int = 0, glare: float = 0.0, light: float = 1.0) -> np.ndarray:
    """Lines of writing on grey; blurred by a box, with a burnt-out blotch, in so much light."""
    picture = np.full((height, width), 170.0)
    for row in range(60, height - 60, 40):
        for column in range(60, width - 60, 14):
            picture[row : row + 16, column : column + 7] = 40.0
    for _ in range(blur):
        picture = (picture + np.roll(picture, 1, 0) + np.roll(picture, 1, 1) + np.roll(picture, -1, 0)) / 4
        picture = (picture + np.roll(picture, -1, 1)) / 2
    if glare:
        side = int((glare * width * height) ** 0.5)
        picture[height // 4 : height // 4 + side, width // 4 : width // 4 + side] = 255.0
    return np.clip(picture * light, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("picture", "size", "fault"),
    [
        (a_card(), (2400, 1600), None),
        (a_card(), (900, 599), "too_small"),
        (a_card(light=0.2), (2400, 1600), "too_dark"),
        (a_card(glare=0.12), (2400, 1600), "glare"),
        (a_card(blur=40), (2400, 1600), "blurred"),
        (np.zeros((1, 1), np.uint8), (2400, 1600), "too_dark"),
        (np.full((600, 900), 200, np.uint8), (2400, 1600), "blurred"),
    ],
)
def test_which_photo_can_be_read(picture: np.ndarray, size: tuple[int, int], fault: str | None) -> None:
    assert fault_of(measure(picture, *size)) == fault


def test_white_paper_around_a_card_is_no_glare() -> None:
    framed = np.full((800, 1100), 255, np.uint8)
    framed[100:700, 100:1000] = a_card()
    assert fault_of(measure(framed, 2400, 1600)) is None


def test_what_is_needed_for_what() -> None:
    assert missing("unlock", {"front"}) == "face"
    assert missing("tier", {"front", "back"}) is None
    assert all(NEEDED[purpose][0] == "front" for purpose in NEEDED)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        ([], Restoring(0, None, None)),
        ([60] * 4, Restoring(4, None, None)),
        ([10, 20, 30, 40, 50], Restoring(5, 30, 50)),
        (list(range(1, 101)), Restoring(100, 50, 90)),
        ([5] * 9 + [86_400], Restoring(10, 5, 5)),
    ],
)
def test_what_is_published(seconds: list[int], told: Restoring) -> None:
    assert restoring(seconds) == told


@given(st.lists(st.integers(0, 10**6), min_size=5, max_size=200))
def test_the_figures_are_somebodys_and_keep_what_they_say(seconds: list[int]) -> None:
    told = restoring(seconds)
    assert told.median in seconds and told.ninety in seconds
    assert sum(one <= told.median for one in seconds) * 2 >= len(seconds)
    assert sum(one <= told.ninety for one in seconds) * 10 >= 9 * len(seconds)


@pytest.mark.parametrize(
    ("seconds", "en"),
    [(47, "47 seconds"), (420, "7 minutes"), (7_200 + 180, "2 h 3 min"), (3 * 86_400 + 3_600, "3 d 1 h")],
)
def test_how_long_in_words(seconds: int, en: str) -> None:
    assert spoken_duration(seconds).en == en


@given(
    st.tuples(st.integers(2020, 2030), st.integers(1, 12)),
    st.integers(0, 60),
    st.one_of(st.none(), st.integers(0, 10**7)),
    st.integers(0, 3),
)
def test_each_question_has_one_right_answer_among_four(
    opened: tuple[int, int], payments: int, top_up: int | None, place: int
) -> None:
    sheet = draw_up(Facts(opened, payments, top_up), place)
    assert len(sheet) == 3
    for question in sheet:
        assert len({option["en"] for option in question["options"]}) == 4
        assert 0 <= question["right"] < 4
    assert sheet[0]["options"][place]["en"] == f"{opened[1]}/{opened[0]}"


def test_strong_proofs_are_what_nobody_reads_over_a_shoulder() -> None:
    assert {"own_device", "totp", "passkey", "recovery_code"} == STRONG
