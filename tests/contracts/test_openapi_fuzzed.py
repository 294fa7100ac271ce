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
from tests.factories.money import a_payer, a_payment, a_shop, an_order
from walletdesk.doors.rest_api.app import description
from walletdesk.doors.rest_api.buckets import Rate
from walletdesk.doors.rest_api.shares import Shares
from walletdesk.trust.api_keys.public import SCOPES

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
    """A shop and a customer with something to find, and a key for each scope of each."""
    api = Api()
    api.house.nobody = api.house.strangers = Shares("address", Rate(10**6, 1), api.house.pool)
    shop, lin = a_shop(), a_payer(1000)
    paid = a_payment(lin, shop, "38.00")
    keys: dict[tuple[str, str], str] = {}
    for scope in SCOPES.values():
        for kind in scope.owners:
            owner = shop.id if kind == "merchant" else lin.id
            keys[kind, scope.name] = a_key_of(kind, owner, [scope.name])[1]
    things = {"order_id": str(an_order(shop).id), "payment_id": str(paid.id)}
    return api, keys, things


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


def _tried(operation: Any, caller: Caller, each: int, things: dict[str, str], seed: int) -> None:
    theirs = {one.name: things[one.name] for one in operation.path_parameters if one.name in things}
    plans = [(GenerationMode.POSITIVE, each, None), (GenerationMode.NEGATIVE, each // 3 + 1, None)]
    if theirs:
        plans.append((GenerationMode.POSITIVE, each, theirs))
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
