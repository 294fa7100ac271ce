"""O11, O01: the table of keys, held against the product: no operation without a row, no row without an operation, and
every cell (operation × method × whose key × with or without its scope × own or another's) is tried.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from tests.attacks.test_authorisation_table import as_if_never
from tests.factories.api import Answered, Api, a_key_of
from tests.factories.money import a_payer, a_payment, a_shop, proof_of, yuan
from tests.rooms.test_rest_api import an_agreement, an_order
from walletdesk.doors.rest_api.reading_page import reading
from walletdesk.doors.rest_api.resources.everything import ENDPOINTS
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import KeyWish, make_own_key
from walletdesk.project.authorisation_of_keys import METHODS, ROWS, KeyRow, read_table
from walletdesk.service.webhooks.public import send_test
from walletdesk.trust.api_keys.public import SCOPES, KeyOwner, revoke_key, scopes_for
from walletdesk.trust.api_keys.rules.secrets_of_keys import write_secret

EVERY = [*ENDPOINTS, *reading(ENDPOINTS)]
OWNERS = {"shop": "merchant", "other shop": "merchant", "lin": "customer", "wang": "customer"}
WITHOUT = {f"{who} without": who for who in ("shop", "lin")}
NO_KEY = ("nobody", "a key never made", "a revoked key")
CALLERS = (*NO_KEY, *OWNERS, *WITHOUT)
STRANGERS = {"other shop", "wang"}
DONE = {200, 201, 202, 204}
REFUSED_BY_THE_ROOM = {409, 422}  # the key may, the thing is not in a state for it: nothing happens
NOT_NOW = {"/v1/test/customers", "/v1/webhook-deliveries/{delivery_id}/replay"}  # for test keys; on its way already
CNY_1 = {"minor": 100, "asset": "CNY"}

# ---- the drawing and the house are the same ----


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    routes = {(one.path, one.method) for one in EVERY} | {(one.path, "HEAD") for one in EVERY if one.method == "GET"}
    assert routes - set(ROWS) == set(), "an operation nobody decided about: its row in project/authorisation_of_keys.py"
    assert set(ROWS) - routes == set(), "a row for an operation that is not there any more"


def test_the_scopes_of_the_rows_are_those_of_the_door_and_each_opens_something() -> None:
    for one in EVERY:
        assert ROWS[one.path, one.method].scope == (one.scope or "anyone"), one.name
    assert {row.scope for row in ROWS.values()} == {"anyone", "any", *SCOPES}


def test_a_row_that_is_not_whole_is_found() -> None:
    for broken in (
        "/v1/x GET any merchant",
        "/v1/x FETCH any merchant -",
        "/v1/x GET any merchant desk",
        "/v1/x GET,GET any merchant -",
    ):
        with pytest.raises(ValueError):
            read_table(f"address methods scope keys another's\n{broken}")


# ---- every cell ----


@dataclass
class Town:
    """``things`` by name, or by ``<whose> <name>`` where shop and customer have one each; ``secret`` makes or finds a key."""

    api: Api
    things: dict[str, str]
    secret: Callable[[str, str], str]

    def place(self, address: str, who: str) -> str:
        for name in ("wallet_id", "order_id", "agreement_id", "transfer_id", "refund_id", "webhook_id", "delivery_id"):
            side = "lin" if who in ("lin", "lin without", "wang") else "shop"
            thing = self.things.get(f"{side} {name}") or self.things[name]
            address = address.replace(f"{{{name}}}", thing)
        held = address.startswith("/v1/holds") or address.endswith(("/capture", "/void"))
        address = address.replace("{payment_id}", self.things["hold_id" if held else "payment_id"])
        side = "lin" if who in ("lin", "lin without", "wang") else "shop"
        return address.replace("{reference}", self.things[f"{side} reference"]).replace("{key}", quote("h", safe=""))

    def body(self, row: KeyRow, who: str) -> Any:
        """What software would send, as far as anything is asked for."""
        until = (now() + timedelta(days=30)).isoformat()
        pays = {"order_id": self.things["order_id"]}
        if OWNERS.get(who) == "merchant":
            pays["agreement_id"] = self.things["agreement_id"]
        about = [] if OWNERS.get(who) == "customer" and who not in STRANGERS else [self.things["payment_id"]]
        bodies: dict[str, Any] = {
            "/v1/orders": {"amount": CNY_1},
            "/v1/agreements": {"title": "Bread", "max_single": CNY_1, "max_day": CNY_1, "valid_until": until},
            "/v1/payments": pays,
            "/v1/holds": pays,
            "/v1/payments/{payment_id}/refunds": {"amount": CNY_1},
            "/v1/transfers": {"to": self.things["payee"], "amount": CNY_1},
            "/v1/cases": {"kind": "question", "text": "?", "payment_ids": about},
            "/v1/cases/{reference}/messages": {"text": "Hello"},
            "/v1/cases/{reference}/attachments": b"A note in words",
            "/v1/webhooks": {"url": "https://hooks.qinghe.com/y"},
            "/v1/webhooks/{webhook_id}": {"name": "till"},
        }
        return bodies.get(row.address, {}) if row.method in ("POST", "PATCH") else None


def a_town() -> Town:
    """Lin and her shop with one of each thing; Wang, another customer, and another shop."""
    api, shop, lin = Api(), a_shop(), a_payer(1000)
    wang, payee = a_payer(10, name="王明", phone="139 0000 1111"), a_payer(name="周信", phone="139 0000 2222")
    ids = {"shop": shop.id, "other shop": a_shop("青竹", "Bamboo").id, "lin": lin.id, "wang": wang.id}
    full = {who: _full_key(kind, ids[who]) for who, kind in OWNERS.items()}
    revoked, dead = a_key_of("merchant", shop.id)
    revoke_key(revoked.id, KeyOwner("merchant", shop.id), "test")
    lacking: dict[tuple[str, str], str] = {}

    def secret(who: str, scope: str) -> str:
        if who in OWNERS:
            return full[who]
        if who in WITHOUT:
            mine = WITHOUT[who]
            if (who, scope) not in lacking:
                others = [one.name for one in scopes_for(OWNERS[mine]) if one.name != scope]
                lacking[who, scope] = a_key_of(OWNERS[mine], ids[mine], others)[1]
            return lacking[who, scope]
        return {"nobody": "", "a key never made": write_secret("live", uuid4(), 7), "a revoked key": dead}[who]

    return Town(api, _things(api, full, shop, lin, payee.number), secret)


def _full_key(kind: str, owner_id: UUID) -> str:
    """All scopes that there are; a customer's own key moves money within what its owner said."""
    if kind == "merchant":
        return a_key_of(kind, owner_id)[1]
    scopes, until = [scope.name for scope in scopes_for(kind)], now() + timedelta(days=9)
    wish = KeyWish(str(uuid4()), owner_id, "Script", scopes, "live", (), until, yuan(100), yuan(200))
    return make_own_key(wish, proof_of(owner_id))[1]


