"""L21, L22 through ``/v1``: what is asked for is text and never a statement; what is too big, too deep, too slow or packed is
refused before it costs anything.
"""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from typing import Any

import pytest

from tests.factories.api import Api, a_key_of, asked
from tests.factories.money import a_payer, a_shop
from walletdesk.doors.rest_api import taking_in
from walletdesk.doors.rest_api.cursors import write_cursor
from walletdesk.money.payments.models import Order

pytestmark = pytest.mark.django_db
INJECTIONS = [
    "' OR 1=1--",
    "1; DROP TABLE payments_order",
    "id) UNION SELECT secret_hash FROM api_key--",
    "%27%20OR%201%3D1",
    "__class__",
    "merchant__ledger_account",
    '{"$gt":""}',
    "\\x00",
    "pg_sleep(9)",
    "${jndi:ldap://x}",
    "../../etc/passwd",
]
INSIDE = ("psycopg", "syntax error", "Traceback", "SELECT", "django", "column", "relation", "line 1")


@pytest.fixture
def till() -> Any:
    api, shop = Api(), a_shop()
    return api, a_key_of("merchant", shop.id)[1]


def says_nothing_of_the_inside(body: bytes) -> None:
    for word in INSIDE:
        assert word not in body.decode(), word


@pytest.mark.parametrize("text", INJECTIONS)
def test_l21_a_statement_in_a_parameter_is_a_bad_request(till: Any, text: str) -> None:
    api, secret = till
    for path in (
        "/v1/orders?cursor=",
        "/v1/orders?limit=",
        "/v1/statements?from=",
        "/v1/orders?order_by=",
        "/v1/orders?",
    ):
        answer = api.get(f"{path}{text.replace('&', '%26').replace('#', '%23')}", key=secret)
        assert answer.status in (400, 422), path
        says_nothing_of_the_inside(answer.body.replace(text.encode(), b""))
    for path in (f"/v1/orders/{text}", f"/v1/cases/{text}", f"/v1/requests/{text}"):
        answer = api.get(path, key=secret)
        assert answer.status in (200, 400, 404, 422)
        says_nothing_of_the_inside(answer.body.replace(text.encode(), b""))


@pytest.mark.parametrize("text", INJECTIONS)
def test_l21_a_statement_in_a_text_is_text(text: str) -> None:
    api, lin = Api(), a_payer(100)
    _, own = a_key_of("customer", lin.id)
    said = api.post("/v1/cases", {"kind": "question", "text": text}, key=own)
    assert said.status == 201
    shown = api.get(f"/v1/cases/{said.json['reference']}", key=own).json
    assert shown["messages"][0]["text"] == text.strip()


@pytest.mark.parametrize("name", ["minor; --", "amount__gt", "note' --", "$where", "amount\\u0000"])
def test_l21_an_unknown_name_in_a_body_is_refused(till: Any, name: str) -> None:
    api, secret = till
    body = f'{{"amount": {{"minor": 5, "asset": "CNY"}}, "{name}": 1}}'.encode()
    answer = api.post("/v1/orders", body, key=secret, once="x")
    assert (answer.status, answer.code) == (422, "body_unusable")
    assert not Order.objects.exists()


NO_ZONE = ["2026-01-01T00:00:00", "01a20b44-d445-716c-b234-dfafe03ee454"]
PLACES = [["x"], {"id": 1}, 17, "not-an-id", None, ["2026-01-01T00:00:00Z", "x"], NO_ZONE]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "path", ["/v1/orders", "/v1/payments", "/v1/cases", "/v1/agreements", "/v1/holds", "/v1/webhooks/1"]
)
def test_l21_a_cursor_that_we_did_not_write_is_400(till: Any, path: str, place: Any) -> None:
    api, secret = till
    answer = api.get(f"{path}?cursor={write_cursor(place)}", key=secret)
    assert answer.code in ("cursor_unusable", "parameter_unusable")
    assert api.get(f"{path}?cursor=%F0%9F", key=secret).status in (400, 422)


@pytest.mark.parametrize("limit", ["1000000", "0", "-1", "201", "1e9", "9" * 400, "", "٣"])
def test_l22_a_page_has_its_size(till: Any, limit: str) -> None:
    api, secret = till
    answer = api.get(f"/v1/orders?limit={limit}", key=secret)
    assert answer.status in (400, 422)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":' * 20_000,
        b"[" * 60_000,
        b'{"amount":' + b'{"minor":' * 6_000 + b"1" + b"}" * 6_001,
        b'"' + b"\\u0041" * 10_000 + b'"',
    ],
)
def test_l22_deep_nesting_costs_nothing(till: Any, raw: bytes) -> None:
    api, secret = till
    assert api.post("/v1/orders", raw, key=secret, once="deep").status in (400, 413, 422)


def test_l22_a_large_body_is_refused_when_it_is_announced_and_when_it_is_not(till: Any) -> None:
    api, secret = till
    announced = api.post("/v1/orders", b"{}", key=secret, once="b", headers={"content-length": str(2**30)})
    assert (announced.status, announced.code) == (413, "body_too_big")
    assert api.post("/v1/orders", b"{}", key=secret, once="b", headers={"content-length": "9" * 40}).status == 413
    assert api.post("/v1/orders", b"{}", key=secret, once="b", headers={"content-length": "-1"}).status == 400

    tracemalloc.start()
    trickled = api.call("POST", "/v1/orders", b"", key=secret, once="b", parts=endless_in_pieces())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert trickled.code == "body_too_big"
    assert most < 50 * 2**20


def endless_in_pieces() -> list[bytes]:
    """A gigabyte as a sender that never ends would send it: the same piece over and over, so that the test holds none."""
    piece = b" " * 2**16
    return [piece] * 2**14


def test_l22_of_a_ticket_that_nobody_gave_out_little_is_read() -> None:
    api, big = Api(), [b" " * 65_536] * 3
    tried = [api.call("POST", "/v1/cases/WD-1/attachments", key="wdk_again_nobody", parts=big) for _ in range(3)]
    assert {answer.status for answer in tried} == {413}, "no request that is sent again is so long"


def test_l22_a_packed_body_is_not_unpacked(till: Any) -> None:
    api, secret = till
    bomb = gzip.compress(b" " * 10**7)
    for packing in ("gzip", "deflate", "br", "gzip, identity", "zstd"):
        answer = api.post("/v1/orders", bomb, key=secret, once="z", headers={"content-encoding": packing})
        assert (answer.status, answer.code) == (415, "body_kind_unknown")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded", ""]
)
def test_l22_only_json_is_read_where_json_is_asked_for(till: Any, kind: str) -> None:
    api, secret = till
    answer = api.post("/v1/orders", b"<x/>", key=secret, once="k", headers={"content-type": kind})
    assert (answer.status, answer.code) == (415, "body_kind_unknown")


def test_l22_a_slow_body_is_408(till: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    api, secret = till
    monkeypatch.setattr(taking_in, "SILENCE_SECONDS", 0.02)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(30)
        raise AssertionError("nobody waits that long")

    async def silent(scope: Any, _: Any, send: Any) -> None:
        await api.app(scope, receive, send)

    answer = asyncio.run(asked(silent, "POST", "/v1/orders", {}, key=secret, once="slow"))
    assert (answer.status, answer.code) == (408, "too_slow")


def test_l22_fifty_parameters_are_too_many(till: Any) -> None:
    api, secret = till
    many = "&".join(f"p{number}=1" for number in range(200))
    assert api.get(f"/v1/orders?{many}", key=secret).status == 400
    assert api.get("/v1/orders?limit=5&limit=6", key=secret).status == 422
