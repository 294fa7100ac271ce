"""The body of a request, taken in before anything else is asked: no more bytes and no more time than declared (L22).

Nearly every body is there at once, whole: as many bytes as were announced are all of it, and nobody waits for the server to
say so. The first wait has no timer of its own: all who begin to wait within the same moment share one (:class:`_Wave`).
Whoever sends in pieces gets a timer for each.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from starlette.types import Receive

from walletdesk.doors.rest_api.refusals import BodyKindUnknown, BodyTooBig, RequestUnreadable, TooSlow

JSON_AT_MOST = 64 * 1024
SILENCE_SECONDS, BODY_SECONDS = 10.0, 30.0
SAME_MOMENT_SECONDS = 0.25


class Gone(Exception):
    """The caller hung up: there is nobody to answer."""


async def take_in(headers: dict[bytes, bytes], receive: Receive, most: int) -> bytes:
    """The whole body. Refuses, in this order: a length that cannot be read (``RequestUnreadable``) or is too big
    (``BodyTooBig``); a compressed body (``BodyKindUnknown``: nothing is unpacked here, so no bomb is); more bytes than
    announced or allowed; silence, or a trickle (``TooSlow``).
    """
    announced = headers.get(b"content-length", b"0")
    if not announced.isdigit():
        raise RequestUnreadable()
    if len(announced) > 12 or int(announced) > most:
        raise BodyTooBig(most=most)
    if headers.get(b"content-encoding", b"identity").lower() not in (b"identity", b""):
        raise BodyKindUnknown(kind="identity")
    began = time.monotonic()
    message = await _first(receive)
    first = _part(message, most)
    whole = not message.get("more_body") or 0 < int(announced) == len(first)
    return first if whole else await _rest([first], receive, most, began)


async def _rest(parts: list[bytes], receive: Receive, most: int, began: float) -> bytes:
    """What follows a first part."""
    size, deadline, more = len(parts[0]), began + BODY_SECONDS, True
    while more:
        try:
            async with asyncio.timeout(max(0.01, min(SILENCE_SECONDS, deadline - time.monotonic()))):
                message = await receive()
        except TimeoutError:
            raise TooSlow() from None
        parts.append(_part(message, most, size))
        size += len(parts[-1])
        more = message.get("more_body", False)
    return b"".join(parts)


def _part(message: Any, most: int, before: int = 0) -> bytes:
    if message["type"] == "http.disconnect":
        raise Gone
    part: bytes = message.get("body", b"")
    if before + len(part) > most:
        raise BodyTooBig(most=most)
    return part


class _Wave:
    """Those who began to wait in the same moment; when their time is over they are woken, all by one timer."""

    __slots__ = ("_loop", "_until", "over", "waiting")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        moment = min(SAME_MOMENT_SECONDS, SILENCE_SECONDS / 10)
        self._loop, self._until, self.over = loop, loop.time() + moment, False
        self.waiting: set[asyncio.Task[Any]] = set()
        loop.call_later(SILENCE_SECONDS + moment, self._end)

    def is_now(self, loop: asyncio.AbstractEventLoop) -> bool:
        return self._loop is loop and loop.time() < self._until and not self.over

    def _end(self) -> None:
        self.over = True
        for task in self.waiting:
            task.cancel()


_latest: _Wave | None = None


async def _first(receive: Receive) -> Any:
    """The first message. Refuses silence (``TooSlow``)."""
    global _latest
    loop = asyncio.get_running_loop()
    wave = _latest
    if wave is None or not wave.is_now(loop):
        wave = _latest = _Wave(loop)
    task = asyncio.current_task(loop)
    assert task is not None, "a request is a task"
    wave.waiting.add(task)
    try:
        return await receive()
    except asyncio.CancelledError:
        if wave.over and task.uncancel() == 0:
            raise TooSlow() from None
        raise
    finally:
        wave.waiting.discard(task)
