"""O01, O02 through ``/v1``: whatever is another's is not found, in the same words as what does not exist."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.factories.api import Api, a_key_of
from tests.factories.money import a_payer, a_payment, a_shop
from tests.rooms.test_rest_api import an_agreement, an_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Any:
    """Lin and her shop with one of each thing; Mei, another customer, and another shop, who want them."""
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, till = a_key_of("merchant", shop.id)
    agreement = an_agreement(api, till, lin.id)
    order = an_order(api, till).json["id"]
    paid = a_payment(lin, shop, "38.00")
    money = {"minor": 100, "asset": "CNY"}
    refund = api.post(f"/v1/payments/{paid.id}/refunds", {"amount": money}, key=till, once="r").json["id"]
    held = an_order(api, till).json["id"]
    hold = api.post("/v1/holds", {"order_id": held, "agreement_id": agreement}, key=till, once="h").json["id"]
    webhook = api.post("/v1/webhooks", {"url": "https://hooks.qinghe.com/x"}, key=till).json["id"]
    _, own = a_key_of("customer", lin.id)
    wallet = api.get("/v1/wallets", key=own).json["data"][0]["id"]
    case = api.post("/v1/cases", {"kind": "question", "text": "?", "payment_ids": []}, key=own).json["reference"]
    things = {
        "order": order,
        "agreement": agreement,
        "payment": str(paid.id),
        "refund": refund,
        "hold": hold,
        "webhook": webhook,
        "wallet": wallet,
        "case": case,
    }
    strangers = [
        a_key_of("merchant", a_shop("青竹", "Bamboo").id)[1],
        a_key_of("customer", a_payer(10, name="梅").id)[1],
    ]
    return api, things, strangers


READS = [
    ("wallet", "/v1/wallets/{}"),
    ("order", "/v1/orders/{}"),
    ("order", "/v1/orders/{}/qr"),
    ("agreement", "/v1/agreements/{}"),
    ("payment", "/v1/payments/{}"),
    ("hold", "/v1/holds/{}"),
    ("refund", "/v1/refunds/{}"),
    ("case", "/v1/cases/{}"),
    ("webhook", "/v1/webhooks/{}"),
    ("webhook", "/v1/webhooks/{}/deliveries"),
]
ACTS = [
    ("order", "/v1/orders/{}/cancel", {}),
    ("agreement", "/v1/agreements/{}/end", {}),
    ("hold", "/v1/payments/{}/capture", {}),
    ("hold", "/v1/payments/{}/void", {}),
    ("payment", "/v1/payments/{}/refunds", {"amount": {"minor": 1, "asset": "CNY"}}),
    ("case", "/v1/cases/{}/messages", {"text": "let me in"}),
    ("webhook", "/v1/webhooks/{}/rotate", {}),
    ("webhook", "/v1/webhooks/{}/test", {}),
]


@pytest.mark.parametrize(("thing", "path"), READS)
def test_o01_another_does_not_find_it(world: Any, thing: str, path: str) -> None:
    api, things, strangers = world
    for stranger in strangers:
        answer = api.get(path.format(things[thing]), key=stranger)
        assert answer.status in (403, 404), path
        if answer.status == 404:
            nobody = things[thing][:-1] + "0" if thing == "case" else str(uuid4())
            nothing = api.get(path.format(nobody), key=stranger)
            assert (nothing.status, nothing.code) == (404, answer.code), "the same answer as for what does not exist"
            assert {**nothing.json, "instance": ""} == {**answer.json, "instance": ""}
        else:
            assert answer.code in ("api_key_scope_missing", "not_for_this_owner")


@pytest.mark.parametrize(("thing", "path", "body"), ACTS)
def test_o01_another_cannot_act_on_it(world: Any, thing: str, path: str, body: dict[str, Any]) -> None:
    api, things, strangers = world
    for number, stranger in enumerate(strangers):
        answer = api.post(path.format(things[thing]), body, key=stranger, once=f"x-{number}")
        assert answer.status in (403, 404), (path, answer.json)


def test_o02_a_shop_pays_with_its_own_agreement_and_its_own_orders_only(world: Any) -> None:
    api, things, (bamboo, _) = world
    body = {"order_id": things["order"], "agreement_id": things["agreement"]}
    assert api.post("/v1/payments", body, key=bamboo, once="p").code == "agreement_not_found"
    own_order = an_order(api, bamboo).json["id"]
    assert api.post("/v1/payments", {**body, "order_id": own_order}, key=bamboo, once="q").code == "agreement_not_found"


def test_o01_lists_hold_nothing_of_others(world: Any) -> None:
    api, _, strangers = world
    for path in (
        "/v1/orders",
        "/v1/payments",
        "/v1/holds",
        "/v1/agreements",
        "/v1/cases",
        "/v1/events",
        "/v1/webhooks",
    ):
        for stranger in strangers:
            answer = api.get(path, key=stranger)
            assert answer.status == 403 or answer.json["data"] == [], path


def test_o03_ids_say_nothing_and_cursors_open_nothing(world: Any) -> None:
    api, _, (bamboo, _) = world
    for number in range(3):
        an_order(api, bamboo, 100 + number)
    page = api.get("/v1/orders?limit=1", key=bamboo).json
    _, other = a_key_of("merchant", a_shop("三", "Third").id)
    assert api.get(f"/v1/orders?cursor={page['next_cursor']}", key=other).json["data"] == []
