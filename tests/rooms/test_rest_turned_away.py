"""Who comes to a full lane hears 503 before anything of theirs is read, and may come again with the same key."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.databases import FreshDatabase
from tests.factories.api import Answered, Api, a_key_of
from tests.factories.holding import an_agreement
from tests.factories.money import a_payer, a_shop, an_order
from walletdesk.doors.rest_api.problem import problem
from walletdesk.doors.rest_api.refusals import NotNow
from walletdesk.money.payments.models import Payment
from walletdesk.trust.api_keys.models import ApiRequest

IN_LANES = ("/v1/payments", "/v1/transfers")


def full(monkeypatch: pytest.MonkeyPatch, api: Api, wait: int = 4) -> None:
    for lane in (api.house.lanes.pay, api.house.lanes.transfer):
        monkeypatch.setattr(lane, "let_in", lambda: wait)


def nothing_is_read(api: Api, path: str, headers: dict[str, str]) -> Answered:
    """A request whose body never comes."""
    heard: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was asked for")

    async def send(message: Any) -> None:
        heard.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": path, "headers": raw, "query_string": b""}
    asyncio.run(api.app(scope, receive, send))
    start, body = heard
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answered(start["status"], named, body["body"])


@pytest.mark.parametrize("path", IN_LANES)
@pytest.mark.parametrize("language", ["", "zh-CN", "en"])
def test_it_is_the_refusal_that_the_door_gives_and_nothing_is_read(
    monkeypatch: pytest.MonkeyPatch, path: str, language: str
) -> None:
    api = Api()
    full(monkeypatch, api)
    answer = nothing_is_read(api, path, {"authorization": "Bearer none", "accept-language": language})
    number = UUID(answer.headers["request-id"])
    ordinary = problem(NotNow(retry_after=4), "zh-hans" if language.startswith("zh") else "en", number)
    assert (answer.status, answer.headers["retry-after"]) == (503, "4")
    assert (answer.body, answer.headers["content-type"]) == (ordinary.body, ordinary.kind.decode())
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["cache-control"] == "no-store"
    assert number != UUID(nothing_is_read(api, path, {}).headers["request-id"])


def test_the_same_key_pays_once_there_is_room_and_the_quota_is_as_it_was(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, anna = a_shop(), a_payer(100)
    _, secret = a_key_of("merchant", shop.id)
    body = {"order_id": str(an_order(shop).id), "agreement_id": str(an_agreement(anna, shop).id)}
    api = Api(rate="2/1000")
    with monkeypatch.context() as crowd:
        full(crowd, api)
        for _ in range(5):
            refused = api.post("/v1/payments", body, key=secret, once="till-1")
            assert (refused.status, refused.code) == (503, "not_now")
        assert "ratelimit" not in refused.headers
        assert not Payment.objects.exists()
    assert api.post("/v1/payments", body, key=secret, once="till-1").status == 201
    api.house.log.flush()
    assert ApiRequest.objects.count() == 1


def test_what_waits_in_no_lane_is_served_as_ever(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, secret = a_key_of("merchant", a_shop().id)
    api = Api()
    full(monkeypatch, api)
    assert api.get("/v1/payments", key=secret).status == 200
    assert api.post("/v1/payments/none/capture", {}, key=secret, once="till-1").status == 404
    assert api.call("DELETE", "/v1/payments", key=secret).status == 405