def _things(api: Api, keys: dict[str, str], shop: Any, lin: Any, payee: str) -> dict[str, str]:
    till, own = keys["shop"], keys["lin"]
    agreement = an_agreement(api, till, lin.id)
    held, paid = an_order(api, till).json["id"], a_payment(lin, shop, "38.00")
    hold = api.post("/v1/holds", {"order_id": held, "agreement_id": agreement}, key=till, once="h").json["id"]
    refund = api.post(f"/v1/payments/{paid.id}/refunds", {"amount": CNY_1}, key=till, once="r").json["id"]
    later = {"to": payee, "amount": CNY_1, "when": (now() + timedelta(days=2)).isoformat()}
    webhook = api.post("/v1/webhooks", {"url": "https://hooks.qinghe.com/x"}, key=till).json["id"]
    ask = {"kind": "question", "text": "?", "payment_ids": [str(paid.id)]}
    return {
        "agreement_id": agreement,
        "order_id": an_order(api, till).json["id"],
        "payment_id": str(paid.id),
        "hold_id": hold,
        "refund_id": refund,
        "payee": payee,
        "transfer_id": api.post("/v1/transfers", later, key=own, once="t").json["id"],
        "webhook_id": webhook,
        "delivery_id": str(send_test(KeyOwner("merchant", shop.id), webhook).id),
        "wallet_id": api.get("/v1/wallets", key=own).json["data"][0]["id"],
        "shop reference": api.post("/v1/cases", ask, key=till).json["reference"],
        "lin reference": api.post("/v1/cases", ask, key=own).json["reference"],
    }


