"""Which events there are: each of the list happens once in a shop's and a customer's day, and says what a GET would say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.factories import holding, money
from tests.factories.service import a_desk, in_hand
from tests.factories.webhooks import a_line, a_listener, everything_is_written, owner_of
from walletdesk.foundation.amount.public import XTS, Amount
from walletdesk.money.agreements.public import agreement, end_agreement
from walletdesk.money.merchants import public as merchants
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments import public as payments
from walletdesk.money.payments.public import (
    CancelTransferIntent,
    CaptureIntent,
    PayIntent,
    VoidIntent,
    cancel_order,
    cancel_transfer,
    capture,
    pay,
    transfer,
    void,
)
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.service.cases.public import case, close_case, open_case, the_agent, the_customer, the_merchant
from walletdesk.service.conversations.public import say
from walletdesk.service.webhooks import happenings
from walletdesk.service.webhooks.public import EVENT_TYPES, case_shape, events_of, send_due_webhooks
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


def told(whom: MerchantView | CustomerView) -> list[dict[str, Any]]:
    everything_is_written()
    return [json.loads(one.body) for one in events_of(owner_of(whom))]


def types(whom: MerchantView | CustomerView) -> list[str]:
    return [one["type"] for one in told(whom)]


@pytest.fixture
def shop() -> MerchantView:
    return money.a_shop()


@pytest.fixture
def lin() -> CustomerView:
    return money.a_payer(1000)


@pytest.fixture(autouse=True)
def listening(shop: MerchantView, lin: CustomerView) -> Any:
    with a_line() as there:
        a_listener(shop, there)
        a_listener(lin, there)
        yield there


def test_an_order_is_made_and_taken_back(shop: MerchantView) -> None:
    order = money.an_order(shop)
    everything_is_written()
    cancel_order(order.id, shop.id)
    created, cancelled = told(shop)
    assert [created["type"], cancelled["type"]] == ["order.created", "order.cancelled"]
    assert (created["object"]["state"], cancelled["object"]["state"]) == ("waiting", "cancelled")


def test_a_payment_is_held_and_captured_or_voided(shop: MerchantView, lin: CustomerView) -> None:
    kept, let_go = holding.a_hold(lin, shop), holding.a_hold(lin, shop, "9.00")
    capture(CaptureIntent(money.a_key(), kept.id, shop.id))
    void(VoidIntent(money.a_key(), let_go.id, shop.id))
    of_shop = [one for one in told(shop) if one["type"].startswith("payment.")]
    assert [one["type"] for one in of_shop] == [
        "payment.authorised",
        "payment.authorised",
        "payment.captured",
        "payment.voided",
    ]
    assert {one["object"]["id"] for one in of_shop} == {str(kept.id), str(let_go.id)}
    assert of_shop[-1]["object"]["state"] == "voided"
    assert [one["type"] for one in told(lin)] == [one["type"] for one in of_shop]
    assert str(lin.id) not in json.dumps(of_shop)


def test_money_goes_back(shop: MerchantView, lin: CustomerView) -> None:
    paid = money.a_payment(lin, shop)
    refund_once(RefundIntent(money.a_key(), paid.id, 800, "merchant", None, "one roll too many", merchant_id=shop.id))
    (of_shop,) = [one for one in told(shop) if one["type"] == "refund.posted"]
    (of_lin,) = [one for one in told(lin) if one["type"] == "refund.posted"]
    assert of_shop["object"]["amount"] == {"minor": 800, "asset": "CNY"}
    assert of_shop["object"]["payment_id"] == str(paid.id)
    assert "fee_back" in of_shop["object"]
    assert "fee_back" not in of_lin["object"]


def test_money_goes_from_one_to_another_now_and_not_later(lin: CustomerView, listening: Any) -> None:
    wang = money.a_payer(0, name="王明")
    a_listener(wang, listening)
    transfer(money.a_key(), lin.id, wang.id, money.yuan(20), "lunch", money.proof_of(lin.id))
    planned = holding.a_later_transfer(lin, wang, 30)
    cancel_transfer(CancelTransferIntent(money.a_key(), planned.id, lin.id))
    assert types(lin) == ["transfer.made", "transfer.cancelled"]
    (received,) = told(wang)
    assert (received["type"], received["object"]["direction"]) == ("transfer.made", "received")
    assert told(lin)[0]["object"]["direction"] == "sent"


def test_an_agreement_begins_and_ends(shop: MerchantView, lin: CustomerView) -> None:
    agreed = holding.an_agreement(lin, shop)
    end_agreement(agreed.id, customer_id=lin.id)
    assert types(shop) == types(lin) == ["agreement.accepted", "agreement.ended"]
    assert told(shop)[1]["object"]["ended_by"] == "customer"


def test_a_case_is_opened_spoken_about_and_closed(shop: MerchantView, lin: CustomerView) -> None:
    desk, paid = a_desk(), money.a_payment(lin, shop)
    opened = open_case("refund_request", lin.id, [paid.id])
    agent = the_agent(desk.zhou.id, "1024", "周岚", "Zhou Lan")
    say(opened.id, the_customer(lin.id), "The bread was stale")
    say(opened.id, agent, "We ask the shop", to="customer")
    say(opened.id, the_merchant(shop.id, "青禾", "Qinghe"), "It was fresh")
    say(opened.id, agent, "A note of ours", staff_only=True)
    everything_is_written()
    story = type("Story", (), {"case": opened, "lin": lin})
    in_hand(story, desk.zhou)
    close_case(desk.zhou.id, opened.id, "settled between the two")
    of_shop = [one for one in told(shop) if one["type"].startswith("case.")]
    of_lin = [one for one in told(lin) if one["type"].startswith("case.")]
    assert [one["type"] for one in of_shop] == ["case.opened", "case.message", "case.closed"]
    assert [one["type"] for one in of_lin] == ["case.opened", "case.message", "case.message", "case.closed"]
    assert [one["object"]["text"] for one in of_shop if "text" in one["object"]] == ["It was fresh"]
    assert "A note of ours" not in json.dumps(told(shop) + told(lin))
    assert of_shop[-1]["object"] == json.loads(json.dumps(case_shape(case(opened.id), "merchant")))


def test_a_twin_speaks_in_test_mode_and_the_shop_hears_nothing_of_it(shop: MerchantView, listening: Any) -> None:
    twin = merchants.test_twin(shop.id)
    tester = payments.test_customers(twin.id)[0]
    made, _ = a_listener(twin, listening)
    assert made.mode == "test"
    before = len(told(shop))
    order = money.an_order(twin, Amount(500, XTS))
    agreed = agreement(tester.agreement_id)
    assert agreed is not None
    pay(PayIntent(money.a_key(), tester.customer_id, order.id, holding.by(agreed)))
    assert {one["mode"] for one in told(twin)} == {"test"}
    assert types(twin) == ["order.created", "payment.captured"]
    assert len(told(shop)) == before


def test_every_event_of_the_list_can_happen() -> None:
    """The stories above, taken together: a type that no fact makes would be a promise that nobody keeps."""
    written = Path(happenings.__file__).read_text()
    assert [one for one in EVENT_TYPES if f'"{one}"' not in written] == []


def test_they_all_arrive(shop: MerchantView, lin: CustomerView, listening: Any) -> None:
    holding.an_agreement(lin, shop)
    money.a_payment(lin, shop)
    everything_is_written()
    assert send_due_webhooks() == 5
    assert len(listening.heard) == 5
