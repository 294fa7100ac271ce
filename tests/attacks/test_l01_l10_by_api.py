"""L01, L02, L03, L10 and L16 through ``/v1``: the money contract word by word, and amounts that are none."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.databases import FreshDatabase
from tests.factories.api import Answered, Api, a_key_of, asked
from tests.factories.holding import own_software_of
from tests.factories.money import a_payer, a_payment, a_shop, books_are_true, has, purse
from tests.rooms.test_rest_api import an_agreement, an_order
from walletdesk.doors.rest_api.app import RestApi
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.resources.everything import ENDPOINTS
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.idempotency.models import IdempotencyKey
from walletdesk.money.payments.models import Order
from walletdesk.money.wallets.public import freeze_wallet
from walletdesk.trust.customers.public import CustomerView


@pytest.fixture
def sale(db: None) -> Any:
    """A shop with its key, a payer with an agreement, an order: everything for one payment."""
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    agreement = an_agreement(api, secret, lin.id)
    body = {"order_id": an_order(api, secret).json["id"], "agreement_id": agreement}
    return api, secret, lin, body


NOBODYS = "01a20000-0000-7000-8000-000000000000"
MONEY_POSTS = [
    "/v1/orders",
    "/v1/agreements",
    "/v1/payments",
    "/v1/holds",
    f"/v1/payments/{NOBODYS}/capture",
    f"/v1/payments/{NOBODYS}/void",
    f"/v1/payments/{NOBODYS}/refunds",
    "/v1/transfers",
    f"/v1/transfers/{NOBODYS}/cancel",
]


def test_every_money_post_is_tried() -> None:
    """What moves or binds money and takes a key; telling somebody, asking the desk and the software's own affairs are not."""
    others = ("/v1/cases", "/v1/webhooks", "/v1/wallets")
    posts = {one.path for one in ENDPOINTS if one.idempotent == "required" and not one.path.startswith(others)}
    assert posts == {re.sub(NOBODYS, one_of(path), path) for path in MONEY_POSTS}


def one_of(path: str) -> str:
    return "{transfer_id}" if "transfers" in path else "{payment_id}"


@pytest.mark.parametrize("path", MONEY_POSTS)
def test_a_money_post_without_a_usable_key_is_400(sale: Any, path: str) -> None:
    api, secret, lin, _ = sale
    secret = own_software_of(lin) if "transfers" in path else secret
    assert api.post(path, {}, key=secret).code == "idempotency_key_missing"
    for odd in ("with space", "x" * 256, "中文", "tab\t", "\x7f"):
        answer = api.post(path, {}, key=secret, headers={"idempotency-key": odd.encode().decode("latin-1")})
        assert (answer.status, answer.code) == (400, "idempotency_key_malformed")


def test_l01_the_same_key_and_body_is_one_payment_and_the_same_bytes(sale: Any) -> None:
    api, secret, lin, body = sale
    answers = [api.post("/v1/payments", body, key=secret, once="k-1") for _ in range(5)]
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert "idempotent-replayed" not in answers[0].headers
    assert {answer.headers["idempotent-replayed"] for answer in answers[1:]} == {"true"}
    assert has(lin) == "962.00" and books_are_true()


@pytest.mark.parametrize("path", ["/v1/orders", "/v1/agreements", "/v1/webhooks"])
def test_l01_holds_for_what_moves_no_money_yet_too(sale: Any, path: str) -> None:
    api, secret, _, _ = sale
    caps = {"minor": 5, "asset": "CNY"}
    body: dict[str, Any] = {
        "/v1/orders": {"amount": caps},
        "/v1/agreements": {"title": "x", "max_single": caps, "max_day": caps, "valid_until": "2026-12-30T00:00:00Z"},
        "/v1/webhooks": {"url": "https://hooks.qinghe.com/wallet"},
    }[path]
    first, second = (api.post(path, body, key=secret, once="k-2") for _ in range(2))
    assert first.status == second.status == 201, first.json
    assert second.headers["idempotent-replayed"] == "true"
    assert second.json == {name: value for name, value in first.json.items() if name != "secret"}


