"""Letters to receivers over HTTP/1.1: one thread with its own event loop, so that hundreds are under way side by side.

    any status      answered: the status decides, the body is read for the log only, at most 64 kB, and is cut there
    3xx             answered; no redirect is followed
    no connection   not_reached: no name, nobody there, or a certificate that is not theirs
    not public      not_allowed, before anything is connected
    deadline        timed_out: over the whole exchange, however it trickles
    else            broken: what came back is no HTTP, or the connection was lost

Each letter has a connection of its own: a pool of them looks at every connection with every letter, which cost five times what a
letter costs, and so an address is then judged for each letter. No proxy and no cookie is taken from anywhere. A letter and its
answer are never logged.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
import time
from collections.abc import AsyncIterator
from functools import cached_property

import httpcore

from walletdesk.adapters.webhooks.addresses import objection
from walletdesk.adapters.webhooks.pinned import AddressNotAllowed, PinnedBackend, Resolve, system_resolver
from walletdesk.service.webhooks.ports import Answer, Answered, Letter

log = logging.getLogger(__name__)
LONGEST_ANSWER = 64 * 1024
SHOWN_OF_ANSWER = 500
CONNECT_WITHIN = 5.0
CLOSE = ("connection", "close")


class HttpCarrier:
    """A ``WebhookCarrier``. ``deadline``: seconds over one whole exchange. ``trust`` and ``resolve`` are given by tests."""

    def __init__(
        self,
        deadline: float,
        *,
        loopback: bool = False,
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = system_resolver,
    ) -> None:
        self._deadline, self._loopback = deadline, loopback
        self._given_trust = trust
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._network = PinnedBackend(loopback=loopback, resolve=resolve)
        self._under_way: set[asyncio.Task[None]] = set()

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Read when the first letter goes: page processes have a carrier too, and send nothing."""
        return self._given_trust or ssl.create_default_context()

    def objection(self, address: str) -> str:
        return objection(address, loopback=self._loopback)

    def carry(self, letter: Letter, answered: Answered) -> None:
        loop = self._running_loop()
        loop.call_soon_threadsafe(self._start, letter, answered)

    def close(self) -> None:
        """What is under way is dropped without an answer."""
        loop, self._loop = self._loop, None
        if loop is not None:
            asyncio.run_coroutine_threadsafe(self._end(), loop).result(5)
            loop.call_soon_threadsafe(loop.stop)
            self._thread.join(5)
            loop.close()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="webhook carrier", daemon=True)
                self._thread.start()
            return self._loop

    def _start(self, letter: Letter, answered: Answered) -> None:
        task = asyncio.get_running_loop().create_task(self._carry(letter, answered))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _end(self) -> None:
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _carry(self, letter: Letter, answered: Answered) -> None:
        began = time.monotonic()
        answer = await self._answer_to(letter)
        took = int((time.monotonic() - began) * 1000)
        answered(letter, Answer(answer.ended, answer.status, answer.retry_after, answer.words, took))

    async def _answer_to(self, letter: Letter) -> Answer:
        why = self.objection(letter.address)
        if why:
            return Answer("not_allowed", words=why)
        try:
            return await self._exchange(letter)
        except AddressNotAllowed:
            return Answer("not_allowed", words="the name stands for a machine that is not public")
        except (httpcore.ConnectError, httpcore.ConnectTimeout, ssl.SSLError) as refused:
            return Answer("not_reached", words=_said(refused))
        except TimeoutError:
            return Answer("timed_out", words=f"no answer within {self._deadline:g} s")
        except httpcore.TimeoutException:
            return Answer("timed_out", words=f"no answer within {self._deadline:g} s")
        except (httpcore.NetworkError, httpcore.ProtocolError) as broken:
            return Answer("broken", words=_said(broken))
        except Exception as ours:
            log.exception("a webhook could not be carried")
            return Answer("broken", words=f"our own fault: {type(ours).__name__}")

    async def _exchange(self, letter: Letter) -> Answer:
        ends = asyncio.get_running_loop().time() + self._deadline
        where = httpcore.URL(letter.address)
        async with (
            asyncio.timeout_at(ends),
            httpcore.AsyncHTTPConnection(where.origin, self._trust, network_backend=self._network) as connection,
        ):
            request = connection.stream(
                "POST",
                where,
                headers=[(name.encode(), value.encode()) for name, value in (*letter.headers.items(), CLOSE)],
                content=letter.body,
                extensions={"timeout": {"connect": min(CONNECT_WITHIN, self._deadline)}},
            )
            async with request as answer:
                body = await _beginning(answer.aiter_stream(), ends)
                retry_after = next((value for name, value in answer.headers if name.lower() == b"retry-after"), b"")
                return Answer("answered", answer.status, retry_after.decode("latin-1")[:100], _shown(body))


async def _beginning(parts: AsyncIterator[bytes], ends: float) -> bytes:
    """At most 64 kB of the answer's body; what comes later, or too late, is not read. The status stands already."""
    read = bytearray()
    try:
        async with asyncio.timeout_at(ends - 0.05):
            async for part in parts:
                read += part
                if len(read) >= LONGEST_ANSWER:
                    break
    except (TimeoutError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
        pass
    return bytes(read[:LONGEST_ANSWER])


def _shown(body: bytes) -> str:
    """The beginning as one piece of plain text for the owner's log."""
    text = body[: SHOWN_OF_ANSWER * 4].decode(errors="replace")
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)[:SHOWN_OF_ANSWER].strip()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")[:200]
