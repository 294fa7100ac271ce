"""The WebSocket between a page with a telephone in it and the hotline.

    /live/calls?ticket=…&page=…&after=…    text both ways, one JSON object a message

A page says its words (``docs/internals/browser-calls.md``); they are written down for the hotline process. What the
hotline says to this seat is sent as ``{"id": 42, "word": {…}}``; a page that comes back names the last id it saw.

A page says ``here`` whenever its line opens. When the line closes and the page is not back within ``GONE_SECONDS``, the
hotline is told ``gone``: a reload, or a step to the next page, is no farewell.

A seat is ``caller:<one-time token>`` or ``agent:<employee>:<page>``. The ticket names it, is bound to the session, and
was made by a page that may have it; ``page`` only tells an agent's windows apart. Whatever is wrong (W07), the answer is
the same refusal, or the same closing code, and no word about why.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import time
from collections import Counter
from typing import Any

from django.conf import settings
from starlette.websockets import WebSocket, WebSocketDisconnect

from walletdesk.doors.live import seats, tickets
from walletdesk.doors.live.events import own_origin
from walletdesk.doors.live.hub import Hub, Listener
from walletdesk.doors.live.sessions import still_signed_in
from walletdesk.doors.live.tickets import Ticket

SEAT = "seat:"
WORDS: dict[str, set[str]] = {
    "here": set(),
    "offer": {"sdp", "leg", "language", "id"},
    "decline": {"leg"},
    "hangup": {"leg"},
}
MESSAGE_AT_MOST = 96 * 1024
WORDS_A_SECOND, WORDS_AT_ONCE = 5.0, 20.0
LINES_OF_ONE_USER, LINES_AT_MOST = 6, 2_000
SESSION_SECONDS = 15.0
GONE_SECONDS = float(os.environ.get("WALLETDESK_LIVE_GONE", "4"))
REFUSED, TRY_LATER = 1008, 1013
PAGE = re.compile(r"[0-9a-f-]{8,40}")
_open: Counter[str] = Counter()
_seated: Counter[str] = Counter()
_farewells: set[asyncio.Task[None]] = set()


async def call_signal(socket: WebSocket) -> None:
    """Carry words both ways while session, seat and manners hold."""
    seat, ticket = await _admitted(socket)
    if not seat or ticket is None:
        return await socket.close(REFUSED)
    if _open[ticket.user_id] >= LINES_OF_ONE_USER or _open.total() >= LINES_AT_MOST:
        return await socket.close(TRY_LATER)
    await socket.accept()
    after = socket.query_params.get("after", "")
    _open[ticket.user_id] += 1
    _seated[seat] += 1
    last = await asyncio.to_thread(seats.say_to_hotline, seat, {"type": "here"})
    try:
        await _converse(socket, seat, ticket, int(after) if after.isdigit() and len(after) < 19 else 0)
    finally:
        for counter, key in ((_open, ticket.user_id), (_seated, seat)):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]
        farewell = asyncio.create_task(_say_farewell(seat, last))
        _farewells.add(farewell)
        farewell.add_done_callback(_farewells.discard)
    return None


async def _say_farewell(seat: str, last: int) -> None:
    """``gone``, unless the page sits there again: here, or at another process of ours."""
    last = await asyncio.to_thread(seats.last_word, seat, last)
    await asyncio.sleep(GONE_SECONDS)
    if not _seated[seat] and await asyncio.to_thread(seats.last_word, seat, last) == last:
        await asyncio.to_thread(seats.say_to_hotline, seat, {"type": "gone"})


async def _admitted(socket: WebSocket) -> tuple[str, Ticket | None]:
    # A browser names its origin on every WebSocket; one without is no browser.
    if not own_origin(socket) or not socket.headers.get("origin"):
        return "", None
    ticket = tickets.read(socket.query_params.get("ticket", ""), socket.cookies.get(settings.SESSION_COOKIE_NAME, ""))
    if ticket is None or not await asyncio.to_thread(still_signed_in, ticket):
        return "", None
    return seat_of(ticket, socket.query_params.get("page", "")), ticket


def seat_of(ticket: Ticket, page: str) -> str:
    """The one seat that the ticket names, with its page; nothing when it names none, or several."""
    named = [topic.removeprefix(SEAT) for topic in ticket.topics if topic.startswith(SEAT)]
    if len(named) != 1:
        return ""
    if not named[0].startswith("agent:"):
        return named[0]
    return f"{named[0]}:{page}" if PAGE.fullmatch(page) else ""


async def _converse(socket: WebSocket, seat: str, ticket: Ticket, after: int) -> None:
    hub: Hub = socket.app.state.hub
    with hub.listener([f"{SEAT}{seat}"]) as listener:
        tasks = [
            asyncio.create_task(_listen(socket, seat)),
            asyncio.create_task(_tell(socket, seat, listener, after)),
            asyncio.create_task(_watch(ticket)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            closing = next((task.result() for task in done if not task.exception()), TRY_LATER)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(closing)


async def _listen(socket: WebSocket, seat: str) -> int:
    """Words from the page, until it goes or says something that is none."""
    allowance, at = WORDS_AT_ONCE, time.monotonic()
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, KeyError):
            return REFUSED
        now = time.monotonic()
        allowance = min(WORDS_AT_ONCE, allowance + (now - at) * WORDS_A_SECOND) - 1
        at = now
        word = read_word(text)
        if word is None or allowance < 0:
            return REFUSED
        await asyncio.to_thread(seats.say_to_hotline, seat, word)


def read_word(text: str) -> dict[str, str] | None:
    """A word that pages say, with its own fields and no others; ``None`` for anything else."""
    if len(text) > MESSAGE_AT_MOST:
        return None
    try:
        word: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(word, dict) or word.get("type") not in WORDS:
        return None
    if not set(word) <= WORDS[word["type"]] | {"type"} or not all(isinstance(value, str) for value in word.values()):
        return None
    return word


async def _tell(socket: WebSocket, seat: str, listener: Listener, after: int) -> int:
    """What the hotline says to this seat, in order, each once; cut when PostgreSQL cannot be heard."""
    while True:
        for id_, word in await asyncio.to_thread(seats.said_to, seat, after):
            after = id_
            await socket.send_text(json.dumps({"id": id_, "word": word}))
        if await listener.queue.get() is None:
            return TRY_LATER


async def _watch(ticket: Ticket) -> int:
    """Ends when the session ends."""
    while await asyncio.to_thread(still_signed_in, ticket):
        await asyncio.sleep(SESSION_SECONDS)
    return REFUSED
