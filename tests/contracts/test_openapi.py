"""The description is what is committed, breaks nobody, and says everything that a caller must know."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from law import error_codes
from law.openapi import COPY, breaking, written

from tests.factories.api import Api
from walletdesk.doors.rest_api.app import description
from walletdesk.doors.rest_api.description import refusals_by_code
from walletdesk.doors.rest_api.resources.everything import ENDPOINTS
from walletdesk.trust.api_keys.public import SCOPES

NOW = description()


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in NOW["paths"].items() for method, one in methods.items()]


def test_the_committed_copy_is_this_release() -> None:
    committed = json.loads(COPY.read_text())
    assert not breaking(committed, NOW), "this breaks callers: python -m law.openapi says whom"
    assert written(NOW) == COPY.read_text(), "write it anew: python -m law.openapi --write"


def change(path: str, value: Any = None) -> dict[str, Any]:
    """The description with one thing at ``path`` (slashes written ``|``) put in, or taken out for None."""
    changed = copy.deepcopy(NOW)
    at, *names = changed, *path.split("|")
    for name in names[:-1]:
        at = at[int(name)] if isinstance(at, list) else at[name]
    if value is None:
        at.remove(names[-1]) if isinstance(at, list) else at.pop(names[-1])
    else:
        at[names[-1]] = value
    return changed


POST = "paths|/v1/orders|post"
BREAKS = [
    # what is done to the description, what it is called
    ("paths|/v1/orders", None, "POST /v1/orders is gone"),
    (f"{POST}|operationId", "orders.make", "operationId orders.create is now orders.make"),
    (f"{POST}|security", [{"key": ["payments:write"]}], "needs another scope"),
    (f"{POST}|responses|201", None, "answers 201 no more"),
    (f"{POST}|x-codes|asset_unknown", None, "refuses no more with asset_unknown"),
    ("components|schemas|OrderAsk|required", ["amount", "note"], "body.note is required now"),
    ("components|schemas|OrderAsk|properties|note", None, "body.note is taken no more"),
    ("components|schemas|OrderAsk|properties|note|maxLength", 20, "maxLength is tighter"),
    ("components|schemas|Sum|properties|minor|minimum", 100, "minimum is tighter"),
    ("components|schemas|Sum|properties|minor|type", "string", "is ['string'] and was ['integer']"),
    ("components|schemas|Order|properties|state", None, "state is gone"),
    ("components|schemas|Order|properties|receipt_number", {"type": "integer"}, "receipt_number"),
    ("components|schemas|Order|required|code", None, "code may be missing now"),
    ("components|schemas|Payment|properties|state|enum", ["captured", "odd"], "may now say odd"),
]


@pytest.mark.parametrize(("path", "value", "said"), BREAKS, ids=[row[2] for row in BREAKS])
def test_a_breaking_change_is_named(path: str, value: Any, said: str) -> None:
    assert any(said in one for one in breaking(NOW, change(path, value))), breaking(NOW, change(path, value))


ADDS = [
    ("components|schemas|Order|properties|colour", {"type": "string"}),
    ("components|schemas|OrderAsk|properties|colour", {"type": "string"}),
    ("components|schemas|OrderAsk|properties|note|maxLength", 500),
    ("paths|/v1/new", {"get": copy.deepcopy(NOW["paths"]["/v1/merchant"]["get"])}),
    (f"{POST}|responses|418", {"description": "tea"}),
    (f"{POST}|summary", "Another sentence"),
]


@pytest.mark.parametrize(("path", "value"), ADDS, ids=[row[0] for row in ADDS])
def test_what_is_added_breaks_nobody(path: str, value: Any) -> None:
    assert breaking(NOW, change(path, value)) == []
    assert breaking(NOW, NOW) == []


# The description's own manners


def test_each_operation_is_named_once_and_described_in_both_languages() -> None:
    names = [one["operationId"] for _, _, one in operations()]
    assert len(names) == len(set(names)) >= 45
    for path, method, one in operations():
        assert re.fullmatch(r"[a-z]+\.[a-z]+", one["operationId"]), path
        assert one["summary"] and one["x-summary-zh"] and one["description"], (path, method)
        assert re.fullmatch(r"(/[a-z0-9.-]+|/\{[a-z_]+\})+", path), path


def test_each_operation_says_what_it_needs_and_how_it_refuses() -> None:
    for path, method, one in operations():
        for scope in (scope for need in one["security"] for scope in need["key"]):
            assert scope in SCOPES, (path, scope)
        for status in ("400", "422", "429", "500", "503"):
            assert status in one["responses"], (path, method, status)
        if one["security"]:
            assert {"401", "403"} <= set(one["responses"])
        if "{" in path:
            assert "404" in one["responses"], (path, method)


def test_each_money_post_requires_an_idempotency_key() -> None:
    """The money contract: required on every POST that moves or promises money, taken by every other."""
    free = {"orders.cancel", "agreements.end"}
    for path, method, one in operations():
        if method != "post":
            continue
        keys = [given for given in one["parameters"] if given["name"] == "Idempotency-Key"]
        assert len(keys) == 1, path
        money = one["operationId"].split(".")[0] in ("orders", "agreements", "payments", "holds", "transfers")
        assert keys[0]["required"] is (money and one["operationId"] not in free), one["operationId"]


def test_each_code_that_is_promised_exists_and_every_reference_leads_somewhere() -> None:
    known = refusals_by_code()
    for endpoint in ENDPOINTS:
        assert [code for code in endpoint.refuses.split() if code not in known] == [], endpoint.name
    for kind, name in set(re.findall(r"#/components/(\w+)/([\w-]+)", json.dumps(NOW))):
        assert name in NOW["components"][kind], name


def test_each_type_and_field_that_comes_in_is_closed_and_bounded() -> None:
    for name, schema in NOW["components"]["schemas"].items():
        if not name.endswith(("Ask", "Change", "Sum")):
            continue
        assert schema["additionalProperties"] is False, name
        for field, kind in schema["properties"].items():
            for one in kind.get("anyOf", [kind]):
                if one.get("type") == "string" and "format" not in one:
                    assert "maxLength" in one or "pattern" in one, (name, field)
                if one.get("type") == "array":
                    assert "maxItems" in one, (name, field)


def test_the_page_of_codes_is_this_release() -> None:
    assert error_codes.PAGE.read_text() == error_codes.page(), "write it anew: python -m law.error_codes"


# What is served


@pytest.mark.django_db
def test_the_description_is_served_as_it_is_committed() -> None:
    assert Api().get("/v1/openapi.json").json == json.loads(COPY.read_text())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentence"), [("zh", "付款的约定"), ("en", "The money contract")])
def test_the_page_for_people_comes_from_nowhere_else(language: str, sentence: str) -> None:
    page = Api().get("/v1/docs", headers={"accept-language": language})
    text = page.body.decode()
    assert page.status == 200 and sentence in text
    assert "<script" not in text and "http://" not in text and "https://" not in text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for endpoint in ENDPOINTS:
        assert endpoint.path in text
    assert 'id="not_enough_money"' in text
    for to in re.findall(r'href="#([^"]+)"', text):
        assert f'id="{to}"' in text or f"id={to}>" in text, f"nothing stands where {to} leads"
