"""Charged twice, in the database: found whatever order the news arrives in, told once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.factories.money import a_key, a_payer, a_shop, an_order, pay, the_payment, to_pay
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.models import Event
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.handlers import on_payment_captured
from walletdesk.money.payments.public import PaymentCaptured, PaymentView, activity, duplicate_pairs
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-05-19T12:41:07+08:00")


def bought(payer: CustomerView, shop: MerchantView, seconds: float, reference: str = "QH-0519-0832") -> PaymentView:
    with at(NOON + timedelta(seconds=seconds)):
        return the_payment(pay(to_pay(payer, an_order(shop, "38.00", reference))))


def heard(*paid: PaymentView) -> None:
    on_payment_captured(
        [
            PaymentCaptured(
                p.id,
                p.customer_id,
                p.merchant_id,
                p.order_id,
                p.order_reference,
                p.receipt_number,
                p.amount.minor,
                "CNY",
                p.captured_at,
            )
            for p in paid
        ]
    )


def told() -> int:
    return Event.objects.filter(fact="duplicate_suspected").count()


def test_the_bakery_charges_twice_and_it_is_found() -> None:
    anna, shop = a_payer(100), a_shop()
    first, second = bought(anna, shop, 0), bought(anna, shop, 12)
    heard(first, second)
    assert the_payment(second.id).duplicate_of == first.id
    assert the_payment(first.id).duplicate_of is None
    (pair,) = duplicate_pairs([first.id])
    assert (pair.second_payment_id, pair.reason, pair.confidence, pair.seconds_apart) == (
        second.id,
        "same_reference",
        98,
        12,
    )
    assert activity(anna.id, kind="payment").rows[0].case_hint == "duplicate_charge"
    assert told() == 1


@pytest.mark.parametrize("order", ["first then second", "second then first", "each twice", "together twice"])
def test_it_is_told_once_in_whatever_order_the_news_arrives(order: str) -> None:
    anna, shop = a_payer(100), a_shop()
    first, second = bought(anna, shop, 0), bought(anna, shop, 12)
    for news in {
        "first then second": [[first], [second]],
        "second then first": [[second], [first]],
        "each twice": [[first], [second], [first], [second]],
        "together twice": [[first, second], [first, second]],
    }[order]:
        heard(*news)
    assert told() == 1
    assert the_payment(second.id).duplicate_of == first.id


def test_three_charges_are_two_suspicions_against_the_first() -> None:
    anna, shop = a_payer(200), a_shop()
    first, second, third = (bought(anna, shop, seconds) for seconds in (0, 12, 40))
    heard(third)
    heard(first, second)
    assert the_payment(second.id).duplicate_of == the_payment(third.id).duplicate_of == first.id
    assert told() == 2


def test_honest_purchases_are_left_alone() -> None:
    anna, bert, shop = a_payer(500), a_payer(100), a_shop()
    paid = [
        bought(anna, shop, 0, "A-1"),
        bought(anna, shop, 12, "A-2"),
        bought(bert, shop, 20, "A-1"),
        bought(anna, a_shop(), 30, "A-1"),
        bought(anna, shop, 3600, ""),
        bought(anna, shop, 7200, ""),
    ]
    heard(*paid)
    assert told() == 0


def test_a_purchase_that_was_paid_back_may_be_made_again() -> None:
    anna, shop = a_payer(100), a_shop()
    first = bought(anna, shop, 0)
    refund_once(RefundIntent(a_key(), first.id, first.amount.minor, "merchant"))
    second = bought(anna, shop, 60)
    heard(first, second)
    assert told() == 0


def test_the_window_without_a_number_comes_from_the_profile() -> None:
    from walletdesk.foundation.profiles.public import set_value

    anna, shop = a_payer(200), a_shop()
    paid = [bought(anna, shop, 0, ""), bought(anna, shop, 300, "")]
    set_value("duplicate.window_seconds", 120, now(), "a test")
    heard(*paid)
    assert told() == 0
