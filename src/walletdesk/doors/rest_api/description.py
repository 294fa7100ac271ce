"""OpenAPI 3.1, written from the endpoints and their types, never by hand: ``/v1/openapi.json`` and docs/reference/openapi.json."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from walletdesk.doors.rest_api.endpoint import JSON_KIND, Endpoint
from walletdesk.doors.rest_api.shapes.parts import Problem, Unknown
from walletdesk.foundation.errors import Refusal

VERSION = "1.0.0"
PROBLEM_KIND = "application/problem+json"
INTRODUCTION = """Wallets, orders, payments, refunds, transfers, cases and events of this wallet, for other software.

Send your key as `Authorization: Bearer wdk_…`. Sums are whole minor units with an asset, times RFC 3339 in UTC, ids UUIDs.
Every POST that moves money needs an `Idempotency-Key`: sent again with the same body, it answers what it answered first,
with `Idempotent-Replayed: true`. Lists are read on with `next_cursor`. What is refused is `application/problem+json` (RFC 9457)
with a stable `code`. A 202 with `state: unknown` means that nobody knows yet: ask `status_url`, never guess."""
HEADERS: dict[str, str] = {
    "Request-Id": "The request's own number: quote it, and find it in the request log",
    "RateLimit-Policy": "How often this key may ask (draft-ietf-httpapi-ratelimit-headers)",
    "RateLimit": "How often it still may",
    "Retry-After": "Seconds to wait",
    "Idempotent-Replayed": "`true` when this answer was given before under the same Idempotency-Key",
}
ALWAYS = {"Request-Id", "RateLimit-Policy", "RateLimit"}
OUTCOME_UNKNOWN = "Nobody knows yet what became of it"
Names = dict[str, dict[str, Any]]
"""A type's ``repr`` → the reference to its schema."""
_PLACE = re.compile(r"{(\w+)}")


def describe(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """The whole document."""
    schemas, names = _schemas(endpoints)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas, names)
    responses = _refused(endpoints, names)
    used = set(re.findall(r"#/components/schemas/(\w+)", str(paths) + str(schemas) + str(responses)))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Walletdesk", "version": VERSION, "description": INTRODUCTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(_tag(endpoint) for endpoint in endpoints)],
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in sorted(schemas.items()) if name in used},
            "responses": responses,
            "headers": {
                name: {"description": words, "schema": {"type": "string"}, "required": False}
                for name, words in HEADERS.items()
            },
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "bearerFormat": "wdk_live_… or wdk_test_…"}
            },
        },
    }


def refusals_by_code() -> dict[str, type[Refusal]]:
    """Every refusal that any loaded room can give, by its stable code."""
    found: dict[str, type[Refusal]] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("walletdesk."):
            found.setdefault(kind.code, kind)
    return found


def statuses_of(endpoint: Endpoint) -> set[int]:
    """Each status that this endpoint may answer besides its own."""
    statuses = {400, 422, 429, 500, 503}
    if endpoint.scope is not None:
        statuses |= {401, 403}
    if "{" in endpoint.path:
        statuses |= {404}
    if endpoint.body is not None:
        statuses |= {408, 413, 415}
    if endpoint.idempotent != "no":
        statuses |= {409}
    known = refusals_by_code()
    return statuses | {known[code].status for code in endpoint.refuses.split()}


def _schemas(endpoints: Sequence[Endpoint]) -> tuple[dict[str, Any], Names]:
    kinds: list[Any] = [Problem, Unknown]
    for endpoint in endpoints:
        kinds += [kind for kind in (endpoint.answer, endpoint.body, endpoint.query) if kind not in (None, bytes)]
    kinds = list(dict.fromkeys(kinds))
    refs, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    renamed = {name: _readable(name) for name in schemas}
    text = msgspec.json.encode([list(refs), schemas]).decode()
    for before, after in renamed.items():
        text = text.replace(f'"#/components/schemas/{before}"', f'"#/components/schemas/{after}"')
    new_refs, named = msgspec.json.decode(text)
    schemas = {renamed[name]: _plain(schema) for name, schema in named.items()}
    return schemas, {repr(kind): ref for kind, ref in zip(kinds, new_refs, strict=True)}


