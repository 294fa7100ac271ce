"""Orders, top-ups, receipt numbers and batches: the laws as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.money.agreements.rules import proof_holds
from walletdesk.money.payments.rules.batches import rounds
from walletdesk.money.payments.rules.paying import OrderFacts, obstacle, order_state
from walletdesk.money.payments.rules.receipt_numbers import read_receipt_number, receipt_number
from walletdesk.money.payments.rules.top_ups import BankContradicts, after, credits

NOON = datetime(2026, 5, 19, 12, 41, 7, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
PAYER = UUID(int=1)


@pytest.mark.parametrize(
    ("stored", "moment", "state"),
    [
        ("waiting", NOON, "waiting"),
        ("waiting", LATER - timedelta(microseconds=1), "waiting"),
        ("waiting", LATER, "expired"),
        ("paid", LATER, "paid"),
        ("cancelled", LATER, "cancelled"),
    ],
)
def test_an_order_expires_by_itself(stored: str, moment: datetime, state: str) -> None:
    assert order_state(stored, LATER, moment) == state


@pytest.mark.parametrize(
    ("whose", "seconds_ago", "holds"),
    [(PAYER, 0, True), (PAYER, 120, True), (PAYER, 121, False), (UUID(int=2), 0, False), (PAYER, -60, False)],
)
def test_a_pin_proof_is_fresh_and_ones_own(whose: UUID, seconds_ago: int, holds: bool) -> None:
    assert proof_holds(whose, NOON - timedelta(seconds=seconds_ago), PAYER, NOON) is holds


def facts(state: str = "waiting", people: tuple[UUID, ...] = ()) -> OrderFacts:
    return OrderFacts(state, 3800, "CNY", LATER, people)


@pytest.mark.parametrize(
    ("order", "changed", "code"),
    [
        (facts(), {}, None),
        (None, {"proof_good": False}, "order_not_found"),
        (facts("paid", (PAYER,)), {"proof_good": False, "shown": (1, "CNY")}, "pin_proof_stale"),
        (facts("paid", (PAYER,)), {"shown": (1, "CNY")}, "code_broken"),
        (facts("paid", (PAYER,)), {"shown": (3800, "USD")}, "code_broken"),
        (facts("paid", (PAYER,)), {"shown": (3800, "CNY")}, "own_shop"),
        (facts("authorised"), {"has_wallet": False, "now": LATER}, "order_authorised"),
        (facts("paid"), {"has_wallet": False}, "order_paid"),
        (facts("cancelled"), {"has_wallet": False}, "order_cancelled"),
        (facts(), {"has_wallet": False, "now": LATER}, "order_expired"),
        (facts(), {"has_wallet": False}, "wallet_missing"),
    ],
)
def test_the_first_thing_in_the_way(order: OrderFacts | None, changed: dict[str, object], code: str | None) -> None:
    usual: dict[str, object] = {"payer_user": PAYER, "proof_good": True, "shown": None, "has_wallet": True, "now": NOON}
    assert obstacle(order, **{**usual, **changed}) == code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "answer", "following", "money"),
    [
        ("pending", "accepted", "done", True),
        ("pending", "declined", "declined", False),
        ("pending", "unavailable", "declined", False),
        ("pending", "unknown", "unknown", False),
        ("pending", "absent", "unknown", False),
        ("unknown", "accepted", "done", True),
        ("unknown", "declined", "declined", False),
        ("unknown", "unknown", "unknown", False),
        ("unknown", "unavailable", "unknown", False),
        ("unknown", "absent", "unknown", False),
        ("done", "accepted", "done", False),
        ("done", "declined", "done", False),
        ("declined", "declined", "declined", False),
        ("declined", "unknown", "declined", False),
    ],
)
def test_the_life_of_a_top_up(state: str, answer: str, following: str, money: bool) -> None:
    assert after(state, answer) == following
    assert credits(state, following) is money


def test_a_bank_that_takes_back_its_refusal_is_looked_at_by_people() -> None:
    with pytest.raises(BankContradicts):
        after("declined", "accepted")


@given(st.lists(st.sampled_from(["accepted", "declined", "unavailable", "unknown", "absent"]), max_size=12))
def test_whatever_a_bank_says_the_money_comes_once(answers: list[str]) -> None:
    state, credited = "pending", 0
    for answer in answers:
        try:
            following = after(state, answer)
        except BankContradicts:
            break
        credited += credits(state, following)
        state = following
    assert credited == (state == "done")


LOCAL = datetime(2026, 5, 19, 12, 41)


@pytest.mark.parametrize(
    ("sequence", "number"),
    [
        (4119, "P 2605 1912 4119 47"),
        (1, "P 2605 1912 0001 47"),
        (104_119, "P 2605 1912 0010 4119 61"),
    ],
)
def test_receipt_numbers(sequence: int, number: str) -> None:
    made = receipt_number("P", LOCAL, sequence)
    assert made[:-2] == number[:-2]
    assert read_receipt_number(made) == made


@given(st.integers(1, 10**12), st.data())
def test_one_wrong_digit_or_swapped_pair_is_no_receipt(sequence: int, data: st.DataObject) -> None:
    digits = receipt_number("P", LOCAL, sequence).replace(" ", "")[1:]
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    if other != digits[place]:
        assert read_receipt_number(f"P{digits[:place]}{other}{digits[place + 1 :]}") is None
    swapped = digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]
    if swapped != digits:
        assert read_receipt_number(f"P{swapped}") is None


@pytest.mark.parametrize("noise", ["", "P", "X 2605 1912 4119 07", "P 2605", "P ２６０５ 1912 4119 07", "P" + "9" * 40])
def test_noise_is_no_receipt(noise: str) -> None:
    assert read_receipt_number(noise) is None


@pytest.mark.parametrize(
    ("wants", "cut"),
    [
        ([], []),
        (["a", "b", "c"], [[0, 1, 2]]),
        (["a", "a", "b", "a"], [[0, 2], [1], [3]]),
        (["ab", "b", "a", "bc", "c"], [[0], [1, 2], [3], [4]]),
    ],
)
def test_what_wants_the_same_thing_follows_in_order(wants: list[str], cut: list[list[int]]) -> None:
    assert rounds(wants, lambda letters: letters) == cut


@given(st.lists(st.text(alphabet="abcdef", min_size=1, max_size=3), max_size=30))
def test_rounds_lose_nobody_and_never_clash(wants: list[str]) -> None:
    cut = rounds(wants, lambda letters: letters)
    assert sorted(place for one in cut for place in one) == list(range(len(wants)))
    for one in cut:
        taken = [letter for place in one for letter in set(wants[place])]
        assert len(taken) == len(set(taken))
