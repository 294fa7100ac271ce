"""The door of other software, resource by resource: what a shop's till and a customer's own program do with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.api import Answered, Api, a_key_of
from tests.factories.money import a_payer, a_payment, a_shop, books_are_true, has, proof_of, yuan
from tests.factories.trust import PIN
from tests.factories.wallet_phone import phone_of, text_of
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import KeyWish, accept_agreement, make_own_key
from walletdesk.money.merchants.public import test_twin as twin_for_tests
from walletdesk.money.wallets.public import WalletIsFrozen
from walletdesk.service.webhooks.public import moment_shape

pytestmark = pytest.mark.django_db
YUAN_38 = {"minor": 3800, "asset": "CNY"}


@pytest.fixture
def api() -> Api:
    return Api()


def an_agreement(api: Api, secret: str, payer_id: object, single: int = 100_000, day: int = 200_000) -> str:
    until = (now() + timedelta(days=30)).isoformat()
    proposed = api.post(
        "/v1/agreements",
        {
            "title": "Coffee every morning",
            "max_single": {"minor": single, "asset": "CNY"},
            "max_day": {"minor": day, "asset": "CNY"},
            "valid_until": until,
        },
        key=secret,
        once=f"agree-{uuid4()}",
    )
    assert proposed.status == 201, proposed.json
    accept_agreement(proposed.json["id"], payer_id, proof_of(payer_id))  # type: ignore[arg-type]
    return str(proposed.json["id"])


def an_order(api: Api, secret: str, minor: int = 3800) -> Answered:
    return api.post("/v1/orders", {"amount": {"minor": minor, "asset": "CNY"}}, key=secret, once=f"order-{uuid4()}")


def test_a_till_sells_with_an_agreement_and_refunds(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    agreement = an_agreement(api, secret, lin.id)
    order = an_order(api, secret)
    assert order.status == 201 and order.json["state"] == "waiting"
    body = {"order_id": order.json["id"], "agreement_id": agreement}
    paid = api.post("/v1/payments", body, key=secret, once="pay-1")
    assert paid.status == 201, paid.json
    assert (
        paid.json["state"] == "captured" and paid.json["amount"] == YUAN_38 and paid.json["agreement_id"] == agreement
    )
    again = api.post("/v1/payments", body, key=secret, once="pay-1")
    assert (again.status, again.body) == (201, paid.body) and again.headers["idempotent-replayed"] == "true"
    assert has(lin) == "962.00"
    refund = api.post(
        f"/v1/payments/{paid.json['id']}/refunds",
        {"amount": {"minor": 800, "asset": "CNY"}, "reason": "cold"},
        key=secret,
        once="refund-1",
    )
    assert refund.status == 201, refund.json
    assert has(lin) == "970.00"
    shown = api.get(f"/v1/payments/{paid.json['id']}", key=secret)
    assert shown.json["state"] == "partly_refunded" and shown.json["refunds"][0]["id"] == refund.json["id"]
    assert api.get(f"/v1/refunds/{refund.json['id']}", key=secret).json["amount"]["minor"] == 800
    assert books_are_true()


def test_a_shop_authorises_captures_a_part_and_voids_another(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    agreement = an_agreement(api, secret, lin.id)
    first, second = an_order(api, secret), an_order(api, secret)
    body = {"order_id": first.json["id"], "agreement_id": agreement, "capture": False}
    held = api.post("/v1/payments", body, key=secret, once="hold-1")
    assert held.status == 201 and held.json["state"] == "authorised", held.json
    hold_id = held.json["id"]
    assert api.get(f"/v1/holds/{hold_id}", key=secret).json["state"] == "authorised"
    part, wrong = ({"amount": {"minor": 3000, "asset": asset}} for asset in ("CNY", "USD"))
    mine = api.post(f"/v1/payments/{hold_id}/capture", wrong, key=secret, once="capture-0")
    _, stranger = a_key_of("merchant", a_shop("书店", "Books").id)
    theirs = api.post(f"/v1/payments/{hold_id}/capture", wrong, key=stranger, once="capture-0")
    assert (mine.json["code"], theirs.json["code"]) == ("asset_differs", "payment_not_found")
    captured = api.post(f"/v1/payments/{hold_id}/capture", part, key=secret, once="capture-1")
    assert captured.status == 200 and captured.json["amount"]["minor"] == 3000, captured.json
    assert has(lin) == "970.00"
    other = api.post("/v1/holds", {"order_id": second.json["id"], "agreement_id": agreement}, key=secret, once="hold-2")
    assert other.status == 201
    voided = api.post(f"/v1/payments/{other.json['id']}/void", key=secret, once="void-1")
    assert voided.status == 200 and voided.json["state"] == "voided", voided.json
    assert {hold["state"] for hold in api.get("/v1/holds", key=secret).json["data"]} == {"captured", "voided"}
    page = api.get("/v1/holds?limit=1", key=secret).json
    following = api.get(f"/v1/holds?limit=1&cursor={page['next_cursor']}", key=secret).json
    assert ([one["id"] for one in (*page["data"], *following["data"])], following["next_cursor"]) == (
        [one["id"] for one in api.get("/v1/holds", key=secret).json["data"]],
        None,
    )
    assert books_are_true()


def test_the_feed_is_asked_for_types_that_there_are(api: Api) -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id)
    asked = {
        wish: api.get(f"/v1/events?type={wish}", key=secret)
        for wish in ("order.created", "order.created,%20case.opened")
    }
    assert {wish: (one.status, one.json["data"]) for wish, one in asked.items()} == dict.fromkeys(asked, (200, []))
    for mistaken in ("order.crated", "order.created,webhook.test"):
        refused = api.get(f"/v1/events?type={mistaken}", key=secret)
        assert (refused.status, refused.json["code"]) == (422, "event_type_unknown"), refused.json


def test_orders_are_listed_page_by_page_and_drawn(api: Api) -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id)
    made = [an_order(api, secret, 100 + number).json["id"] for number in range(5)]
    seen, cursor = [], ""
    while True:
        page = api.get(f"/v1/orders?limit=2{cursor}", key=secret).json
        seen += [order["id"] for order in page["data"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == made[::-1]
    svg = api.get(f"/v1/orders/{made[0]}/qr", key=secret)
    assert svg.headers["content-type"] == "image/svg+xml" and svg.body.startswith(b"<svg")
    png = api.get(f"/v1/orders/{made[0]}/qr", key=secret, headers={"accept": "image/png"})
    assert png.body.startswith(b"\x89PNG")
    assert api.get(f"/v1/orders/{made[0]}/qr", key=secret, headers={"accept": "text/html"}).status == 406
    gone = api.post(f"/v1/orders/{made[0]}/cancel", key=secret)
    assert gone.json["state"] == "cancelled"
    assert api.post(f"/v1/orders/{made[0]}/cancel", key=secret).code == "order_not_waiting"


def test_balances_wallets_and_the_shop_itself(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1000)
    a_payment(lin, shop, "100.00")
    _, till = a_key_of("merchant", shop.id)
    _, own = a_key_of("customer", lin.id)
    assert api.get("/v1/merchant", key=till).json["name"]["en"] == "Qinghe Bakery"
    assert api.get("/v1/balances", key=till).json["data"][0]["of"] == "merchant"
    wallet = api.get("/v1/wallets", key=own).json["data"][0]
    assert wallet["balance"]["available"] == {"minor": 90000, "asset": "CNY"}
    assert api.get(f"/v1/wallets/{wallet['id']}", key=own).json == wallet
    assert api.get(f"/v1/wallets/{wallet['id']}", key=till).code == "thing_not_found"
    assert api.get("/v1/payments", key=own).json["data"][0].get("fee") is None


def test_a_key_freezes_its_owner_and_cannot_take_it_back(api: Api) -> None:
    """The third of the switches, beside the page and the keypad: it is thrown alike, and seen alike."""
    shop, lin = a_shop(), a_payer(1000, pin=PIN)
    _, own = a_key_of("customer", lin.id)
    _, reads = a_key_of("customer", lin.id, scopes=("wallets:read",))
    _, till = a_key_of("merchant", shop.id)
    assert api.get("/v1/freeze", key=own).json == {
        "frozen": False, "mode": "none", "ordered_by": None, "reason": None, "since": None, "case_reference": None,
    }  # fmt: skip
    assert api.post("/v1/freeze", key=reads).code == "api_key_scope_missing"
    assert api.post("/v1/freeze", key=till).code == "api_key_scope_missing"
    thrown = api.post("/v1/freeze", key=own)
    assert (thrown.status, thrown.json["mode"], thrown.json["ordered_by"]) == (200, "debit", "self")
    assert thrown.json["reason"]["en"] == "You froze it through the API"
    assert api.post("/v1/freeze", key=own, once="f-1").json == thrown.json
    assert api.post("/v1/freeze", key=own, once="f-1").headers["idempotent-replayed"] == "true"
    assert api.get("/v1/wallets", key=reads).json["data"][0]["freeze"] == "debit"
    with pytest.raises(WalletIsFrozen):
        a_payment(lin, shop)
    empty = api.post("/v1/freeze", key=own, headers={"idempotency-key": ""})
    assert (empty.status, empty.code) == (400, "idempotency_key_malformed"), (
        "a key that got lost is not the same as none"
    )
    assert api.call("DELETE", "/v1/freeze", key=own).status == 405
    assert "You froze it through the API" in text_of(phone_of(lin).get("/wallet/me/freeze/"))


def test_a_case_is_opened_written_into_and_gets_a_file(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1000)
    paid = a_payment(lin, shop)
    _, own = a_key_of("customer", lin.id)
    _, till = a_key_of("merchant", shop.id)
    opened = api.post(
        "/v1/cases", {"kind": "question", "text": "Was this me?", "payment_ids": [str(paid.id)]}, key=own, once="case-1"
    )
    assert opened.status == 201, opened.json
    reference = opened.json["reference"]
    said = api.post(f"/v1/cases/{reference}/messages", {"text": "And when?"}, key=own)
    assert said.status == 201 and said.json["text"] == "And when?"
    file = api.post(
        f"/v1/cases/{reference}/attachments?file_name=note.txt",
        b"a plain note",
        key=own,
        headers={"content-type": "application/octet-stream"},
    )
    assert file.status == 201 and file.json["attachments"][0]["media_type"] == "text/plain", file.json
    shown = api.get(f"/v1/cases/{reference}", key=own).json
    assert [message["text"] for message in shown["messages"]] == ["Was this me?", "And when?", ""]
    assert api.get("/v1/cases", key=own).json["data"][0]["id"] == opened.json["id"]
    theirs = api.get(f"/v1/cases/{reference}", key=till).json
    assert "rated" not in theirs and theirs["messages"] == []
    asked = {"kind": "payment_problem", "text": "Paid twice?", "payment_ids": [str(paid.id)]}
    assert api.post("/v1/cases", asked, key=till).status == 201
    assert api.post("/v1/cases", {**asked, "payment_ids": [str(uuid4())]}, key=till).code == "case_not_found"


def test_statements_as_json_and_csv(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1000)
    a_payment(lin, shop, "100.00", reference="A-1")
    _, own = a_key_of("customer", lin.id)
    _, till = a_key_of("merchant", shop.id)
    span = f"from={moment_shape(now() - timedelta(days=1))}&to={moment_shape(now() + timedelta(days=1))}"
    mine = api.get(f"/v1/statements?{span}", key=own).json["data"]
    assert mine[-1]["amount"]["minor"] == -10000 and mine[-1]["balance"]["minor"] == 90000
    theirs = api.get(f"/v1/statements?{span}", key=till).json["data"]
    assert theirs[0]["amount"]["minor"] == 10000 and theirs[0]["fee"]["minor"] < 0
    table = api.get(f"/v1/statements?{span}", key=till, headers={"accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8" and b"A-1" in table.body


def test_contacts_health_and_what_became_of_a_key(api: Api) -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id)
    assert api.get("/v1/contacts").json["algorithm"] == "Ed25519"
    assert api.get("/v1/health").json["state"] == "well"
    assert api.get("/v1/requests/never-sent", key=secret).json["state"] == "none"
    made = api.post("/v1/orders", {"amount": YUAN_38}, key=secret, once="order-77")
    found = api.get("/v1/requests/order-77", key=secret).json
    assert found["state"] == "done" and found["answer"] == made.json


def test_what_became_of_a_money_key_reads_as_its_post_answered(api: Api) -> None:
    shop, lin = a_shop(), a_payer(1000)
    _, secret = a_key_of("merchant", shop.id)
    agreement = an_agreement(api, secret, lin.id)
    body = {"order_id": an_order(api, secret).json["id"], "agreement_id": agreement}
    paid = api.post("/v1/payments", body, key=secret, once="p-1")
    money = {"amount": {"minor": 5, "asset": "CNY"}}
    back = api.post(f"/v1/payments/{paid.json['id']}/refunds", money, key=secret, once="r-1")
    for key, answer in (("p-1", paid), ("r-1", back)):
        found = api.get(f"/v1/requests/{key}", key=secret).json
        assert (found["state"], found["status"], found["answer"]) == ("done", answer.status, answer.json)


def test_a_customer_sends_now_later_and_thinks_better_of_it(api: Api) -> None:
    lin, mei = a_payer(1000, pin=PIN), a_payer(0, name="梅", email="mei@example.com")
    year = now() + timedelta(days=300)
    scopes = ("transfers:read", "transfers:write")
    wish = KeyWish("form-1", lin.id, "my program", scopes, "live", (), year, yuan(100), yuan(200))
    _, own = make_own_key(wish, proof_of(lin.id))
    now_ = {"to": "mei@example.com", "amount": {"minor": 5000, "asset": "CNY"}, "note": "lunch"}
    sent = api.post("/v1/transfers", now_, key=own, once="t-1")
    assert sent.status == 201 and sent.json["state"] == "made", sent.json
    again = api.post("/v1/transfers", now_, key=own, once="t-1")
    assert again.body == sent.body and again.headers["idempotent-replayed"] == "true"
    assert has(mei) == "50.00"
    later = {**now_, "when": moment_shape(now() + timedelta(days=1))}
    planned = api.post("/v1/transfers", later, key=own, once="t-2")
    assert planned.status == 201 and planned.json["state"] == "waiting", planned.json
    assert has(lin) == "900.00", "set aside at once"
    cancelled = api.post(f"/v1/transfers/{planned.json['id']}/cancel", key=own, once="t-3")
    assert cancelled.json["state"] == "cancelled" and has(lin) == "950.00"
    states = [(one["state"], one["direction"]) for one in api.get("/v1/transfers", key=own).json["data"]]
    assert states == [("cancelled", "sent"), ("made", "sent")]
    _, hers = a_key_of("customer", mei.id)
    assert [one["direction"] for one in api.get("/v1/transfers", key=hers).json["data"]] == ["received"]
    assert api.get(f"/v1/transfers/{planned.json['id']}", key=hers).code == "thing_not_found"
    too_much = {**now_, "amount": {"minor": 10001, "asset": "CNY"}}
    assert api.post("/v1/transfers", too_much, key=own, once="t-4").code == "agreement_single"
    nobody = {**now_, "to": "nobody@example.com"}
    assert api.post("/v1/transfers", nobody, key=own, once="t-5").code == "payee_not_found"
    assert books_are_true()


def test_a_test_key_sells_to_people_who_exist_for_it(api: Api) -> None:
    shop = a_shop()
    twin = twin_for_tests(shop.id)
    _, live = a_key_of("merchant", shop.id)
    _, secret = a_key_of("merchant", twin.id, mode="test")
    assert api.get("/v1/test/customers", key=live).code == "only_in_test_mode"
    tester = api.get("/v1/test/customers", key=secret).json["data"][0]
    order = api.post("/v1/orders", {"amount": {"minor": 3800, "asset": "XTS"}}, key=secret, once="o")
    body = {"order_id": order.json["id"], "agreement_id": tester["agreement_id"]}
    assert api.post("/v1/payments", body, key=secret, once="p").status == 201
    assert api.get("/v1/merchant", key=secret).json["mode"] == "test"
    assert books_are_true()
