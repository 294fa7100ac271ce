"""A receiver of webhooks on this machine: it writes down what it hears and answers as it is told, well or badly.

    with receiver() as there:
        there.answers = [Says(429, {"Retry-After": "120"}), Says(200)]      in turn; the last one for ever
        … send to there.url …
        there.heard[0].body

It is an HTTP server of its own with an event loop in a thread, so that hundreds of senders at once are no matter to it.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HANG, CLOSE, GARBAGE, DRIP, ENDLESS, SLOW_BODY = "hang", "close", "garbage", "drip", "endless", "slow body"
REASONS = {200: "OK", 302: "Found", 410: "Gone", 429: "Too Many Requests", 500: "Internal Server Error"}


@dataclass(frozen=True)
class Says:
    """``how``: empty for a plain answer, or one of the ways to be a nuisance above."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"thank you"
    how: str = ""


@dataclass(frozen=True)
class Heard:
    path: str
    headers: dict[str, str]
    body: bytes


Choose = Callable[[Heard], Says]


class Receiver:
    """``answers`` in turn, or ``choose`` by what was heard. ``connections`` counts those that were opened."""

    def __init__(self) -> None:
        self.answers: list[Says] = [Says()]
        self.choose: Choose | None = None
        self.heard: list[Heard] = []
        self.connections = 0
        self.most_at_once = self._now = 0
        self.port = 0
        self.scheme = "http"
        self._never = asyncio.Event()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hook"

    def _says(self, heard: Heard) -> Says:
        if self.choose:
            return self.choose(heard)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while heard := await self._request(reader):
                self.heard.append(heard)
                self._now += 1
                self.most_at_once = max(self.most_at_once, self._now)
                try:
                    if not await self._answer(writer, self._says(heard)):
                        return
                finally:
                    self._now -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> Heard | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Heard(first.split(" ")[1], headers, body)

    async def _answer(self, writer: asyncio.StreamWriter, says: Says) -> bool:
        """Whether the connection may be used again."""
        match says.how:
            case "hang":
                await self._never.wait()
                return False
            case "close":
                return False
            case "garbage":
                writer.write(b"\x00\x01 this is no HTTP\r\n\r\n")
                await writer.drain()
                return False
            case "drip":
                for sign in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000:
                    writer.write(bytes([sign]))
                    await writer.drain()
                    await asyncio.sleep(0.02)
                return False
            case "endless":
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    writer.write(b"x" * 65_536)
                    await writer.drain()
            case "slow body":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun")
                await writer.drain()
                await self._never.wait()
                return False
        lines = [f"HTTP/1.1 {says.status} {REASONS.get(says.status, 'Said')}", f"Content-Length: {len(says.body)}"]
        lines += [f"{name}: {value}" for name, value in says.headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + says.body)
        await writer.drain()
        return True


@contextmanager
def receiver(trust: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Over https where ``trust`` brings a certificate."""
    there, ready = Receiver(), threading.Event()
    there.scheme = "https" if trust else "http"
    ends: list[Callable[[], object]] = []

    async def live() -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(there.serve, "127.0.0.1", 0, ssl=trust, backlog=1024)
        there.port = server.sockets[0].getsockname()[1]
        ends.append(lambda: loop.call_soon_threadsafe(over.set))
        ready.set()
        await over.wait()
        server.close()
        lines = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        await asyncio.sleep(0)

    thread = threading.Thread(target=asyncio.run, args=(live(),), name="receiver", daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield there
    finally:
        ends[0]()
        thread.join(10)
