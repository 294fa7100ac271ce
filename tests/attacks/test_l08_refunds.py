"""L08: refund twice in parallel; more than was paid; a refund of a refund. A hundred parallel refunds give one posting."""

from __future__ import annotations

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import a_key, a_payer, a_payment, a_shop, books_are_true, has, the_payment
from walletdesk.foundation.idempotency.public import KeyInFlight
from walletdesk.money.refunds.errors import RefundExceedsPayment, RefundOfRefund
from walletdesk.money.refunds.models import Refund
from walletdesk.money.refunds.public import Refunded, RefundIntent, refund_once


def test_l08_a_hundred_parallel_refunds_of_one_payment_are_one_posting(fresh_database: FreshDatabase) -> None:
    anna = a_payer(100)
    paid = a_payment(anna, a_shop())
    answers = fresh_database.at_once(
        lambda: refund_once(RefundIntent(a_key(), paid.id, paid.amount.minor, "merchant")), times=100
    )
    assert sum(isinstance(answer, Refunded) for answer in answers) == 1
    assert sum(isinstance(answer, RefundExceedsPayment) for answer in answers) == 99, answers
    assert (Refund.objects.count(), has(anna), the_payment(paid.id).state) == (1, "100.00", "refunded")
    assert books_are_true()


def test_l08_a_hundred_twins_of_one_refund_are_one_posting(fresh_database: FreshDatabase) -> None:
    anna = a_payer(100)
    paid = a_payment(anna, a_shop())
    answers = fresh_database.at_once(lambda: refund_once(RefundIntent("one key", paid.id, 1000, "merchant")), times=3)
    assert {getattr(answer, "code", "") for answer in answers} == {"idempotency_key_malformed"}
    answers = fresh_database.at_once(lambda: refund_once(RefundIntent("one", paid.id, 1000, "merchant")), times=100)
    done = [answer for answer in answers if isinstance(answer, Refunded)]
    assert sum(not answer.replayed for answer in done) == 1
    assert all(isinstance(answer, Refunded | KeyInFlight) for answer in answers), answers
    assert (Refund.objects.count(), has(anna)) == (1, "72.00")
    assert books_are_true()


def test_l08_many_small_refunds_at_once_never_exceed_the_payment(fresh_database: FreshDatabase) -> None:
    anna = a_payer(100)
    paid = a_payment(anna, a_shop(), "10.00")
    answers = fresh_database.at_once(lambda: refund_once(RefundIntent(a_key(), paid.id, 300, "merchant")), times=20)
    assert sum(isinstance(answer, Refunded) for answer in answers) == 3
    assert the_payment(paid.id).refunded.plain == "9.00"
    assert books_are_true()


@pytest.mark.django_db
def test_l08_more_than_was_paid_and_a_refund_of_a_refund() -> None:
    paid = a_payment()
    with pytest.raises(RefundExceedsPayment) as much:
        refund_once(RefundIntent(a_key(), paid.id, paid.amount.minor + 1, "merchant"))
    assert much.value.status == 422
    made = refund_once(RefundIntent(a_key(), paid.id, paid.amount.minor, "merchant"))
    with pytest.raises(RefundOfRefund) as again:
        refund_once(RefundIntent(a_key(), made.refund_id, 1, "merchant"))
    assert again.value.status == 422
