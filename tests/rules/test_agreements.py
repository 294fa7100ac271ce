"""The laws of consent and of money that is set aside, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from walletdesk.money.agreements.rules import Terms, Wish, obstacle, proof_holds, state_of
from walletdesk.money.payments.rules.holding import HeldFacts, capture_obstacle, hold_state, void_obstacle

LIN, WANG, BAKERY, BOOKS, KEY, IT = (UUID(int=n) for n in range(1, 7))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def terms(**change: object) -> Terms:
    usual: dict[str, object] = {
        "id": IT, "customer_id": LIN, "merchant_id": BAKERY, "key_id": None, "asset": "CNY", "max_single_minor": 50,
        "max_day_minor": 100, "valid_until": NOON + DAY, "accepted_at": NOON - DAY, "ended_at": None, "day": TODAY,
        "used_minor": 60,
    }  # fmt: skip
    return Terms(**(usual | change))  # type: ignore[arg-type]


OWN = {"merchant_id": None, "key_id": KEY}


@pytest.mark.parametrize(
    ("agreed", "wish", "said"),
    [
        (terms(), Wish(LIN, BAKERY, BAKERY, 40, "CNY"), None),
        (None, Wish(LIN, BAKERY, BAKERY, 40, "CNY"), "agreement_not_found"),
        (terms(accepted_at=None, customer_id=None), Wish(LIN, BAKERY, BAKERY, 40, "CNY"), "agreement_not_found"),
        (terms(), Wish(WANG, BAKERY, BAKERY, 40, "CNY"), "agreement_not_found"),
        (terms(), Wish(LIN, BOOKS, BAKERY, 40, "CNY"), "agreement_not_found"),
        (terms(), Wish(LIN, BAKERY, BOOKS, 40, "CNY"), "agreement_not_found"),
        (terms(), Wish(LIN, BAKERY, None, 40, "CNY"), "agreement_not_found"),
        (terms(ended_at=NOON), Wish(LIN, BAKERY, BAKERY, 40, "CNY"), "agreement_over"),
        (terms(valid_until=NOON), Wish(LIN, BAKERY, BAKERY, 40, "CNY"), "agreement_over"),
        (terms(), Wish(LIN, BAKERY, BAKERY, 40, "XTS"), "asset_differs"),
        (terms(), Wish(LIN, BAKERY, BAKERY, 51, "CNY"), "agreement_single"),
        (terms(), Wish(LIN, BAKERY, BAKERY, 41, "CNY"), "agreement_day"),
        (terms(day=TODAY - DAY), Wish(LIN, BAKERY, BAKERY, 50, "CNY"), None),
        (terms(day=TODAY + DAY), Wish(LIN, BAKERY, BAKERY, 41, "CNY"), "agreement_day"),
        (terms(**OWN), Wish(LIN, WANG, None, 40, "CNY"), None),
        (terms(**OWN), Wish(WANG, LIN, None, 40, "CNY"), "agreement_not_found"),
    ],
)
def test_what_an_agreement_allows(agreed: Terms | None, wish: Wish, said: str | None) -> None:
    assert obstacle(agreed, wish, now=NOON, today=TODAY) == said


@pytest.mark.parametrize(
    ("accepted", "ended", "proposal_ends", "valid_until", "state"),
    [
        (None, None, NOON + DAY, NOON + DAY, "proposed"),
        (None, None, NOON, NOON + DAY, "lapsed"),
        (None, None, NOON + DAY, NOON, "lapsed"),
        (NOON, None, NOON, NOON + DAY, "active"),
        (NOON, None, NOON, NOON, "expired"),
        (NOON, NOON, NOON, NOON + DAY, "ended"),
        (None, NOON, NOON + DAY, NOON + DAY, "ended"),
    ],
)
def test_the_life_of_an_agreement(
    accepted: datetime | None, ended: datetime | None, proposal_ends: datetime, valid_until: datetime, state: str
) -> None:
    assert state_of(accepted, ended, proposal_ends, valid_until, NOON) == state


@pytest.mark.parametrize(("age", "holds"), [(-6, False), (-5, True), (0, True), (120, True), (121, False)])
def test_a_pin_speaks_for_two_minutes(age: int, holds: bool) -> None:
    assert proof_holds(LIN, NOON - timedelta(seconds=age), LIN, NOON) is holds
    assert not proof_holds(WANG, NOON, LIN, NOON)


@pytest.mark.parametrize(
    ("held", "minor", "said"),
    [
        (HeldFacts("authorised", 50, NOON + DAY), None, None),
        (HeldFacts("authorised", 50, NOON + DAY), 50, None),
        (HeldFacts("authorised", 50, NOON + DAY), 51, "capture_above_hold"),
        (HeldFacts("authorised", 50, NOON + DAY), 0, "amount_not_positive"),
        (HeldFacts("authorised", 50, NOON), 50, "hold_expired"),
        (HeldFacts("expired", 50, NOON), 50, "hold_expired"),
        (HeldFacts("voided", 50, NOON + DAY), 50, "hold_ended"),
        (HeldFacts("captured", 50, NOON + DAY), 50, "hold_ended"),
        (None, 50, "payment_not_found"),
    ],
)
def test_what_may_be_captured(held: HeldFacts | None, minor: int | None, said: str | None) -> None:
    assert capture_obstacle(held, minor, NOON) == said


def test_what_may_be_voided_and_when_a_hold_is_over() -> None:
    said = {
        state: void_obstacle(HeldFacts(state, 1, NOON)) for state in ("authorised", "voided", "expired", "captured")
    }
    assert said == {"authorised": None, "voided": None, "expired": None, "captured": "hold_ended"}
    assert void_obstacle(None) == "payment_not_found"
    assert (hold_state("authorised", NOON, NOON), hold_state("captured", NOON, NOON)) == ("expired", "captured")
