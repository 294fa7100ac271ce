"""The two ways over the wire, with httpx: one waits, one awaits. Both carry out what ``retrying.converse`` wishes.

The key of the API leaves with requests to ``url`` and to nowhere else: no redirect is followed, and plain ``http`` is taken
for this very machine only.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from typing import Any, TypeVar

import httpx
import msgspec

from walletdesk.client.calls import Call, Page
from walletdesk.client.errors import UnreadableAnswer
from walletdesk.client.lists import AsyncItems, Items
from walletdesk.client.retrying import Conversation, Heard, Lost, Patience, Send, Wait, converse

T = TypeVar("T")
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)
"""What fails before a byte of the request is on its way."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finished call, for a log or a counter of your own: never a key, never a body. ``tries`` counts the requests made
    for it; ``replayed`` says that the answer is the first one's, from its record.
    """

    method: str
    path: str
    status: int
    tries: int
    request_id: str | None
    replayed: bool


Listener = Callable[[Told], None]


def checked_url(url: str) -> str:
    """``url`` without its last slash. Refuses (``ValueError``) plain http to another machine, and what is no address."""
    parts = httpx.URL(url)
    if parts.scheme not in ("https", "http") or not parts.host or parts.userinfo or parts.query:
        raise ValueError(f"{url!r} is not the address of an API, like https://wallet.example")
    if parts.scheme == "http" and not _this_machine(parts.host):
        raise ValueError("an API key may not travel in the clear: use https")
    return url.rstrip("/").removesuffix("/v1")


def _this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def headers_for(secret: str, language: str) -> dict[str, str]:
    try:
        ours = version("walletdesk")
    except PackageNotFoundError:
        ours = "unpackaged"
    named = {"user-agent": f"walletdesk-client/{ours}", "accept-language": language}
    return named | ({"authorization": f"Bearer {secret}"} if secret else {})


class Wire:
    """The blocking way."""

    def __init__(self, http: httpx.Client, patience: Patience, listener: Listener | None) -> None:
        self._http, self._patience, self._listener = http, patience, listener

    def do(self, call: Call[T]) -> T:
        """Send ``call``, again where that is safe, and read what came. Raises what ``errors.py`` lists."""
        spoken = _Spoken(call, self._patience)
        wish = spoken.begin()
        while wish is not None:
            if isinstance(wish, Wait):
                time.sleep(wish.seconds)
                wish = spoken.go_on(None)
            else:
                wish = spoken.go_on(self._send(wish))
        return spoken.read(self._listener)

    def items(self, call: Call[Page[T]]) -> Items[T]:
        return Items(call, self.do)

    def _send(self, wish: Send) -> Heard | Lost:
        try:
            answer = self._http.request(wish.method, wish.target, headers=dict(wish.headers), content=wish.content)
        except httpx.RequestError as lost:
            return _lost(lost)
        return _heard(answer)


class AsyncWire:
    """The awaiting way."""

    def __init__(self, http: httpx.AsyncClient, patience: Patience, listener: Listener | None) -> None:
        self._http, self._patience, self._listener = http, patience, listener

    async def do(self, call: Call[T]) -> T:
        """The same as :meth:`Wire.do`. Cancelled half-way, a request with a key may have taken effect."""
        spoken = _Spoken(call, self._patience)
        wish = spoken.begin()
        while wish is not None:
            if isinstance(wish, Wait):
                await asyncio.sleep(wish.seconds)
                wish = spoken.go_on(None)
            else:
                wish = spoken.go_on(await self._send(wish))
        return spoken.read(self._listener)

    def items(self, call: Call[Page[T]]) -> AsyncItems[T]:
        return AsyncItems(call, self.do)

    async def _send(self, wish: Send) -> Heard | Lost:
        try:
            answer = await self._http.request(
                wish.method, wish.target, headers=dict(wish.headers), content=wish.content
            )
        except httpx.RequestError as lost:
            return _lost(lost)
        return _heard(answer)


class _Spoken:
    """A conversation under way; both wires turn its handle."""

    def __init__(self, call: Call[Any], patience: Patience) -> None:
        self._call = call
        self._talk: Conversation = converse(call, patience, random.random)
        self._tries = 0
        self._end: Heard | None = None

    def begin(self) -> Send | Wait | None:
        return self._next(lambda: next(self._talk))

    def go_on(self, came: Heard | Lost | None) -> Send | Wait | None:
        return self._next(lambda: self._talk.send(came))

    def _next(self, step: Callable[[], Send | Wait]) -> Send | Wait | None:
        try:
            wish = step()
        except StopIteration as end:
            self._end = end.value
            return None
        self._tries += isinstance(wish, Send)
        return wish

    def read(self, listener: Listener | None) -> Any:
        heard, call = self._end, self._call
        assert heard is not None
        if listener:
            again = heard.headers.get("idempotent-replayed") == "true"
            request_id = heard.headers.get("request-id")
            listener(Told(call.method, call.path, heard.status, self._tries, request_id, again))
        try:
            return call.read(heard.body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as reason:
            raise UnreadableAnswer(heard.status, str(reason), call.key) from reason


def _heard(answer: httpx.Response) -> Heard:
    headers: Mapping[str, str] = {name.lower(): value for name, value in answer.headers.items()}
    return Heard(answer.status_code, headers, answer.content)


def _lost(error: httpx.RequestError) -> Lost:
    return Lost(f"{type(error).__name__}: {error}", left=not isinstance(error, NEVER_LEFT))