def _readable(name: str) -> str:
    """``PageOf_Order_`` is ``OrderPage``."""
    match = re.fullmatch(r"PageOf_(\w+?)_", name)
    return f"{match[1]}Page" if match else name


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without the name that msgspec adds, and with one-line descriptions."""
    schema = {name: value for name, value in schema.items() if name != "title"}
    if "description" in schema:
        schema["description"] = " ".join(schema["description"].split())
    return schema


def _operation(endpoint: Endpoint, schemas: dict[str, Any], names: Names) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [_tag(endpoint)],
        "summary": endpoint.words.en,
        "x-summary-zh": endpoint.words.zh,
        "description": _words(endpoint),
        "parameters": [*_places(endpoint), *_parameters(endpoint, schemas, names), *_keys(endpoint)],
        "responses": _responses(endpoint, names),
        "security": [] if endpoint.scope is None else [{"key": [] if endpoint.scope == "any" else [endpoint.scope]}],
    }
    if endpoint.body is bytes:
        made["requestBody"] = {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}}},
        }
    elif endpoint.body is not None:
        made["requestBody"] = {"required": True, "content": {JSON_KIND: {"schema": names[repr(endpoint.body)]}}}
    if endpoint.refuses:
        made["x-codes"] = list(dict.fromkeys(endpoint.refuses.split()))
    return made


def _words(endpoint: Endpoint) -> str:
    words = [f"{endpoint.about.en}." if endpoint.about else ""]
    if endpoint.scope not in (None, "any"):
        words.append(f"Needs the scope `{endpoint.scope}`.")
    return " ".join(word for word in words if word) or endpoint.words.en + "."


def _tag(endpoint: Endpoint) -> str:
    return endpoint.name.partition(".")[0]


def _places(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"}
            if name.endswith("_id")
            else {"type": "string", "minLength": 1, "maxLength": 255},
        }
        for name in _PLACE.findall(endpoint.path)
    ]


def _parameters(endpoint: Endpoint, schemas: dict[str, Any], names: Names) -> Iterable[dict[str, Any]]:
    if endpoint.query is None:
        return
    schema = schemas[names[repr(endpoint.query)]["$ref"].rpartition("/")[2]]
    for name, kind in schema["properties"].items():
        kind = dict(kind)
        words = kind.pop("description", None)
        if "anyOf" in kind and kind.get("default", 0) is None:  # left out, never null: a parameter is text
            del kind["default"]
            (kind,) = [one for one in kind["anyOf"] if one.get("type") != "null"]
            words = words or kind.pop("description", None)
        made = {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": kind}
        yield made | ({"description": words} if words else {})


def _keys(endpoint: Endpoint) -> list[dict[str, Any]]:
    if endpoint.idempotent == "no":
        return []
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": endpoint.idempotent == "required",
            "description": "Yours, one for each wish: 1 to 255 visible ASCII characters. Send the same one to try again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        }
    ]


def _responses(endpoint: Endpoint, names: Names) -> dict[str, Any]:
    shown = ALWAYS | ({"Idempotent-Replayed"} if endpoint.idempotent != "no" else set())
    responses: dict[str, Any] = {str(endpoint.status): _response(endpoint.words.en, shown, _content(endpoint, names))}
    if endpoint.may_be_unknown:
        responses["202"] = {"$ref": "#/components/responses/Unknown"}
    for status in sorted(statuses_of(endpoint)):
        responses[str(status)] = {"$ref": f"#/components/responses/{_problem_name(status)}"}
    if endpoint.name == "health.get":
        responses["503"] = _response("Unwell", shown, _content(endpoint, names) | _problem_content(names))
    return responses


def _refused(endpoints: Sequence[Endpoint], names: Names) -> dict[str, Any]:
    """The answers that many endpoints share, by name."""
    shared: dict[str, Any] = {}
    for status in sorted({status for endpoint in endpoints for status in statuses_of(endpoint)}):
        later = {"Retry-After"} if status in (409, 429, 503) else set()
        shared[_problem_name(status)] = _response(HTTPStatus(status).phrase, ALWAYS | later, _problem_content(names))
    unknown = {JSON_KIND: {"schema": names[repr(Unknown)]}}
    return shared | {"Unknown": _response(OUTCOME_UNKNOWN, ALWAYS | {"Retry-After"}, unknown)}


def _problem_content(names: Names) -> dict[str, Any]:
    return {PROBLEM_KIND: {"schema": names[repr(Problem)]}}


def _problem_name(status: int) -> str:
    return "".join(word.capitalize() for word in HTTPStatus(status).phrase.replace("-", " ").split())


def _content(endpoint: Endpoint, names: Names) -> dict[str, Any]:
    if endpoint.answer is None:
        return {}
    schema = {"type": "string", "format": "binary"} if endpoint.answer is bytes else names[repr(endpoint.answer)]
    return {
        kind: {"schema": schema if kind == JSON_KIND or endpoint.answer is bytes else {"type": "string"}}
        for kind in endpoint.kinds
    }


def _response(words: str, headers: set[str], content: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": words,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(headers)},
    }
    return made | ({"content": content} if content else {})
