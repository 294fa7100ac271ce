"""schemathesis over the whole description, with keys of each scope: no 500, no answer that the description does not know.

Requests go through the real application in this process; what they do is rolled back. ``OPENAPI_REQUESTS`` says how many at
least (5,000), the seed is printed by Hypothesis when something is found.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from requests.adapters import HTTPAdapter
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from urllib3 import HTTPResponse

from tests.factories.api import Api, a_key_of
from tests.factories.holding import a_hold, a_later_transfer, a_proposal, an_agreement
from tests.factories.money import a_payer, a_payment, a_shop, an_order, purse
from tests.factories.webhooks import everything_is_written
from walletdesk.doors.rest_api.app import description
from walletdesk.doors.rest_api.buckets import Rate
from walletdesk.doors.rest_api.shares import Shares
from walletdesk.money.merchants import public as merchants
from walletdesk.money.merchants.public import MerchantView
from walletdesk.service.webhooks.models import Delivery
from walletdesk.trust.api_keys.public import SCOPES
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
AT_LEAST = int(os.environ.get("OPENAPI_REQUESTS", "5000"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
SECRET = "the-secret-of-this-call"
FIVE = {"minor": 500, "asset": "CNY"}
HEADERS = {"Authorization": f"Bearer {SECRET}"}
"""Stands in the header until the adapter puts the real one there: a found case never shows a key."""


class InThisProcess(HTTPAdapter):
    """What ``requests`` would send over the network goes straight into the application."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self.api, self.secret, self.statuses = api, "", Counter[int]()

    def send(self, request: requests.PreparedRequest, *more: Any, **further: Any) -> requests.Response:
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        headers = {
            (name if isinstance(name, str) else name.decode("latin-1")).lower(): value
            if isinstance(value, str)
            else value.decode("latin-1")
            for name, value in request.headers.items()
        }
        headers["content-length"] = str(len(raw))
        if SECRET in headers.get("authorization", ""):
            headers["authorization"] = f"Bearer {self.secret}"
        path, _, query = request.path_url.partition("?")
        answer = self.api.sent(request.method or "GET", unquote(path, errors="replace"), query, headers, [raw])
        self.statuses[answer.status] += 1
        raw_answer = HTTPResponse(
            body=io.BytesIO(answer.body),
            headers=answer.headers,
            status=answer.status,
            version=11,
            preload_content=False,
        )
        return self.build_response(request, raw_answer)


@dataclass(frozen=True)
class Caller:
    """Sends each request with each of these keys."""

    session: requests.Session
    adapter: InThisProcess
    secrets: list[str]


@pytest.fixture
def world() -> Any:
    """A shop and a customer with one of everything to find, a key for each scope of each, and one of the shop's test mode."""
    api = Api()
    api.house.nobody = api.house.strangers = Shares("address", Rate(10**6, 1), api.house.pool)
    shop, lin, mei = a_shop(), a_payer(1000), a_payer(0, name="梅", email="mei@example.com")
    keys: dict[tuple[str, str], str] = {}
    for scope in SCOPES.values():
        for kind in scope.owners:
            owner = shop.id if kind == "merchant" else lin.id
            keys[kind, scope.name] = a_key_of(kind, owner, [scope.name])[1]
    twin = a_key_of("merchant", merchants.test_twin(shop.id).id, mode="test")[1]
    keys |= {("test", scope.name): twin for scope in SCOPES.values() if "merchant" in scope.owners}
    return api, keys, _things(api, shop, lin, mei)


def _things(api: Api, shop: MerchantView, lin: CustomerView, mei: CustomerView) -> dict[str, list[str]]:
    """By the name of the parameter, what there is: of each one that is over and one that still may change."""
    till, own = a_key_of("merchant", shop.id)[1], a_key_of("customer", lin.id)[1]
    hook = api.post("/v1/webhooks", {"url": "https://hooks.qinghe.com/wallet"}, key=till, once="fuzz-hook").json["id"]
    paid, held = a_payment(lin, shop, "38.00"), a_hold(lin, shop)
    refund = api.post(f"/v1/payments/{paid.id}/refunds", {"amount": FIVE}, key=till, once="fuzz-refund")
    case = api.post("/v1/cases", {"kind": "question", "text": "?"}, key=own, once="fuzz-case")
    everything_is_written()
    return {
        "order_id": [str(an_order(shop).id), str(paid.order_id)],
        "payment_id": [str(paid.id), str(held.id)],
        "refund_id": [refund.json["id"]],
        "transfer_id": [str(a_later_transfer(lin, mei).id), str(a_later_transfer(lin, mei, hours=1).id)],
        "agreement_id": [str(an_agreement(lin, shop).id), str(a_proposal(shop).id)],
        "wallet_id": [str(purse(lin).id)],
        "webhook_id": [hook],
        "delivery_id": [str(one) for one in Delivery.objects.values_list("id", flat=True)[:2]],
        "reference": [case.json["reference"]],
        "key": ["fuzz-refund"],
    }


def test_fuzzed(world: Any) -> None:
    api, keys, things = world
    adapter = InThisProcess(api)
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", adapter)
    schema = schemathesis.openapi.from_dict(description())
    operations = [found.ok() for found in schema.get_all_operations()]
    each, seed = -(-AT_LEAST // (len(operations) * 5)), 0
    while sum(adapter.statuses.values()) < AT_LEAST:  # some operations have only so many requests in them
        for operation in operations:
            secrets = _keys_for(operation, keys)
            _tried(operation, Caller(session, adapter, secrets), each, things, seed)
        each, seed = each // 2 + 1, seed + 1
    assert sum(adapter.statuses.values()) >= AT_LEAST
    assert not [status for status in adapter.statuses if status >= 500]
    print(dict(sorted(adapter.statuses.items())))


def _keys_for(operation: Any, keys: dict[tuple[str, str], str]) -> list[str]:
    """One of each kind of owner that can have the scope, and one that has another scope."""
    security = operation.definition.raw.get("security") or []
    scopes = [scope for one in security for scope in one.get("key", ())]
    if not scopes:
        return [keys["merchant", "orders:read"], keys["customer", "wallets:read"]]
    right = [secret for (_, scope), secret in keys.items() if scope in scopes]
    wrong = [secret for (_, scope), secret in keys.items() if scope not in scopes]
    return [*right, wrong[0]]


def _tried(operation: Any, caller: Caller, each: int, things: dict[str, list[str]], seed: int) -> None:
    """With made-up ids, with what is wrong, and with each thing that there is."""
    plans: list[tuple[GenerationMode, int, dict[str, str] | None]] = [
        (GenerationMode.POSITIVE, each // 2 + 1, None),
        (GenerationMode.NEGATIVE, each // 3 + 1, None),
    ]
    for one in operation.path_parameters:
        plans += [(GenerationMode.POSITIVE, each // 2 + 1, {one.name: thing}) for thing in things[one.name]]
    for mode, times, places in plans:
        strategy = operation.as_strategy(generation_mode=mode, path_parameters=places)
        try:
            _drive(strategy, caller, times, seed)
        except Unsatisfiable:  # nothing can be wrong with a request that has no parts
            assert mode is GenerationMode.NEGATIVE, operation.label


def _drive(strategy: Any, caller: Caller, times: int, seed: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=strategy)
    def one(case: Any) -> None:
        for secret in caller.secrets:
            caller.adapter.secret = secret
            answer = case.call(base_url="http://localhost", session=caller.session, headers=HEADERS)
            case.validate_response(answer, checks=CHECKS, headers=HEADERS)

    one()
