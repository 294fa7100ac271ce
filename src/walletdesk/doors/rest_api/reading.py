"""Parameters and bodies into their declared types: what does not fit is refused, with the place where it does not."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from walletdesk.doors.rest_api.asked import JSON
from walletdesk.doors.rest_api.refusals import (
    BodyKindUnknown,
    BodyUnusable,
    ParameterUnusable,
    RequestUnreadable,
)

_PLACE = re.compile(r"(?P<says>.*?)(?: - at `(?P<at>[^`]*)`)?", re.DOTALL)
MOST_PARAMETERS = 50


def read_query(kind: type[msgspec.Struct] | None, raw: bytes) -> Any:
    """The parameters. Refuses what is no UTF-8 (``RequestUnreadable``), and what is unknown, there twice, or of another
    kind (``ParameterUnusable``).
    """
    if not raw:
        return kind() if kind is not None else None
    try:
        text = raw.decode("ascii")
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=False, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except (UnicodeDecodeError, ValueError):
        raise RequestUnreadable() from None
    given = dict(pairs)
    if len(given) != len(pairs):
        raise ParameterUnusable(errors=[{"at": "?", "says": "a parameter is there twice"}])
    known = {field.encode_name: field for field in msgspec.structs.fields(kind)} if kind is not None else {}
    for name in given:
        if name not in known:
            raise ParameterUnusable(errors=[{"at": "?", "says": "there is no such parameter here"}])
    if any("\x00" in value for value in given.values()):
        raise ParameterUnusable(errors=[{"at": "?", "says": "NUL is not text"}])
    if kind is None:
        return None
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as wrong:
        raise ParameterUnusable(errors=[_where(wrong, "?")]) from None


def read_body(kind: Any, raw: bytes, headers: Mapping[bytes, bytes]) -> Any:
    """The body. ``bytes`` is taken as it is. Refuses, in this order: another kind than JSON (``BodyKindUnknown``), what is
    no JSON (``RequestUnreadable``), what is not as described (``BodyUnusable``).
    """
    if kind is bytes:
        return raw
    if not _says_json(headers.get(b"content-type", b"")):
        raise BodyKindUnknown(kind="application/json")
    try:
        body = _decoder(kind).decode(raw)
    except msgspec.ValidationError as wrong:
        raise BodyUnusable(errors=[_where(wrong, "$")]) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise RequestUnreadable() from None
    except RecursionError:
        raise BodyUnusable(errors=[{"at": "$", "says": "nested too deeply"}]) from None
    if b"\\u0000" in raw and _has_nul(msgspec.to_builtins(body)):
        raise BodyUnusable(errors=[{"at": "$", "says": "NUL is not text"}])
    return body


def _says_json(content_type: bytes) -> bool:
    return content_type == JSON or content_type.partition(b";")[0].strip().lower() == JSON


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(inner) for inner in value.values())
    return isinstance(value, list) and any(_has_nul(inner) for inner in value)


def _where(wrong: msgspec.ValidationError, root: str) -> dict[str, str]:
    match = _PLACE.fullmatch(str(wrong))
    return {"at": (match and match["at"]) or root, "says": (match and match["says"]) or "not as described"}
