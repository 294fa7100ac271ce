"""What of a request and its answer may be kept for thirty days: figures and ids, no secret, nothing personal.

A JSON value under one of ``HIDDEN`` is written as ``•••``, at any depth; so is each parameter of that name. What is no JSON
is not kept at all. Texts are cut at ``LONGEST``. ``whole`` says that nothing was hidden or cut: only then can the request be
sent again byte for byte.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, quote_plus

import msgspec

DOTS = "•••"
SECRET = re.compile(r"(wdk_|whsec_)[0-9A-Za-z_+/=-]{8,}")
"""What our own secrets look like."""
LONGEST = 4_000
_read = msgspec.json.Decoder().decode
HIDDEN = frozenset(
    {
        "note", "to", "text", "message", "messages", "description", "title", "name", "names", "secret", "secrets", "url",
        "phone", "email", "address", "addresses", "reason", "words", "payee", "counterparty", "customer_name", "file_name",
        "file", "token", "pin", "password", "key", "q", "device", "summary", "timeline", "from_name", "to_name", "code_text",
    }
)  # fmt: skip


def keep_body(body: bytes, media_type: str) -> tuple[str, bool]:
    """What is kept of a body, and whether that is all of it."""
    if not body:
        return "", True
    if (b"wdk_" in body or b"whsec_" in body) and SECRET.search(body.decode("latin-1")):
        return "", False  # a secret that went astray, under whatever name
    if "json" not in media_type:
        return "", False
    try:
        given = _read(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "", False
    if len(body) <= LONGEST and _nothing_to_hide(given, 0):
        return body.decode(), True
    hidden = _hidden(given, 0)
    kept = msgspec.json.encode(hidden).decode()
    if len(kept) > LONGEST:
        return kept[:LONGEST], False
    if hidden == given:
        return (body.decode(), True) if len(body) <= LONGEST else (kept, False)
    return kept, False


def keep_query(query: str) -> str:
    """The parameters, those of a hidden name without their value."""
    pairs = parse_qsl(SECRET.sub(DOTS, query[:LONGEST]), keep_blank_values=True)
    return "&".join(
        f"{quote_plus(name)}={DOTS if name in HIDDEN else quote_plus(value, safe=':')}" for name, value in pairs
    )[:1_000]


def _nothing_to_hide(value: Any, depth: int) -> bool:
    """Nearly every body: no hidden name at any depth, and not deep."""
    if depth > 20:
        return False
    if isinstance(value, dict):
        if not HIDDEN.isdisjoint(value):
            return False
        value = value.values()
    elif not isinstance(value, list):
        return True
    deeper = [inner for inner in value if isinstance(inner, dict | list)]
    return all(_nothing_to_hide(inner, depth + 1) for inner in deeper)


def _hidden(value: Any, depth: int) -> Any:
    if depth > 20:
        return DOTS
    if isinstance(value, dict):
        return {
            name: DOTS if name in HIDDEN and inner not in (None, "") else _hidden(inner, depth + 1)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_hidden(inner, depth + 1) for inner in value]
    return value
