"""C01, C02, C03 through ``/v1``: nothing there but what is described, no secret in a log, no inside in an answer."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.db import OperationalError

from tests.factories.api import Api, a_key_of
from tests.factories.money import a_payer, a_shop
from tests.rooms.test_rest_api import an_agreement, an_order
from walletdesk.doors.rest_api.resources import orders
from walletdesk.trust.api_keys.models import ApiKey, ApiRequest

pytestmark = pytest.mark.django_db
NOWHERE = [
    "/v1", "/v1/", "/v1/admin", "/v1/metrics", "/v1/debug", "/v1/orders/", "/v1//orders", "/v1/../admin", "/v1/openapi.yaml",
    "/v1/docs/", "/v1/keys", "/v1/health/", "/v1/.env", "/v1/orders/1/2/3", "/v1/graphql", "/v2/orders",
]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_c01_there_is_nothing_else(path: str) -> None:
    answer = Api().get(path)
    assert (answer.status, answer.code) == (404, "path_unknown")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["PUT", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "X" * 100])
def test_c01_methods_that_are_not_described_are_405(method: str) -> None:
    answer = Api().call(method, "/v1/orders")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_c01_each_answer_carries_its_guards() -> None:
    _, secret = a_key_of("merchant", a_shop().id)
    for answer in (Api().get("/v1/merchant", key=secret), Api().get("/v1/merchant"), Api().get("/v1/health")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "strict-transport-security" in answer.headers
        assert not {"access-control-allow-origin", "server", "x-powered-by", "set-cookie"} & set(answer.headers)


def test_c01_a_head_is_a_get_without_its_body() -> None:
    _, secret = a_key_of("merchant", a_shop().id)
    answer = Api().call("HEAD", "/v1/merchant", key=secret)
    assert answer.status == 200 and answer.body == b"" and int(answer.headers["content-length"]) > 10


class Ears(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def heard() -> Any:
    root, ears = logging.getLogger(), Ears()
    before = root.level
    root.addHandler(ears)
    root.setLevel(logging.INFO)
    yield ears
    root.removeHandler(ears)
    root.setLevel(before)


def test_c02_no_secret_is_in_a_log_nor_in_a_table(heard: Ears) -> None:
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    agreement = an_agreement(api, secret, lin.id)
    order = an_order(api, secret).json["id"]
    api.post("/v1/payments", {"order_id": order, "agreement_id": agreement}, key=secret, once="p")
    hook = api.post("/v1/webhooks", {"url": "https://hooks.qinghe.com/x"}, key=secret, once="w").json["secret"]
    api.get("/v1/merchant", key=secret[:-1] + "x")
    api.get(f"/v1/orders?cursor={secret}", key=secret)
    api.post("/v1/orders", {"token": secret}, key=secret, once="o")
    api.house.log.flush()
    assert ApiRequest.objects.count() > 5
    kept = [str(row) for table in (ApiRequest, ApiKey) for row in table.objects.values()]
    for word in (secret[-32:], hook):
        assert not [line for line in [*heard.lines, *kept] if word in line], "a cursor and a body are redacted too"


class Breaks(Exception):
    pass


def test_c03_an_error_shows_a_number_and_the_log_has_the_same(heard: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = a_key_of("merchant", a_shop().id)

    def broken(*args: Any, **more: Any) -> None:
        raise Breaks("postgresql://walletdesk_app:hunter2@db/walletdesk")

    monkeypatch.setattr(orders, "orders_of", broken)
    answer = Api().get("/v1/orders", key=secret, headers={"accept-language": "zh"})
    assert (answer.status, answer.code) == (500, "our_fault")
    text = answer.body.decode()
    for word in ("hunter2", "Breaks", "Traceback", "walletdesk_app", "orders.py"):
        assert word not in text
    number = answer.json["data"]["number"]
    assert re.fullmatch(r"[0-9a-f-]{36}", number) and answer.headers["request-id"] == number
    assert any(number in line for line in heard.lines)
    assert "我们这边出了问题" in answer.json["title"]


def test_c03_a_database_that_is_away_is_503_with_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret = a_key_of("merchant", a_shop().id)

    def away(*args: Any, **more: Any) -> None:
        raise OperationalError("connection to server at 10.0.0.3 failed")

    monkeypatch.setattr(orders, "orders_of", away)
    answer = Api().get("/v1/orders", key=secret)
    assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "not_now", "2")
    assert "10.0.0.3" not in answer.body.decode()


def test_a_refusal_is_in_the_language_of_its_reader_and_always_in_both() -> None:
    _, secret = a_key_of("merchant", a_shop().id)
    chinese = Api().post("/v1/orders", {}, key=secret, headers={"accept-language": "en;q=0.3, zh-CN"})
    english = Api().post("/v1/orders", {}, key=secret)
    assert chinese.json["title"] == english.json["words"]["zh"]["what"] == "请求里没有 Idempotency-Key"
    assert chinese.headers["content-language"] == "zh" and english.headers["content-language"] == "en"
    assert english.json["type"] == "/v1/docs#idempotency_key_missing"
    assert set(english.json) >= {"type", "title", "status", "detail", "code", "money", "next", "words", "instance"}
