"""The API as a process of its own, people and shops to use it, and a notebook of what it answered.

with api_server(database.environment, folder) as port:
    town = ApiTown(dice, shops=1, people=4)
    notebook = Notebook()
    till = notebook.client(port, town.shops[0].secret)      a ``walletdesk.client`` whose answers are noted
    till.payments.create(…)
notebook.ask_all_again(port)        every keyed request once more: the same status and bytes, said to be a replay
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import httpx
from bench.http_server import api, free_port, serving

from tests.factories.api import a_key_of
from tests.factories.foundation import a_user
from tests.factories.holding import an_agreement
from tests.factories.money import a_payer, a_shop, proof_of, yuan
from walletdesk.client import Patience, Walletdesk
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import KeyWish, make_own_key
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import publish_rules, rules_in_force, write_rules, written

FOREVER = Patience(tries=400, seconds=120.0, first=0.05, longest=0.3)
OWN_SCOPES = ["payments:write", "payments:read", "holds:write", "transfers:write", "transfers:read", "wallets:read"]


@contextmanager
def api_server(environment: dict[str, str], folder: Path, *, workers: int = 1, kill_at: str = "") -> Iterator[int]:
    """The port of a server on the database that ``environment`` names, until the end of the block."""
    port = free_port()
    given = {**environment, "WALLETDESK_DATA": str(folder), "WALLETDESK_DEMO": "1", "WALLETDESK_KILL_AT": kill_at}
    with serving(*api(port, workers), port=port, quiet=True, environment=given):
        yield port


@dataclass(frozen=True)
class ApiShop:
    id: UUID
    secret: str


@dataclass(frozen=True)
class ApiPayer:
    """``agreements`` by shop; ``secret`` is an own key."""

    view: CustomerView
    secret: str
    agreements: dict[UUID, str]


class ApiTown:
    """Made through the rooms' own verbs, under names that no town before it has."""

    def __init__(self, dice: Random, *, shops: int = 1, people: int = 4, money: int = 1_000) -> None:
        self.run = f"{dice.randrange(10**9):09d}"
        quiet_risk()
        views = [a_shop(user_id=a_user(f"shop-{self.run}-{n}@walletdesk.example").id) for n in range(shops)]
        self.shops = [ApiShop(view.id, a_key_of("merchant", view.id)[1]) for view in views]
        self.payers: list[ApiPayer] = []
        for number in range(people):
            payer = a_payer(money, email=self.address(number))
            agreed = {view.id: str(an_agreement(payer, view, 10**6, 10**8).id) for view in views}
            self.payers.append(ApiPayer(payer, _own_key(payer), agreed))

    def address(self, number: int) -> str:
        return f"payer-{self.run}-{number}@walletdesk.example"


def quiet_risk() -> None:
    """What a bot pays in a second looks like theft, and rightly so; here it is the stage. The rules are tested elsewhere."""
    rules = written(rules_in_force())
    if any(rule["on"] for rule in rules["rules"].values()):
        off = {code: {**rule, "on": False} for code, rule in rules["rules"].items()}
        publish_rules(write_rules({**rules, "rules": off}, "a town of bots", "employee:a").number, "employee:b")


def _own_key(payer: CustomerView) -> str:
    until = now() + timedelta(days=90)
    wish = KeyWish(
        f"own-{payer.id}", payer.id, "bot", OWN_SCOPES, "live", [], until, yuan(10**6), yuan(10**8)
    )  # fmt: skip
    return make_own_key(wish, proof_of(payer.id))[1]


@dataclass(frozen=True)
class Noted:
    """One keyed request, and the first good answer to it."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer: bytes


@dataclass
class Notebook:
    """``torn`` has what was answered differently the second time: it stays empty."""

    pages: dict[tuple[str, str, str], Noted] = field(default_factory=dict)
    torn: list[str] = field(default_factory=list)
    _pen: threading.Lock = field(default_factory=threading.Lock)

    def client(self, port: int, secret: str, patience: Patience = FOREVER) -> Walletdesk:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
        http = httpx.Client(timeout=30, limits=limits, event_hooks={"response": [self._note]})
        return Walletdesk(secret, f"http://127.0.0.1:{port}", patience=patience, http=http)

    def _note(self, response: httpx.Response) -> None:
        asked = response.request
        key = asked.headers.get("idempotency-key")
        if key is None or response.status_code not in (200, 201):
            return
        answer = response.read()
        kept = {
            name: asked.headers[name]
            for name in ("authorization", "idempotency-key", "content-type")
            if name in asked.headers
        }
        page = Noted(asked.url.raw_path.decode(), kept, asked.content, response.status_code, answer)
        with self._pen:
            first = self.pages.setdefault((kept["authorization"], page.path, key), page)
            if (first.status, first.answer) != (page.status, page.answer):
                self.torn.append(f"{page.path} {key}: {first.answer!r} and then {page.answer!r}")

    def ask_all_again(self, port: int) -> int:
        """Every noted request once more, as it was. How many; each must answer as it did, as a replay."""
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
            for page in list(self.pages.values()):
                again = http.post(page.path, headers=page.headers, content=page.body)
                assert (again.status_code, again.content) == (page.status, page.answer), page.path
                assert again.headers["idempotent-replayed"] == "true", page.path
        assert not self.torn, self.torn[:3]
        return len(self.pages)