def test_l02_the_same_key_with_another_body_is_422(sale: Any) -> None:
    api, secret, lin, body = sale
    assert api.post("/v1/payments", body, key=secret, once="k-1").status == 201
    other = an_order(api, secret, 100).json["id"]
    answer = api.post("/v1/payments", {**body, "order_id": other}, key=secret, once="k-1")
    assert (answer.status, answer.code) == (422, "idempotency_body_differs")
    assert has(lin) == "962.00"
    assert api.post("/v1/orders", {"amount": {"minor": 5, "asset": "CNY"}}, key=secret, once="k-9").status == 201
    differs = api.post("/v1/orders", {"amount": {"minor": 6, "asset": "CNY"}}, key=secret, once="k-9")
    assert differs.code == "idempotency_body_differs"


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("end", ["", "captured", "voided"])
def test_l02_one_address_is_one_route_whatever_is_wished_there(sale: Any, first: bool, end: str) -> None:
    """Pay now and set aside are two wishes at one address: a key belongs to the first of them, whatever became of it."""
    api, secret, lin, body = sale
    one = api.post("/v1/payments", {**body, "capture": first}, key=secret, once="k-1")
    assert one.status == 201
    if end and not first:
        verb = {"captured": "capture", "voided": "void"}[end]
        assert api.post(f"/v1/payments/{one.json['id']}/{verb}", key=secret, once="k-2").status == 200
    before = has(lin)
    other = api.post("/v1/payments", {**body, "capture": not first}, key=secret, once="k-1")
    assert (other.status, other.code) == (422, "idempotency_body_differs")
    again = api.post("/v1/payments", {**body, "capture": first}, key=secret, once="k-1")
    assert (again.status, again.body) == (201, one.body) and again.headers["idempotent-replayed"] == "true"
    assert has(lin) == before and books_are_true()


def test_l02_holds_have_an_address_of_their_own(sale: Any) -> None:
    api, secret, _, body = sale
    held = api.post("/v1/holds", body, key=secret, once="k-1")
    assert held.status == 201
    elsewhere = api.post("/v1/payments", {**body, "capture": False}, key=secret, once="k-1")
    assert (elsewhere.status, elsewhere.code) == (409, "order_authorised"), "another route, so another key"
    assert api.post("/v1/holds", body, key=secret, once="k-1").body == held.body


@pytest.mark.parametrize("later_first", [True, False])
def test_l02_a_transfer_of_now_and_one_for_later_are_two_wishes(db: None, later_first: bool) -> None:
    api, lin, mei = Api(), a_payer(1000), a_payer(0, name="梅", email="mei@example.com")
    secret = own_software_of(lin)
    at_once = {"to": "mei@example.com", "amount": {"minor": 700, "asset": "CNY"}}
    later = {**at_once, "when": (now() + timedelta(days=2)).isoformat()}
    bodies = [later, at_once] if later_first else [at_once, later]
    first = api.post("/v1/transfers", bodies[0], key=secret, once="t-1")
    assert first.status == 201, first.json
    other = api.post("/v1/transfers", bodies[1], key=secret, once="t-1")
    assert (other.status, other.code) == (422, "idempotency_body_differs")
    assert api.post("/v1/transfers", bodies[0], key=secret, once="t-1").body == first.body
    assert (has(mei), books_are_true()) == ("0.00" if later_first else "7.00", True)


def test_l02_a_file_under_another_name_is_another_body(db: None) -> None:
    api, lin = Api(), a_payer(0)
    _, secret = a_key_of("customer", lin.id)
    opened = api.post("/v1/cases", {"kind": "question", "text": "?"}, key=secret, once="c-1")
    assert opened.status == 201, opened.json
    where = f"/v1/cases/{opened.json['reference']}/attachments?file_name="
    assert api.post(f"{where}a.txt", b"words", key=secret, once="f-1").status == 201
    assert api.post(f"{where}a.txt", b"words", key=secret, once="f-1").headers["idempotent-replayed"] == "true"
    assert api.post(f"{where}b.txt", b"words", key=secret, once="f-1").code == "idempotency_body_differs"