def declared(row: KeyRow | None, who: str) -> set[int]:
    """What the table promises the holder of this key."""
    if row is None:
        return {405}
    if row.scope == "anyone":
        return {200}
    if who in NO_KEY:
        return {401}
    if who in WITHOUT:
        return {200} if row.scope == "any" else {403}
    if OWNERS[who] not in row.keys or row.address == "/v1/test/customers":  # that one is for keys of test mode only
        return {403}
    stranger = who in STRANGERS or (
        who == "shop" and "{wallet_id}" in row.address
    )  # a shop has a balance, and no wallet
    if stranger and (row.anothers == "404" or (row.anothers == "holder" and who == "other shop")):
        return {404}
    return {200} if row.method in ("GET", "HEAD") else DONE | REFUSED_BY_THE_ROOM


def cells() -> Iterator[tuple[str, str, KeyRow | None, str]]:
    """405 is said before anybody's key is looked at: one caller in turn shows it."""
    in_turn = itertools.cycle(CALLERS)
    for address, method in itertools.product(dict.fromkeys(one.path for one in EVERY), METHODS):
        row = ROWS.get((address, method))
        yield from ((address, method, row, who) for who in (CALLERS if row else (next(in_turn),)))


def asked(town: Town, number: int, method: str, row: KeyRow | None, address: str, who: str) -> Answered:
    """Each from an address of its own, so that wrong keys do not shut the door for those that follow."""
    town.api.address = f"198.51.{number // 250}.{number % 250 + 1}"
    path, body = town.place(address, who), town.body(row, who) if row else None
    if address == "/v1/statements":
        path += f"?from={quote((now() - timedelta(days=1)).isoformat())}&to={quote(now().isoformat())}"
    headers = {"content-type": "application/octet-stream"} if isinstance(body, bytes) else None
    key = town.secret(who, row.scope if row else "any")
    return town.api.call(method, path, body, key=key, once=f"c-{number}", headers=headers)


@pytest.mark.django_db
def test_every_operation_method_and_key_gives_what_the_table_says() -> None:
    """No answer but an own one says anything of the thing: its words are those of a thing that never was (O01)."""
    town, wrong, kinds, shut = a_town(), [], Counter[str](), set(ROWS)
    for row, who in itertools.product(ROWS.values(), WITHOUT):
        town.secret(who, row.scope)  # made before: what a cell does leaves nothing behind
    for number, (address, method, row, who) in enumerate(cells()):
        with as_if_never():
            answer = asked(town, number, method, row, address, who)
        kinds[kind_of_cell(row, who)] += 1
        shut -= {(address, method)} if answer.status in DONE else set()
        if answer.status not in declared(row, who):
            wrong.append(f"{method} {address} {who}: {answer.status} {answer.body[:90]!r}, not {declared(row, who)}")
        if row and row.anothers == "own" and who in OWNERS and method == "GET":
            assert answer.json["state"] == ("done" if who == "shop" else "none"), "a name of another's own key"
    print(f"\n{kinds.total()} cells of keys tried: {len(EVERY)} operations, {len(CALLERS)} callers; {dict(kinds)}")
    assert {address for address, _ in shut} == NOT_NOW, "every other operation was done by somebody"
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)


def kind_of_cell(row: KeyRow | None, who: str) -> str:
    if row is None or who in NO_KEY:
        return "no such method" if row is None else "no good key"
    if who in WITHOUT:
        return "without the scope"
    return "of nobody" if row.anothers == "-" else "another's" if who in STRANGERS else "own"
