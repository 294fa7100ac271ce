"""L10: amounts that are none: 422, never 500, and nothing moves. Through every verb that takes one."""

from __future__ import annotations

import pytest

from tests.factories.money import a_key, a_payer, a_shop, bank_is, has, proof_of
from tests.fakes.bank import FakeBank
from walletdesk.foundation.amount.public import CNY, Amount, read_amount
from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.public import create_order, start_top_up, transfer

WRITTEN = [
    "-1",
    "+1",
    "0",
    "0.00",
    "1e308",
    "1E5",
    "NaN",
    "Infinity",
    "1,5",
    "1,000.00",
    "0.001",
    "9223372036854775808",
    "92233720368547758.08",
    "９９",
    "١٢",
    "1.",
    ".5",
    "00.5",
    "0x10",
    "1_000",
    " 1",
    "1 ",
    "1\n",
    "",
    "½",
    "1.2.3",
    "'; DROP TABLE payments_payment; --",
    "9" * 5000,
]


@pytest.mark.parametrize("text", WRITTEN, ids=lambda text: repr(text[:24]))
def test_l10_what_is_written_oddly_is_not_read(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_amount(text, CNY)
    assert refused.value.status == 422


@pytest.mark.django_db
@pytest.mark.parametrize("minor", [0, -1, -(2**63) + 1, 2**53, 2**62, 2**63 - 1])
def test_l10_no_verb_takes_an_odd_amount(minor: int) -> None:
    anna, bert, shop = a_payer(100), a_payer(), a_shop()
    amount = Amount(minor, CNY)
    with bank_is(FakeBank()) as bank:
        for attempt in (
            lambda: create_order(shop.id, None, None, amount),
            lambda: transfer(a_key(), anna.id, bert.id, amount, "", proof_of(anna.id)),
            lambda: start_top_up(a_key(), anna.id, amount),
        ):
            with pytest.raises(Refusal) as refused:
                attempt()
            assert refused.value.status == 422
        assert bank.asked == []
    assert has(anna) == "100.00"
