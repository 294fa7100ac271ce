"""Both clients over a real wire, before a server that behaves badly: each story is told to the waiting and to the awaited one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.moody_api import MoodyApi, answer, hang_up, moody_api
from walletdesk.client import (
    AsyncWalletdesk,
    Conflict,
    Money,
    NoAnswer,
    OutcomeUnknown,
    Patience,
    Problem,
    Told,
    UnreadableAnswer,
    Walletdesk,
)

SECRET = "wdk_test_7n42DGM5Tflk9n8mt7Fhc7_kZ3aaaaaaaaaaaaaaaaaaaaaaaaaaaQ7b"
QUICK = Patience(tries=4, first=0.001, longest=0.002)
ORDER = {
    "id": "01a4",
    "merchant_id": "01b5",
    "reference": "A-1",
    "state": "waiting",
    "amount": {"minor": 3800, "asset": "XTS"},
    "note": "",
    "code": "00020101…",
    "payment_id": None,
    "receipt_number": None,
    "created_at": "2026-11-22T08:00:00Z",
    "expires_at": "2026-11-22T08:15:00Z",
    "ended_at": None,
    "of_a_newer_api": {"is": "passed over"},
}
NOT_ENOUGH = {
    "code": "not_enough_money",
    "title": "Not enough money",
    "money": "Your money has not moved",
    "data": {"x": 1},
}

Act = Callable[[Any], Any]


def waiting(api: MoodyApi, act: Act, **more: Any) -> Any:
    with Walletdesk(SECRET, api.url, patience=QUICK, **more) as shop:
        done = act(shop)
        return list(done) if hasattr(done, "__iter__") and not isinstance(done, bytes) else done


def awaited(api: MoodyApi, act: Act, **more: Any) -> Any:
    async def run() -> Any:
        async with AsyncWalletdesk(SECRET, api.url, patience=QUICK, **more) as shop:
            done = act(shop)
            return [one async for one in done] if hasattr(done, "__aiter__") else await done

    return asyncio.run(run())


both = pytest.mark.parametrize("told", [waiting, awaited])


def sell(shop: Any) -> Any:
    return shop.orders.create(Money(3800, "XTS"), reference="A-1", key="sale-1")


@both
def test_a_sale_survives_a_lost_answer_and_a_busy_house(told: Any) -> None:
    finished: list[Told] = []
    replay = answer(201, ORDER, idempotent_replayed="true", request_id="01c6")
    with moody_api(hang_up, answer(503, {"code": "not_now"}, retry_after=0), replay) as api:
        order = told(api, sell, on_answer=finished.append)
    assert (order.id, order.state, order.amount, order.created_at.tzname()) == (
        "01a4",
        "waiting",
        Money(3800, "XTS"),
        "UTC",
    )
    assert len({(one.headers["idempotency-key"], one.body) for one in api.heard}) == 1
    assert finished == [Told("POST", "/orders", 201, 3, "01c6", True)]


@both
def test_every_request_says_who_asks_and_in_which_language(told: Any) -> None:
    with moody_api(answer(200, ORDER)) as api:
        told(api, lambda shop: shop.orders.get("01a4"), language="zh-CN")
    (one,) = api.heard
    assert (one.method, one.target) == ("GET", "/v1/orders/01a4")
    assert one.headers["authorization"] == f"Bearer {SECRET}"
    assert one.headers["accept-language"] == "zh-CN"
    assert one.headers["user-agent"].startswith("walletdesk-client/")
    assert "idempotency-key" not in one.headers


@both
def test_a_refusal_arrives_with_its_code_and_its_sentences(told: Any) -> None:
    with moody_api(answer(409, NOT_ENOUGH, request_id="01c6")) as api, pytest.raises(Conflict) as refused:
        told(api, sell)
    error = refused.value
    assert (error.code, error.money, error.data, error.request_id, error.key) == (
        "not_enough_money",
        "Your money has not moved",
        {"x": 1},
        "01c6",
        "sale-1",
    )
    assert len(api.heard) == 1


@both
def test_nobody_answers_and_the_client_does_not_guess(told: Any) -> None:
    with moody_api(hang_up) as api:
        with pytest.raises(OutcomeUnknown) as unknown:
            told(api, sell)
        with pytest.raises(NoAnswer):
            told(api, lambda shop: shop.orders.get("01a4"))
    assert unknown.value.key == "sale-1"
    assert len(api.heard) == 8


@both
def test_an_answer_that_cannot_be_unpacked_is_a_lost_one(told: Any) -> None:
    broken = answer(201, b"no gzip at all", content_encoding="gzip")
    with moody_api(broken, broken, answer(201, ORDER, idempotent_replayed="true")) as api:
        assert told(api, sell).id == "01a4"
    with moody_api(broken) as api, pytest.raises(OutcomeUnknown):
        told(api, sell)


@both
def test_nobody_is_there_at_all(told: Any) -> None:
    with moody_api(hang_up) as api:
        pass
    with pytest.raises(NoAnswer):
        told(api, sell)


@both
def test_a_list_is_walked_through_page_by_page(told: Any) -> None:
    first = answer(200, {"data": [ORDER | {"id": "1"}, ORDER | {"id": "2"}], "next_cursor": "a+b/c="})
    with moody_api(first, answer(200, {"data": [ORDER | {"id": "3"}], "next_cursor": None})) as api:
        found = told(api, lambda shop: shop.orders.list(limit=2))
    assert [one.id for one in found] == ["1", "2", "3"]
    assert [one.target for one in api.heard] == ["/v1/orders?limit=2", "/v1/orders?limit=2&cursor=a%2Bb%2Fc%3D"]


@both
def test_a_feed_is_read_to_where_it_ends_today(told: Any) -> None:
    event = {"id": "1", "type": "order.created", "occurred_at": "2026-11-22T08:00:00Z", "mode": "test", "object": {}}
    with moody_api(
        answer(200, {"data": [event], "next_cursor": "7"}), answer(200, {"data": [], "next_cursor": "7"})
    ) as api:
        assert len(told(api, lambda shop: shop.events.list())) == 1
    assert len(api.heard) == 2


@both
def test_a_redirect_is_not_followed_with_the_key(told: Any) -> None:
    with (
        moody_api(answer(200, ORDER)) as elsewhere,
        moody_api(answer(302, location=elsewhere.url)) as api,
        pytest.raises(Problem, match="302"),
    ):
        told(api, lambda shop: shop.orders.get("01a4"))
    assert elsewhere.heard == []


@both
def test_an_answer_in_other_words_is_said_to_be_one(told: Any) -> None:
    with moody_api(answer(200, b"<html>Welcome to the hotel</html>")) as api, pytest.raises(UnreadableAnswer):
        told(api, lambda shop: shop.orders.get("01a4"))


@both
def test_a_picture_is_bytes_and_nothing_is_none(told: Any) -> None:
    with moody_api(answer(200, b"<svg/>"), answer(204)) as api:
        assert told(api, lambda shop: shop.orders.qr_svg("01a4")) == b"<svg/>"
        assert told(api, lambda shop: shop.webhooks.remove("01a4")) is None
    assert api.heard[0].headers["accept"].startswith("image/svg+xml")


@both
def test_the_secret_stands_in_no_log(told: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with moody_api(hang_up, answer(201, ORDER)) as api:
        told(api, sell)
    assert caplog.records
    assert SECRET not in caplog.text
