"""The client against the API's own description, field by field: no call is missing, none is made up, no type has drifted."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from walletdesk.client import Money
from walletdesk.client.calls import Call, Page
from walletdesk.client.clients import GROUPS
from walletdesk.client.command.words import verbs_of

DESCRIPTION = json.loads((Path(__file__).resolve().parents[2] / "docs/reference/openapi.json").read_text())
SCHEMAS = DESCRIPTION["components"]["schemas"]
ANOTHER_NAME = {
    "orders.qr_svg": "orders.qr",
    "orders.qr_png": "orders.qr",
    "statements.list": "statements.get",
    "statements.csv": "statements.get",
}
FOR_PEOPLE = {"docs.openapi", "docs.page"}
NOT_OFFERED = {"payments.capture": {"final"}}
"""A capture is final, and the API takes no other answer: the client does not ask."""

SAMPLES: dict[Any, Any] = {
    str: "x-1",
    Money: Money(1, "CNY"),
    datetime: datetime(2026, 11, 22, tzinfo=UTC),
    int: 5,
    bool: True,
    bytes: b"x",
    Sequence: ["x-1"],
}


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """``{operationId: (method, path below /v1, operation)}``."""
    return {
        told["operationId"]: (method.upper(), path.removeprefix("/v1"), told)
        for path, methods in DESCRIPTION["paths"].items()
        for method, told in methods.items()
        if method in ("get", "post", "patch", "put", "delete")
    }


def calls() -> Iterator[tuple[str, Call[Any]]]:
    """Each verb of the client, called with everything that it takes."""
    for group in GROUPS:
        for name, verb in verbs_of(group).items():
            hints = get_type_hints(verb.describe)
            parameters = list(inspect.signature(verb.describe).parameters.values())[1:]
            places = [sample(hints[one.name]) for one in parameters if one.kind is not one.KEYWORD_ONLY]
            named = {one.name: sample(hints[one.name]) for one in parameters if one.kind is one.KEYWORD_ONLY}
            yield f"{group}.{name}", verb.describe(None, *places, **named)


def sample(hint: Any) -> Any:
    return SAMPLES[get_origin(without_none(hint)) or without_none(hint)]


def without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    return hint


CALLS = dict(calls())


def operation_of(name: str) -> tuple[str, str, dict[str, Any]]:
    return operations()[ANOTHER_NAME.get(name, name)]


def test_every_operation_has_a_verb_and_every_verb_an_operation() -> None:
    assert {ANOTHER_NAME.get(name, name) for name in CALLS} == set(operations()) - FOR_PEOPLE


@pytest.mark.parametrize("name", CALLS)
def test_a_call_asks_what_is_described(name: str) -> None:
    call, (method, path, told) = CALLS[name], operation_of(name)
    parameters = {one["name"]: one for one in told.get("parameters", [])}
    assert (call.method, call.path) == (method, path)
    queries = {word for word, one in parameters.items() if one["in"] == "query"}
    asked = {word for word, _ in call.query}
    assert asked <= queries
    assert {word for word in queries if parameters[word].get("required")} <= asked
    if name not in ("statements.list", "statements.csv"):
        assert asked == queries
    assert (call.key is not None) == ("Idempotency-Key" in parameters)


@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if call.method != "GET"])
def test_a_body_is_as_described(name: str) -> None:
    call, (_, _, told) = CALLS[name], operation_of(name)
    if "requestBody" not in told:
        assert call.content is None
        return
    ((kind, content),) = told["requestBody"]["content"].items()
    assert call.kind == kind
    if kind != "application/json":
        return
    assert call.content is not None
    shape = resolved(content["schema"])
    assert set(json.loads(call.content)) == set(shape["properties"]) - NOT_OFFERED.get(name, set())
    assert not set(shape.get("required", [])) - set(json.loads(call.content))


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_is_of_the_type_that_is_described(name: str) -> None:
    call, (_, _, told) = CALLS[name], operation_of(name)
    good = [answer for status, answer in told["responses"].items() if status.startswith("2") and "$ref" not in answer]
    (answer,) = good
    content = answer.get("content")
    if call.answer is None:
        assert not content
    elif call.answer is bytes:
        assert call.accept in content
    else:
        assert differences(call.answer, content["application/json"]["schema"], name) == []


def resolved(schema: Mapping[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    return SCHEMAS[reference.rpartition("/")[2]] if reference else dict(schema)


def differences(type_: Any, schema: Mapping[str, Any], at: str) -> list[str]:
    """Where the client's type and the description disagree, each with its place."""
    shape = resolved(schema)
    if "anyOf" in shape:
        inner = [one for one in shape["anyOf"] if one != {"type": "null"}]
        if len(inner) != 1 or NoneType not in get_args(type_):
            return [f"{at}: may be null"]
        return differences(without_none(type_), inner[0], at)
    if get_origin(type_) is Page:
        (item,) = get_args(type_)
        return differences(item, shape["properties"]["data"]["items"], f"{at}[]")
    if get_origin(type_) is list:
        return differences(get_args(type_)[0], shape.get("items", {}), f"{at}[]")
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return of_struct(type_, shape, at)
    return [] if fits(type_, shape) else [f"{at}: {type_} is not {shape}"]


def of_struct(type_: type[msgspec.Struct], shape: Mapping[str, Any], at: str) -> list[str]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(type_)}
    described, required = shape.get("properties", {}), set(shape.get("required", []))
    found = [f"{at}.{name}: not described" for name in fields.keys() - described.keys()]
    found += [f"{at}.{name}: not in the client" for name in described.keys() - fields.keys()]
    for name in fields.keys() & described.keys():
        hint = fields[name].type
        if fields[name].required and name not in required:
            found.append(f"{at}.{name}: may be absent")
        if name not in required:
            hint = without_none(hint)
            inner = [one for one in described[name].get("anyOf", [described[name]]) if one != {"type": "null"}]
            found += differences(hint, inner[0], f"{at}.{name}")
        else:
            found += differences(hint, described[name], f"{at}.{name}")
    return found


def fits(type_: Any, shape: Mapping[str, Any]) -> bool:
    match shape.get("type"), shape.get("format"):
        case "string", "date-time":
            return type_ is datetime
        case ("string", _) | (None, None) if "enum" in shape or shape.get("type") == "string":
            return type_ is str
        case "integer", _:
            return type_ is int
        case "boolean", _:
            return type_ is bool
        case "object", _:
            return get_origin(type_) is dict
    return False
