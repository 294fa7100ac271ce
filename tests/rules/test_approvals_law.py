"""Who may decide what, and in which order it is refused: the law of two persons as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.foundation.clock.public import uuid7
from walletdesk.trust.approvals.errors import BY_NAME
from walletdesk.trust.approvals.rules import Envelope, Person, able_of, by_lot, objection, payload_hash

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)
CARE, RISK = uuid7(), uuid7()
ZHOU = Person(uuid7(), uuid7(), CARE, may=True)
HE = Person(uuid7(), uuid7(), RISK, may=True)
LIN_SIGNS_IN = uuid7()
LATER = NOON + timedelta(minutes=15)
SEEN = payload_hash("refund", "P1", {"amount_minor": 3800})
OPEN = Envelope("proposed", NOON + timedelta(hours=1), SEEN, ZHOU.employee_id, ZHOU.user_id, CARE, LIN_SIGNS_IN)

TABLE: list[tuple[str, Envelope, Person | None, str | None, str | None]] = [
    # the case                           proposal                             checker                 seen    refused as
    ("another team, nobody's gain", OPEN, HE, SEEN, None),
    ("to send back, no hash is needed", OPEN, HE, None, None),
    ("it was approved", replace(OPEN, state="approved"), HE, SEEN, "already_decided"),
    ("it was sent back", replace(OPEN, state="rejected"), HE, SEEN, "already_decided"),
    ("it was withdrawn", replace(OPEN, state="withdrawn"), HE, SEEN, "already_decided"),
    ("it was replaced by a better one", replace(OPEN, state="replaced"), HE, SEEN, "already_decided"),
    ("the timer came by", replace(OPEN, state="expired"), HE, SEEN, "expired"),
    ("its last second is over", replace(OPEN, expires_at=NOON), HE, SEEN, "expired"),
    ("its last second is not over", replace(OPEN, expires_at=NOON + timedelta(microseconds=1)), HE, SEEN, None),
    ("something else was looked at", OPEN, HE, "0" * 64, "changed_since"),
    ("the maker", OPEN, ZHOU, SEEN, "same_person"),
    ("the maker's second employee record", OPEN, replace(HE, user_id=ZHOU.user_id), SEEN, "same_person"),
    ("a colleague of the maker's team", OPEN, replace(HE, team_id=CARE), SEEN, "same_team"),
    ("the customer who gains", OPEN, replace(HE, user_id=LIN_SIGNS_IN), SEEN, "is_beneficiary"),
    ("a role that may not", OPEN, replace(HE, may=False), SEEN, "may_not"),
    ("not staff at all", OPEN, None, SEEN, "may_not"),
    ("the lot fell on them", replace(OPEN, drawn_id=HE.employee_id, drawn_until=LATER), HE, SEEN, None),
    ("the lot fell on another", replace(OPEN, drawn_id=uuid7(), drawn_until=LATER), HE, SEEN, "somebody_else_drawn"),
    ("to send back, too", replace(OPEN, drawn_id=uuid7(), drawn_until=LATER), HE, None, "somebody_else_drawn"),
    ("the other's time is over", replace(OPEN, drawn_id=uuid7(), drawn_until=NOON), HE, SEEN, None),
    (
        "who may not hears that",
        replace(OPEN, drawn_id=uuid7(), drawn_until=LATER),
        replace(HE, may=False),
        SEEN,
        "may_not",
    ),
]


@pytest.mark.parametrize(
    ("envelope", "checker", "seen", "refused"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_table(envelope: Envelope, checker: Person | None, seen: str | None, refused: str | None) -> None:
    assert objection(envelope, checker, NOON, seen_hash=seen) == refused
    assert refused in (None, "somebody_else_drawn") or BY_NAME[refused].code


def test_the_order_in_which_it_is_refused() -> None:
    """Everything is wrong at once; then one thing after another is put right."""
    envelope = replace(OPEN, state="approved", expires_at=NOON, beneficiary_user_id=ZHOU.user_id)
    checker, seen = replace(ZHOU, may=False), "0" * 64
    order = [objection(envelope, checker, NOON, seen_hash=seen)]
    envelope = replace(envelope, state="proposed")
    order.append(objection(envelope, checker, NOON, seen_hash=seen))
    envelope = replace(envelope, expires_at=NOON + timedelta(hours=1))
    order.append(objection(envelope, checker, NOON, seen_hash=seen))
    seen = SEEN
    order.append(objection(envelope, checker, NOON, seen_hash=seen))
    checker = replace(checker, employee_id=HE.employee_id, user_id=HE.user_id)
    envelope = replace(envelope, beneficiary_user_id=HE.user_id)
    order.append(objection(envelope, checker, NOON, seen_hash=seen))
    checker = replace(checker, team_id=RISK)
    order.append(objection(envelope, checker, NOON, seen_hash=seen))
    envelope = replace(envelope, beneficiary_user_id=LIN_SIGNS_IN)
    order.append(objection(envelope, checker, NOON, seen_hash=seen))
    order.append(objection(envelope, replace(checker, may=True), NOON, seen_hash=seen))
    assert order == [
        "already_decided",
        "expired",
        "changed_since",
        "same_person",
        "same_team",
        "is_beneficiary",
        "may_not",
        None,
    ]


def test_the_hash_sees_what_is_in_the_envelope_and_not_how_it_was_written() -> None:
    assert payload_hash("refund", "P1", {"amount_minor": 3800}) == SEEN
    assert payload_hash("refund", "P1", {"a": 1, "b": [2, "三"]}) == payload_hash(
        "refund", "P1", {"b": [2, "三"], "a": 1}
    )
    others = [
        payload_hash("refund", "P1", {"amount_minor": 3801}),
        payload_hash("refund", "P1", {"amount_minor": "3800"}),
        payload_hash("refund", "P2", {"amount_minor": 3800}),
        payload_hash("goodwill", "P1", {"amount_minor": 3800}),
        payload_hash("refund", "P1", {"amount_minor": 3800, "note": None}),
    ]
    assert len({SEEN, *others}) == 6


FOUR = [replace(HE, employee_id=uuid7(), user_id=uuid7()) for _ in range(4)]
ABLE = sorted(one.employee_id for one in FOUR)


@pytest.mark.parametrize(
    ("at_work", "able"),
    [
        ([], []),
        ([ZHOU, replace(HE, team_id=CARE), replace(HE, user_id=LIN_SIGNS_IN), replace(HE, may=False)], []),
        ([ZHOU, *reversed(FOUR)], ABLE),
    ],
)
def test_who_takes_part_in_the_lot(at_work: list[Person], able: list[UUID]) -> None:
    assert able_of(OPEN, at_work, NOON) == able


@pytest.mark.parametrize(
    ("able", "lot", "before", "falls_on"),
    [
        ([], 3, None, None),
        (ABLE, 0, None, ABLE[0]),
        (ABLE, 3, None, ABLE[3]),
        (ABLE, 6, None, ABLE[2]),
        (ABLE, 0, ABLE[2], ABLE[2]),
        (ABLE, 0, uuid7(), ABLE[0]),
    ],
    ids=["nobody", "the first", "the last", "round again", "it stays whose it was", "who has gone home"],
)
def test_the_lot_falls_on_one_of_them(able: list[UUID], lot: int, before: UUID | None, falls_on: UUID | None) -> None:
    assert by_lot(able, lot, before) == falls_on


@pytest.mark.parametrize(
    "payload",
    [{"a": 1.5}, {"a": float("nan")}, {1: "a"}, {"a": {"b": b"c"}}, {"a": [object()]}, {"a": "\x00"}, {"\ud800": 1}],
)
def test_what_has_no_one_form_cannot_be_sealed(payload: dict[Any, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        payload_hash("refund", "P1", payload)


PEOPLE = st.builds(
    Person,
    employee_id=st.sampled_from([ZHOU.employee_id, HE.employee_id]),
    user_id=st.sampled_from([ZHOU.user_id, HE.user_id, LIN_SIGNS_IN]),
    team_id=st.sampled_from([CARE, RISK]),
    may=st.booleans(),
)


@given(PEOPLE, st.sampled_from([None, SEEN, "0" * 64]))
def test_whoever_may_decide_is_a_second_person_of_another_team_who_does_not_gain(
    checker: Person, seen: str | None
) -> None:
    if objection(OPEN, checker, NOON, seen_hash=seen) is None:
        assert checker.employee_id != OPEN.maker_id
        assert checker.user_id not in (OPEN.maker_user_id, OPEN.beneficiary_user_id)
        assert checker.team_id != OPEN.maker_team_id
        assert checker.may
        assert seen in (None, SEEN)
