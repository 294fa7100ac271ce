"""What a verified caller hears of their money."""

from __future__ import annotations

import pytest

from walletdesk.service.hotline.rules.places.money import read_out
from walletdesk.service.hotline.rules.room_words import BalancesRead, PaymentSaid

ONE = PaymentSaid("out", 3800, "CNY", "today")


@pytest.mark.parametrize(
    ("read", "heard"),
    [
        (BalancesRead(((128050, "CNY"),), ()), ["balance", "no_payments"]),
        (BalancesRead(((128050, "CNY"),), (ONE,)), ["balance", "last_payments", "payment_out"]),
        # a frozen wallet is said to be frozen before its sum: the sum alone would sound as if it could be spent
        (BalancesRead(((128050, "CNY"),), (), frozen=True), ["frozen_already", "balance", "no_payments"]),
        (
            BalancesRead(((1, "CNY"), (5, "JPY")), (ONE, ONE)),
            ["balance", "balance", "last_payments", "payment_out", "payment_out"],
        ),
    ],
)
def test_a_caller_hears_the_state_then_the_sum_then_the_last_payments(read: BalancesRead, heard: list[str]) -> None:
    assert [said.id for said in read_out(read)] == heard
