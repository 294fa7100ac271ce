"""L01, L02, L03: one key, sent again, changed, and fifty times at once."""

from __future__ import annotations

import json

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import a_payer, a_shop, an_order, books_are_true, has, pay, proof_of, to_pay, yuan
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyBodyDiffers, KeyInFlight
from walletdesk.money.payments.models import Payment, PersonTransfer
from walletdesk.money.payments.public import Paid, transfer


@pytest.mark.django_db
def test_l01_the_same_key_and_body_is_one_posting_and_a_byte_equal_answer() -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    answers = [pay(to_pay(anna, asked, key="one")) for _ in range(5)]
    assert len({json.dumps(answer.body) for answer in answers}) == 1
    assert [answer.replayed for answer in answers] == [False, True, True, True, True]
    assert Payment.objects.count() == 1


@pytest.mark.django_db
def test_l02_the_same_key_with_another_amount_is_422_and_nothing_moves() -> None:
    anna, bert = a_payer(100), a_payer()
    transfer("one", anna.id, bert.id, yuan(10), "", proof_of(anna.id))
    for amount, note in ((yuan(11), ""), (yuan(10), "more")):
        with pytest.raises(KeyBodyDiffers) as refused:
            transfer("one", anna.id, bert.id, amount, note, proof_of(anna.id))
        assert refused.value.status == 422
    assert (has(anna), PersonTransfer.objects.count()) == ("90.00", 1)


def test_l03_fifty_twins_of_one_key_are_one_posting(fresh_database: FreshDatabase) -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    twin = to_pay(anna, asked, key="one")
    answers = fresh_database.at_once(lambda: pay(twin), times=50)
    done = [answer for answer in answers if isinstance(answer, Paid)]
    busy = [answer for answer in answers if isinstance(answer, KeyInFlight)]
    assert len(done) + len(busy) == 50, [answer for answer in answers if not isinstance(answer, Paid | Refusal)]
    assert sum(not answer.replayed for answer in done) == 1
    assert len({json.dumps(answer.body) for answer in done}) == 1
    assert (Payment.objects.count(), has(anna)) == (1, "62.00")
    assert books_are_true()
