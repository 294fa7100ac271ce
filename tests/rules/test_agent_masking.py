"""What an agent sees of a customer: the table of the desk."""

from __future__ import annotations

import pytest

from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.service.agent_actions.rules.masking import (
    ALWAYS_SHOWN,
    FIELD_WORDS,
    MASKED_BEFORE,
    can_be_unmasked,
    masked_fields,
)
from walletdesk.service.agent_actions.rules.refund_checks import Caps, case_checks, message_after

TABLE = """
    level   in hand     masked
    0       yes         phone email balances other_payments
    1       yes         phone email balances other_payments
    2       yes         -
    3       yes         -
    2       no          phone email balances other_payments
    3       no          phone email balances other_payments
"""


@pytest.mark.parametrize(
    "row", [line.split() for line in TABLE.strip().splitlines()[1:]], ids=lambda row: f"level-{row[0]}-{row[1]}"
)
def test_private_fields_open_only_by_the_customers_own_word(row: list[str]) -> None:
    level, in_hand, *masked = row
    assert masked_fields(int(level), in_hand == "yes") == set(masked) - {"-"}


def test_every_masked_field_has_a_name_the_customer_can_read() -> None:
    assert set(FIELD_WORDS) == MASKED_BEFORE
    assert not MASKED_BEFORE & ALWAYS_SHOWN
    assert can_be_unmasked("phone")
    assert not can_be_unmasked("name")
    assert not can_be_unmasked("password")


@pytest.mark.parametrize(
    ("level", "minor", "today", "waiting", "failed"),
    [
        (2, 3_800, 0, False, []),
        (1, 3_800, 0, False, ["not_verified"]),
        (2, 50_000, 0, False, []),
        (2, 50_001, 0, False, ["refund_over_cap"]),
        (2, 3_800, 96_200, False, []),
        (2, 3_800, 96_201, False, ["refund_over_day_cap"]),
        (2, 3_800, 0, True, ["proposal_open"]),
        (0, 99_999, 1, True, ["not_verified", "refund_over_cap", "proposal_open"]),
        (0, 99_999, 2, True, ["not_verified", "refund_over_cap", "refund_over_day_cap", "proposal_open"]),
    ],
)
def test_what_speaks_against_a_proposal(level: int, minor: int, today: int, waiting: bool, failed: list[str]) -> None:
    checks = case_checks(level, 2, Amount(minor, CNY), Caps(50_000, 100_000, today), waiting)
    assert [check.code for check in checks if not check.ok] == failed


def test_the_customer_reads_amount_reason_and_agent() -> None:
    message = message_after(Amount(3_800, CNY), "收银机多扣了一次。", "1024")
    assert message.zh == "¥38.00 已经回到您的余额。收银机多扣了一次。看到后请点“是的”。工号 1024"
    assert message_after(Amount(3_800, CNY), "The till sent it twice", "1024").en == (
        "¥38.00 is back in your balance. The till sent it twice. Tap “Yes” when you see it. Agent 1024"
    )
