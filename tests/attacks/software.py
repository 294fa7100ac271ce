"""Lin and her shop with one of each thing that ``/v1`` names, and keys of every kind that somebody could hold against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.factories.api import Api, a_key_of, owner_of
from tests.factories.money import a_key, a_payer, a_payment, a_shop, proof_of, yuan
from tests.factories.trust import PIN
from tests.rooms.test_rest_api import an_agreement, an_order
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.agreements.public import KeyWish, make_own_key
from walletdesk.trust.api_keys.public import revoke_key, scopes_for

MONEY = {"minor": 100, "asset": "CNY"}


@dataclass
class Software:
    """``things["shops" | "customers"]`` are the parts of addresses, as each kind of owner knows them."""

    api: Api = field(default_factory=Api)

    def __post_init__(self) -> None:
        self.shop, self.lin = a_shop(), a_payer(1000, pin=PIN)
        self.other_shop, self.mei = a_shop("青竹", "Bamboo"), a_payer(10, name="梅", email="mei@example.com", pin=PIN)
        a_payer(0, name="王", email="wang@example.com", pin=PIN)
        self.owners = {"shops": self.shop.id, "customers": self.lin.id}
        self.others = {"shops": self.other_shop.id, "customers": self.mei.id}
        api, till, own = self.api, self.key("shops"), self.key("customers")
        self.agreement = an_agreement(api, till, self.lin.id)
        self.order = an_order(api, till).json["id"]
        paid = str(a_payment(self.lin, self.shop, "38.00").id)
        refund = api.post(f"/v1/payments/{paid}/refunds", {"amount": MONEY}, key=till, once="r").json["id"]
        held = {"order_id": an_order(api, till).json["id"], "agreement_id": self.agreement}
        self.hold = api.post("/v1/holds", held, key=till, once="h").json["id"]
        webhook = api.post("/v1/webhooks", {"url": "https://hooks.qinghe.com/x"}, key=till).json["id"]
        api.post(f"/v1/webhooks/{webhook}/test", key=till)
        sent = api.get(f"/v1/webhooks/{webhook}/deliveries", key=till).json["data"]
        later = {"to": "mei@example.com", "amount": MONEY, "when": (now() + timedelta(days=1)).isoformat()}
        cases = {
            "shops": {"kind": "payment_problem", "text": "?", "payment_ids": [paid]},
            "customers": {"kind": "question", "text": "?", "payment_ids": []},
        }
        shared = {
            "order_id": self.order, "agreement_id": self.agreement, "payment_id": paid, "refund_id": refund,
            "webhook_id": webhook, "delivery_id": sent[0]["id"] if sent else "",
            "wallet_id": api.get("/v1/wallets", key=own).json["data"][0]["id"],
            "transfer_id": api.post("/v1/transfers", later, key=own, once="t").json["id"],
        }  # fmt: skip
        self.things = {
            kind: shared
            | {
                "reference": api.post("/v1/cases", cases[kind], key=key, once="case-1").json["reference"],
                "key": "case-1",
            }
            for kind, key in (("shops", till), ("customers", own))
        }

    def key(self, kind: str, scopes: list[str] | None = None, *, others: bool = False, **more: Any) -> str:
        """A secret. A customer's own key comes with caps, without which it moves nothing."""
        owner = (self.others if others else self.owners)[kind]
        if kind == "shops":
            return a_key_of("merchant", owner, scopes, **more)[1]
        wanted = [scope.name for scope in scopes_for("customer")] if scopes is None else scopes
        until, where = more.get("expires_at") or now() + timedelta(days=300), more.get("addresses", ())
        wish = KeyWish(a_key(), owner, "my program", wanted, "live", where, until, yuan(100), yuan(900))
        return make_own_key(wish, proof_of(owner))[1]

    def dead_keys(self, kind: str) -> dict[str, str]:
        """Keys of the very owner, with every scope, that open nothing any more, or not from here."""
        with at(now() - timedelta(days=10)):
            expired = self.key(kind, expires_at=now() + timedelta(days=8))
        name = {"shops": "merchant", "customers": "customer"}[kind]
        view, revoked = a_key_of(name, self.owners[kind])
        revoke_key(view.id, owner_of(name, self.owners[kind]), f"{name}:{self.owners[kind]}")
        return {"expired": expired, "revoked": revoked, "unknown": revoked[:-6] + "000000"}

    def body(self, method: str, address: str, kind: str) -> Any:
        """What a caller who may would send there."""
        fresh = {"order_id": self.order, **({"agreement_id": self.agreement} if kind == "shops" else {})}
        bodies: dict[str, Any] = {
            "POST /v1/orders": {"amount": MONEY},
            "POST /v1/agreements": {
                "title": "Tea", "max_single": MONEY, "max_day": MONEY, "valid_until": (now() + timedelta(days=9)).isoformat(),
            },
            "POST /v1/payments": fresh,
            "POST /v1/holds": fresh,
            "POST /v1/payments/{payment_id}/refunds": {"amount": MONEY},
            "POST /v1/transfers": {"to": "wang@example.com", "amount": MONEY},
            "POST /v1/cases": {
                "kind": "payment_problem", "text": "?", "payment_ids": [self.things[kind]["payment_id"]],
            },
            "POST /v1/cases/{reference}/messages": {"text": "Hello"},
            "POST /v1/cases/{reference}/attachments": b"a plain note",
            "POST /v1/webhooks": {"url": "https://hooks.qinghe.com/y"},
            "PATCH /v1/webhooks/{webhook_id}": {"name": "till"},
        }  # fmt: skip
        return bodies.get(f"{method} {address}", {} if method == "POST" else None)

    def place(self, address: str, kind: str) -> str:
        """The address with the owner's own things in it."""
        things = dict(self.things[kind])
        if address.endswith(("/capture", "/void")) or address == "/v1/holds/{payment_id}":
            things["payment_id"] = self.hold
        query = {
            "/v1/cases/{reference}/attachments": "?file_name=note.txt",
            "/v1/requests/{key}": "?operation=cases.open",
            "/v1/statements": f"?from={now() - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}&to={now():%Y-%m-%dT%H:%M:%SZ}",
        }
        return address.format(**things) + query.get(address, "")
