"""One call, described once: what is asked, what comes back, and whether it may be asked twice.

The description knows neither network nor time; both clients send the same one. The table in ``tests`` holds every
description against ``docs/reference/openapi.json``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import msgspec

T = TypeVar("T")

REPEATABLE = frozenset({"GET", "HEAD", "PUT", "PATCH", "DELETE"})
"""Methods that may be sent again without a key: here a second time changes nothing that the first has not."""

JSON = "application/json"
_VISIBLE_ASCII = re.compile(r"[!-~]{1,255}", re.ASCII)
_PLACE = re.compile(r"\{(\w+)\}")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A part of a list; ``next_cursor`` asks for the part after it, ``None`` says that this was the last."""

    data: list[T]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T]):
    """``path`` as the description of the API has it (``/orders/{order_id}``), ``into`` what stands in its places.

    ``key`` is the idempotency key, made with the call and kept through every retry. ``read`` turns the body into what the
    caller gets; ``answer`` is the type it reads, for the test that compares it with the API's own.
    """

    method: str
    path: str
    answer: Any
    read: Callable[[bytes], T]
    into: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None
    kind: str = JSON
    accept: str = JSON
    key: str | None = None

    @property
    def target(self) -> str:
        """Path and query as they are sent. What stands in a place is one step of the path, whatever it holds."""
        path = _PLACE.sub(lambda place: quote(self.into[place[1]], safe=""), self.path)
        return f"{path}?{urlencode(self.query)}" if self.query else path

    @property
    def repeatable(self) -> bool:
        return self.key is not None or self.method in REPEATABLE


def new_key() -> str:
    """A key for one new operation. To find it again after a crash of your own, make it yourself and keep it with your sale."""
    return str(uuid.uuid4())


def usable_key(key: str | None) -> str:
    """``key``, or a new one. Refuses (``ValueError``) what the API would: not 1 to 255 visible ASCII characters."""
    if key is None:
        return new_key()
    if not _VISIBLE_ASCII.fullmatch(key):
        raise ValueError("an idempotency key has 1 to 255 visible ASCII characters")
    return key


def describe(
    method: str,
    path: str,
    answer: Any,
    *,
    into: Mapping[str, object] | None = None,
    query: Mapping[str, object] | None = None,
    body: Mapping[str, object] | None = None,
    key: str | None = None,
) -> Call[Any]:
    """The call with a JSON answer of type ``answer`` (``None``: an empty one). What is ``None`` is not said at all."""
    decoder = msgspec.json.Decoder(answer) if answer is not None else None
    return Call(
        method=method,
        path=path,
        answer=answer,
        read=decoder.decode if decoder else lambda _: None,
        into={name: _place(value) for name, value in (into or {}).items()},
        query=tuple((name, _word(value)) for name, value in (query or {}).items() if value is not None),
        content=None if body is None else msgspec.json.encode(_said(body)),
        key=key,
    )


def describe_bytes(
    path: str, accept: str, *, into: Mapping[str, object] | None = None, query: Mapping[str, object] | None = None
) -> Call[bytes]:
    """The GET whose answer is not JSON: a picture, a table."""
    return Call(
        method="GET",
        path=path,
        answer=bytes,
        read=bytes,
        into={name: _place(value) for name, value in (into or {}).items()},
        query=tuple((name, _word(value)) for name, value in (query or {}).items() if value is not None),
        accept=accept,
    )


def describe_upload(
    path: str, answer: Any, file: bytes, *, into: Mapping[str, object], query: Mapping[str, object], key: str
) -> Call[Any]:
    """The POST whose body is a file as it is."""
    return replace(
        describe("POST", path, answer, into=into, query=query, key=key), content=file, kind="application/octet-stream"
    )


def _place(value: object) -> str:
    """What stands in a place of the path; nothing, or a step upwards, would ask for another address."""
    text = str(value)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} names nothing")
    return text


def _word(value: object) -> str:
    """A value in a query, spelled as it would be in JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode().strip('"')


def _said(body: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in body.items() if value is not None}