def test_each_keyed_route_is_declared_once() -> None:
    """A key counts where its endpoint says: one route an address, and every verb that takes a key has one."""
    keyed = [one for one in ENDPOINTS if one.idempotent != "no"]
    assert all(one.route for one in keyed)
    assert len({one.route for one in keyed}) == len(keyed)
    assert not [one.name for one in ENDPOINTS if one.route and one.idempotent == "no"]


def test_a_refusal_is_not_stored_so_the_same_key_drives_it_again(sale: Any) -> None:
    api, secret, _, body = sale
    wrong = api.post("/v1/payments", {**body, "order_id": str(uuid4())}, key=secret, once="k-1")
    assert (wrong.status, wrong.code) == (404, "order_not_found")
    assert api.post("/v1/payments", {"order_id": "x"}, key=secret, once="k-1").status == 422
    assert not IdempotencyKey.objects.filter(key="k-1").exists()
    assert api.post("/v1/payments", body, key=secret, once="k-1").status == 201


@pytest.mark.parametrize("what", ["orders", "payments", "refunds", "transfers"])
def test_a_fault_of_ours_is_not_stored_so_the_same_key_drives_it_again(
    fresh_database: FreshDatabase, what: str
) -> None:
    """A table breaks under the verb: everything is undone, the answer is a 5xx, and the key is as good as new."""
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    a_payer(0, name="梅", email="mei@example.com")
    _, secret = a_key_of("merchant", shop.id)
    five = {"minor": 500, "asset": "CNY"}
    table, path, body = {
        "orders": ("payments_order", "/v1/orders", lambda: {"amount": five}),
        "payments": ("payments_payment", "/v1/payments", lambda: _one_sale(api, secret, lin)),
        "refunds": ("refunds_refund", f"/v1/payments/{a_payment(lin, shop).id}/refunds", lambda: {"amount": five}),
        "transfers": ("payments_persontransfer", "/v1/transfers", lambda: {"to": "mei@example.com", "amount": five}),
    }[what]
    secret, wish, before = own_software_of(lin) if what == "transfers" else secret, body(), has(lin)
    fresh_database.as_owner(f"ALTER TABLE {table} ADD CONSTRAINT broken CHECK (false) NOT VALID")
    broken = api.post(path, wish, key=secret, once="k-1")
    assert broken.status == 500 and "idempotent-replayed" not in broken.headers
    assert not IdempotencyKey.objects.filter(key="k-1").exists()
    assert (has(lin), books_are_true()) == (before, True)
    fresh_database.as_owner(f"ALTER TABLE {table} DROP CONSTRAINT broken")
    done = api.post(path, wish, key=secret, once="k-1")
    assert done.status == 201 and "idempotent-replayed" not in done.headers
    after = has(lin)
    assert api.post(path, wish, key=secret, once="k-1").body == done.body
    assert (has(lin), books_are_true()) == (after, True)


def _one_sale(api: Api, secret: str, payer: CustomerView) -> dict[str, Any]:
    return {"order_id": an_order(api, secret).json["id"], "agreement_id": an_agreement(api, secret, payer.id)}


def test_the_keys_of_two_callers_have_nothing_to_do_with_each_other(sale: Any) -> None:
    api, secret, _, _ = sale
    _, other = a_key_of("merchant", a_shop("青竹", "Bamboo").id)
    body = {"amount": {"minor": 700, "asset": "CNY"}}
    mine = api.post("/v1/orders", body, key=secret, once="same")
    theirs = api.post("/v1/orders", body, key=other, once="same")
    assert mine.json["id"] != theirs.json["id"] and "idempotent-replayed" not in theirs.headers


def test_l03_fifty_parallel_twins_are_one_payment(fresh_database: FreshDatabase) -> None:
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    body = {
        "agreement_id": an_agreement(api, secret, lin.id),
        "order_id": an_order(api, secret).json["id"],
    }
    house = House(rate="10000/1")
    app = RestApi(house)

    async def all_at_once() -> list[Answered]:
        async with house.open():
            twins = (asked(app, "POST", "/v1/payments", body, key=secret, once="twin") for _ in range(50))
            return list(await asyncio.gather(*twins))

    answers = asyncio.run(all_at_once())
    assert {answer.status for answer in answers} <= {201, 409}
    paid = [answer for answer in answers if answer.status == 201]
    assert len({answer.body for answer in paid}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in paid) == 1
    for answer in answers:
        assert answer.status == 201 or (answer.code == "idempotency_key_in_flight" and "retry-after" in answer.headers)
    assert has(lin) == "962.00" and books_are_true()


