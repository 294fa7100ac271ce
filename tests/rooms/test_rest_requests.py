"""``GET /v1/requests/{key}``: what somebody hears who lost an answer, while it is being decided and afterwards."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from tests.databases import FreshDatabase
from tests.factories.api import Answered, Api, a_key_of, asked
from tests.factories.money import a_payer, a_shop, has
from tests.rooms.test_rest_api import an_agreement, an_order
from walletdesk.doors.rest_api import lane, lanes
from walletdesk.doors.rest_api.app import RestApi
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.refusals import NotNow
from walletdesk.doors.rest_api.threads import WAITING_AT_MOST
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.idempotency.models import IdempotencyKey
from walletdesk.foundation.idempotency.public import KeyClaim, any_in_flight, claim, release_many

SHAPE = {"state", "idempotency_key", "route", "status", "answer", "money"}


@pytest.mark.django_db
def test_one_shape_whatever_was_asked() -> None:
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    body = {"agreement_id": an_agreement(api, secret, lin.id)}
    caps = {"minor": 500, "asset": "CNY"}
    until = (now() + timedelta(days=3)).isoformat()
    terms = {"title": "x", "max_single": caps, "max_day": caps, "valid_until": until}
    said: list[tuple[str, str, Answered]] = [
        ("orders.create", "", api.post("/v1/orders", {"amount": caps}, key=secret, once="k-0")),
        ("agreements.propose", "", api.post("/v1/agreements", terms, key=secret, once="k-1")),
        ("holds.create", "Set aside", api.post("/v1/holds", body | _order(api, secret), key=secret, once="k-2")),
        ("payments.create", "Paid", api.post("/v1/payments", body | _order(api, secret), key=secret, once="k-3")),
        ("payments.create", "Set aside", _post_hold(api, secret, body, "k-4")),
    ]
    money = {"amount": {"minor": 5, "asset": "CNY"}}
    paid, held = said[3][2].json["id"], said[4][2].json["id"]
    said.append(("payments.refund", "Back", api.post(f"/v1/payments/{paid}/refunds", money, key=secret, once="k-5")))
    said.append(("payments.void", "No longer", api.post(f"/v1/payments/{held}/void", key=secret, once="k-6")))
    for place, (operation, words, answer) in enumerate(said):
        found = api.get(f"/v1/requests/k-{place}", key=secret).json
        assert set(found) == SHAPE
        assert (found["state"], found["route"], found["status"]) == ("done", operation, answer.status)
        assert found["answer"] == answer.json, operation
        assert found["money"]["en"].startswith(words or "This moves no money") and found["money"]["zh"]
    nothing = api.get("/v1/requests/never", key=secret).json
    assert set(nothing) == SHAPE and nothing["state"] == "none" and "Nothing" in nothing["money"]["en"]


def _order(api: Api, secret: str) -> dict[str, Any]:
    return {"order_id": an_order(api, secret).json["id"]}


def _post_hold(api: Api, secret: str, body: dict[str, Any], key: str) -> Answered:
    return api.post("/v1/payments", body | _order(api, secret) | {"capture": False}, key=secret, once=key)


@pytest.mark.django_db
def test_a_key_that_was_used_for_several_operations_is_told_apart() -> None:
    api, shop = Api(), a_shop()
    _, secret = a_key_of("merchant", shop.id)
    made = api.post("/v1/orders", {"amount": {"minor": 5, "asset": "CNY"}}, key=secret, once="till-1")
    ask = "/v1/requests/till-1?operation="
    assert api.get(f"{ask}orders.create", key=secret).json["answer"] == made.json
    assert api.get(f"{ask}payments.create", key=secret).json["state"] == "none"
    assert (api.get(f"{ask}wishing", key=secret).code, api.get(f"{ask}orders.get", key=secret).status) == (
        "parameter_unusable",
        422,
    )


def test_a_key_in_another_transaction_is_in_flight_and_the_question_leaves_nothing(
    fresh_database: FreshDatabase,
) -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id)
    claimed, go_on = threading.Event(), threading.Event()
    one = KeyClaim(f"merchant:{shop.id}", "v1.orders", "till-1", "0" * 64)

    def somebody_else() -> None:
        with transaction.atomic():
            claim(one)
            claimed.set()
            assert go_on.wait(30)
            release_many([one])

    def question() -> dict[str, Any]:
        assert claimed.wait(30)
        try:
            answer = Api().get("/v1/requests/till-1", key=secret)
            assert answer.headers["retry-after"] == "1"
            return dict(answer.json)
        finally:
            go_on.set()

    _, heard = fresh_database.at_once(somebody_else, question)
    assert (heard["state"], heard["route"]) == ("in_flight", "orders.create")
    assert Api().get("/v1/requests/till-1", key=secret).json["state"] == "none"
    assert any_in_flight(one.caller, [one.route], one.key) is None and not IdempotencyKey.objects.exists()


def test_what_waits_in_a_lane_is_in_flight_and_then_done(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    body = {"agreement_id": an_agreement(api, secret, lin.id)} | _order(api, secret)
    real, taken, go_on = lanes.pay_many, threading.Event(), threading.Event()

    def slow(intents: Any) -> Any:
        taken.set()
        assert go_on.wait(30)
        return real(intents)

    monkeypatch.setattr(lanes, "pay_many", slow)
    house = House(rate="10000/1")
    app = RestApi(house)

    async def ask_meanwhile() -> tuple[dict[str, Any], Answered, dict[str, Any]]:
        async with house.open():
            paying = asyncio.ensure_future(asked(app, "POST", "/v1/payments", body, key=secret, once="p-1"))
            await asyncio.to_thread(taken.wait, 30)
            during = await asked(app, "GET", "/v1/requests/p-1", key=secret)
            go_on.set()
            paid = await paying
            return during.json, paid, (await asked(app, "GET", "/v1/requests/p-1", key=secret)).json

    during, paid, after = asyncio.run(ask_meanwhile())
    assert (during["state"], during["route"], during["answer"]) == ("in_flight", "payments.create", None)
    assert (after["state"], after["answer"]) == ("done", paid.json)
    assert has(lin) == "962.00"


def test_slow_reads_that_hold_every_thread_turn_no_payment_away(fresh_database: FreshDatabase) -> None:
    """Whose key it is and how often it came is asked by threads of their own."""
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    body = {"agreement_id": an_agreement(api, secret, lin.id)} | _order(api, secret)
    house, go_on = House(rate="10000/1"), threading.Event()
    app = RestApi(house)

    async def pay_meanwhile() -> tuple[Answered, Answered]:
        async with house.open():
            reads = [asyncio.ensure_future(house.pool.do(lambda: go_on.wait(30))) for _ in range(WAITING_AT_MOST)]
            await asyncio.sleep(0)
            try:
                paid = await asyncio.wait_for(asked(app, "POST", "/v1/payments", body, key=secret, once="p-1"), 20)
                refused = await asked(app, "GET", "/v1/merchant", key=secret)
            finally:
                go_on.set()
                await asyncio.gather(*reads)
            return paid, refused

    paid, refused = asyncio.run(pay_meanwhile())
    assert (paid.status, has(lin)) == (201, "962.00")
    assert (refused.status, refused.code) == (503, "not_now"), "one more slow read is one too many"


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["ring", "callers", "nobody"])
def test_who_cannot_be_counted_now_is_told_not_now(whose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: object) -> None:
        raise NotNow(retry_after=1)

    api, (_, secret) = Api(), a_key_of("merchant", a_shop().id)
    monkeypatch.setattr(getattr(api.house, whose), "_pool", SimpleNamespace(do=full))
    answer = api.get("/v1/contacts" if whose == "nobody" else "/v1/merchant", key=secret)
    assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "not_now", "1")


def test_an_unknown_outcome_names_where_to_ask(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for a key with signs that mean something in an address."""
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    body = {"agreement_id": an_agreement(api, secret, lin.id)} | _order(api, secret)
    monkeypatch.setattr(lane, "PATIENCE", 0.05)
    monkeypatch.setattr(lane, "LOOKED_AFTER_EVERY", 0.05)
    real, go_on = lanes.pay_many, threading.Event()
    monkeypatch.setattr(lanes, "pay_many", lambda intents: (go_on.wait(30), real(intents))[1])
    house = House(rate="10000/1")
    app = RestApi(house)

    async def lose() -> Answered:
        async with house.open():
            lost = await asked(app, "POST", "/v1/payments", body, key=secret, once="a/b?c#1%")
            go_on.set()
            return lost

    lost = asyncio.run(lose())
    assert lost.json == {
        "state": "unknown",
        "status_url": "/v1/requests/a%2Fb%3Fc%231%25?operation=payments.create",
    }
    found = _by_raw_path(secret)
    assert found["state"] == "done"


def _by_raw_path(secret: str) -> dict[str, Any]:
    """As a server hands it over: the path decoded, the parameters apart."""
    headers = {"authorization": f"Bearer {secret}", "host": "localhost"}
    return dict(Api().sent("GET", "/v1/requests/a/b?c#1%", "operation=payments.create", headers, [b""]).json)
