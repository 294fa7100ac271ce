"""Calls to ``/v1`` in this process: the real application, its verbs in the test's own thread and transaction.

api = Api()
api.post("/v1/orders", {"amount": {"minor": 3800, "asset": "CNY"}}, key=secret, once="till-1")
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from walletdesk.doors.rest_api.app import RestApi
from walletdesk.doors.rest_api.house import House
from walletdesk.trust.api_keys.public import KeyOwner, KeyView, make_key, scopes_for

App = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def code(self) -> str:
        return str(self.json["code"])


class Api:
    """``address`` is where the calls seem to come from."""

    def __init__(self, *, rate: str = "100000/1", address: str = "203.0.113.7") -> None:
        self.house = House(at_once=True, rate=rate)
        self.app = RestApi(self.house)
        self.address = address

    def get(self, path: str, **more: Any) -> Answered:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answered:
        return self.call("POST", path, {} if body is None else body, **more)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str = "",
        once: str = "",
        headers: dict[str, str] | None = None,
        parts: Iterable[bytes] | None = None,
    ) -> Answered:
        """``body`` is JSON, or bytes as they are; ``parts`` are sent one by one instead."""
        return asyncio.run(
            asked(self.app, method, path, body, key=key, once=once, headers=headers, parts=parts, address=self.address)
        )

    def sent(
        self,
        method: str,
        path: str,
        query: str,
        headers: dict[str, str],
        parts: Sequence[bytes],
        *more: tuple[str, str],
    ) -> Answered:
        """A request as a server would hand it over; ``more`` are headers that may be there twice."""
        scope = _scope(method, path, query, headers, self.address)
        scope["headers"] += [(name.encode(), value.encode("latin-1")) for name, value in more]
        return asyncio.run(_heard(self.app, scope, parts))


async def asked(
    app: App,
    method: str,
    path: str,
    body: Any = None,
    *,
    key: str = "",
    once: str = "",
    headers: dict[str, str] | None = None,
    parts: Iterable[bytes] | None = None,
    address: str = "203.0.113.7",
) -> Answered:
    """As :meth:`Api.call`, of any application, in the loop that runs."""
    raw = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
    sent = {"host": "localhost", "content-length": str(len(raw))} if parts is None else {"host": "localhost"}
    if body is not None:
        sent["content-type"] = "application/json"
    if key:
        sent["authorization"] = f"Bearer {key}"
    if once:
        sent["idempotency-key"] = once
    place = urlsplit(path)
    scope = _scope(method, place.path, place.query, sent | (headers or {}), address)
    return await _heard(app, scope, [raw] if parts is None else list(parts))


def _scope(method: str, path: str, query: str, headers: dict[str, str], address: str) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": (address, 40000),
        "server": ("localhost", 80),
        "scheme": "http",
    }


async def _heard(app: App, scope: dict[str, Any], parts: Sequence[bytes]) -> Answered:
    waiting = [
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1} for place, part in enumerate(parts)
    ]
    heard: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        heard.append(message)

    await app(scope, receive, send)
    start = heard[0]
    headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Answered(start["status"], headers, b"".join(message.get("body", b"") for message in heard[1:]))


def a_key_of(
    kind: str,
    owner_id: UUID,
    scopes: Sequence[str] | None = None,
    mode: str = "live",
    addresses: Sequence[str] = (),
    expires_at: Any = None,
) -> tuple[KeyView, str]:
    """A key with all scopes that such an owner can have, unless told which; and its secret."""
    wanted = scopes if scopes is not None else [scope.name for scope in scopes_for(kind)]
    return make_key(kind, owner_id, "till software", wanted, mode, expires_at, addresses, f"{kind}:{owner_id}")


def owner_of(kind: str, owner_id: UUID) -> KeyOwner:
    return KeyOwner(kind, owner_id)