ODD = [
    "-1", "0", "-0", "1.5", "0.001", "1e308", "1e2", "1E400", '"38"', '"1,5"', '"３８"', "true", "null", "[]", "{}", '"NaN"',
    "9223372036854775808", "10000000000001", "99999999999999999999999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize("minor", ODD)
def test_l10_an_amount_that_is_none_is_422(sale: Any, minor: str) -> None:
    api, secret, _, _ = sale
    raw = f'{{"amount": {{"minor": {minor}, "asset": "CNY"}}}}'.encode()
    before = Order.objects.count()
    answer = api.post("/v1/orders", raw, key=secret, once="odd")
    assert (answer.status, answer.code) == (422, "body_unusable"), answer.body
    refund = api.post(f"/v1/payments/{uuid4()}/refunds", raw, key=secret, once="odd")
    assert refund.status == 422
    assert Order.objects.count() == before


@pytest.mark.parametrize(
    "raw", [b"NaN", b"Infinity", b'{"amount": {"minor": NaN}}', b"", b"{", b'{"a":1}{', b"\xff\xfe{}"]
)
def test_l10_what_is_no_json_is_400(sale: Any, raw: bytes) -> None:
    api, secret, _, _ = sale
    assert api.post("/v1/orders", raw, key=secret, once="odd").code in ("request_unreadable", "body_unusable")


@pytest.mark.parametrize("name", ["idempotency-key", "authorization"])
@pytest.mark.parametrize("same", [True, False])
def test_l01_two_keys_in_one_request_are_none(sale: Any, name: str, same: bool) -> None:
    """The last would win here and the first with somebody on the way: two requests would seem one, or one two."""
    api, secret, _, _ = sale
    raw = b'{"amount": {"minor": 5, "asset": "CNY"}}'
    headers = {"host": "localhost", "content-type": "application/json", "content-length": str(len(raw))}
    headers |= {"idempotency-key": "k-1", "authorization": f"Bearer {secret}"}
    before = Order.objects.count()
    second = headers[name] if same else "k-2"
    answer = api.sent("POST", "/v1/orders", "", headers, [raw], (name, second))
    assert (answer.status, answer.code) == (400, "header_repeated")
    assert answer.json["data"]["header"].lower() == name and "ratelimit" in answer.headers
    assert Order.objects.count() == before
    assert api.sent("POST", "/v1/orders", "", headers, [raw]).status == 201


def test_o11_nobody_tries_keys_at_leisure_two_at_a_time() -> None:
    api = Api()
    two = [("authorization", "Bearer x"), ("authorization", "Bearer y")]
    answers = [api.sent("GET", "/v1/merchant", "", {"host": "localhost"}, [b""], *two) for _ in range(62)]
    assert [answers[0].status, answers[-1].status] == [400, 429]


@pytest.mark.parametrize("asset", ["cny", "C", "ZZZ", "CNY ", "人民币", "USD"])
def test_l11_another_currency_is_422(sale: Any, asset: str) -> None:
    api, secret, _, _ = sale
    answer = api.post("/v1/orders", {"amount": {"minor": 5, "asset": asset}}, key=secret, once="c")
    assert answer.status == 422 and answer.code in ("body_unusable", "asset_unknown", "asset_differs")


def test_l16_a_frozen_payer_is_refused_by_api_too(sale: Any) -> None:
    api, secret, lin, body = sale
    freeze_wallet(purse(lin).id, "debit", "lost phone", "customer")
    for path in ("/v1/payments", "/v1/holds"):
        assert api.post(path, body, key=secret, once=f"f-{path}").code == "wallet_frozen"
    assert has(lin) == "1000.00"
