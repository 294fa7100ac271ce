"""Django's pages (WSGI) inside an ASGI server, for the one-port install.

The body is taken in before a thread is asked for, so a slow sender holds none: too big is 413, too slow 408. More
waiting pages than ``WAITING_AT_MOST`` are 503 with Retry-After at once: a full house says so instead of growing.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

from starlette.types import Receive, Scope, Send

THREADS = 12
WAITING_AT_MOST = 240
BODY_AT_MOST = 12 * 2**20
IN_MEMORY = 2**20
BODY_SECONDS, SILENCE_SECONDS = 60.0, 15.0
READER_SECONDS = 60.0
CHUNK = 2**18
Headers = list[tuple[bytes, bytes]]


class Unacceptable(Exception):
    """The request ends here, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class PageBridge:
    """An ASGI application around a WSGI one."""

    def __init__(self, pages: Callable[..., Iterable[bytes]]) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._waiting >= WAITING_AT_MOST:
            return await _answer(send, 503, [(b"retry-after", b"2")])
        self._waiting += 1
        try:
            with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
                size = await _take_in(scope, receive, body)
                page = _Page(self._pages, scope, body, size, send, asyncio.get_running_loop())
                context = contextvars.copy_context()
                rest = await asyncio.get_running_loop().run_in_executor(self._threads, context.run, page.make)
                if rest is not None:
                    await send({"type": "http.response.start", "status": page.status, "headers": page.headers})
                    await send({"type": "http.response.body", "body": rest})
        except Unacceptable as unacceptable:
            await _answer(send, unacceptable.status, [(b"connection", b"close")])
        finally:
            self._waiting -= 1
        return None


class _Page:
    """One request in its thread. A small page is handed back whole; a long one is sent as it comes."""

    def __init__(
        self,
        pages: Callable[..., Iterable[bytes]],
        scope: Scope,
        body: Any,
        size: int,
        send: Send,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._pages, self._send, self._loop = pages, send, loop
        self._environ = environ(scope, body, size)
        self.status, self.headers = 500, Headers()
        self._begun = False

    def make(self) -> bytes | None:
        """The whole page, or ``None`` when it was sent already."""
        answer = self._pages(self._environ, self._start)
        try:
            parts, held = [], 0
            for part in answer:
                parts.append(part)
                held += len(part)
                if held >= CHUNK:
                    self._pass_on(b"".join(parts), more=True)
                    parts, held = [], 0
            if not self._begun:
                return b"".join(parts)
            self._pass_on(b"".join(parts), more=False)
            return None
        finally:
            if close := getattr(answer, "close", None):
                close()

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return lambda part: self._pass_on(part, more=True)

    def _pass_on(self, part: bytes, *, more: bool) -> None:
        if not self._begun:
            self._begun = True
            self._wait({"type": "http.response.start", "status": self.status, "headers": self.headers})
        self._wait({"type": "http.response.body", "body": part, "more_body": more})

    def _wait(self, message: dict[str, Any]) -> None:
        """Send from the thread and wait, so a long page is made no faster than it is read."""

        async def send() -> None:
            await self._send(message)

        asyncio.run_coroutine_threadsafe(send(), self._loop).result(READER_SECONDS)


async def _take_in(scope: Scope, receive: Receive, body: BinaryIO | Any) -> int:
    """The body into ``body``; its size. Raises Unacceptable 413 or 408."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if announced.isdigit() and int(announced) > BODY_AT_MOST:
        raise Unacceptable(413)
    size, deadline, more = 0, time.monotonic() + BODY_SECONDS, True
    while more:
        patience = min(SILENCE_SECONDS, deadline - time.monotonic())
        try:
            message = await asyncio.wait_for(receive(), max(patience, 0.01))
        except TimeoutError:
            raise Unacceptable(408) from None
        if message["type"] == "http.disconnect":
            raise Unacceptable(400)
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_AT_MOST:
            raise Unacceptable(413)
        body.write(part)
        more = message.get("more_body", False)
    body.seek(0)
    return size


def environ(scope: Scope, body: Any, size: int) -> dict[str, Any]:
    """PEP 3333's dictionary for an ASGI scope."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    raw_path = scope.get("raw_path") or scope["path"].encode()
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw_path.split(b"?", 1)[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str(client[0]),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name == "content-type":
            made["CONTENT_TYPE"] = value
        elif name != "content-length" and "_" not in name:
            key = "HTTP_" + name.upper().replace("-", "_")
            joint = "; " if name == "cookie" else ","
            made[key] = f"{made[key]}{joint}{value}" if key in made else value
    return made


async def _answer(send: Send, status: int, more: Headers) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"%d\n" % status})
