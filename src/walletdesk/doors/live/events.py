"""The stream itself.

Order of a stream: subscribe first, then replay, then go on, so nothing falls between; a repetition does no harm.
A first visit hears what was told since its page was made; a return (Last-Event-ID) what the outbox has since then.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from walletdesk.doors.live import tickets
from walletdesk.doors.live.hub import Hub, Listener
from walletdesk.doors.live.sessions import missed, still_signed_in
from walletdesk.doors.live.tickets import Ticket

HEARTBEAT_SECONDS = float(os.environ.get("WALLETDESK_LIVE_HEARTBEAT", "15"))
STREAMS_OF_ONE_USER = 20
STREAMS_AT_MOST = 5_000
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}
_open_streams: Counter[str] = Counter()


async def events(request: Request) -> Response:
    """Open a stream. Whatever is wrong with the request, the answer is the same 403."""
    if not own_origin(request):
        return _refused()
    ticket = tickets.read(request.query_params.get("ticket", ""), request.cookies.get(settings.SESSION_COOKIE_NAME, ""))
    if ticket is None or not await asyncio.to_thread(still_signed_in, ticket):
        return _refused()
    if _open_streams[ticket.user_id] >= STREAMS_OF_ONE_USER or _open_streams.total() >= STREAMS_AT_MOST:
        return JSONResponse({"code": "try_later"}, 429, {"Retry-After": "5"})
    last_id = request.headers.get("last-event-id", "")
    return StreamingResponse(
        _stream(request.app.state.hub, ticket, int(last_id) if last_id.isdigit() else None), headers=HEADERS
    )


async def health(request: Request) -> Response:
    """200 while notifications arrive, 503 while PostgreSQL cannot be heard."""
    hub: Hub = request.app.state.hub
    return JSONResponse(
        {"listening": hub.listening.is_set(), "streams": hub.count()}, 200 if hub.listening.is_set() else 503
    )


async def _stream(hub: Hub, ticket: Ticket, last_id: int | None) -> AsyncIterator[bytes]:
    global _open_streams
    _open_streams[ticket.user_id] += 1
    try:
        with hub.listener(ticket.topics) as listener:
            # Spread the returns after a restart over some seconds.
            yield f"retry: {random.randint(800, 3000)}\n\n".encode()  # noqa: S311
            async for line in _replay(hub, ticket, last_id):
                yield line
            async for line in _follow(listener, ticket):
                yield line
    finally:
        _open_streams[ticket.user_id] -= 1
        _open_streams += Counter()


async def _replay(hub: Hub, ticket: Ticket, last_id: int | None) -> AsyncIterator[bytes]:
    if last_id is None:
        for told in hub.since(ticket.issued_at - 1, ticket.topics):
            yield _event(told.event_id, told.topic)
        return
    for event in await asyncio.to_thread(missed, sorted(ticket.topics), last_id):
        for topic in ticket.topics.intersection(event.topics):
            yield _event(event.id, topic)


async def _follow(listener: Listener, ticket: Ticket) -> AsyncIterator[bytes]:
    while True:
        try:
            told = await asyncio.wait_for(listener.queue.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            if not await asyncio.to_thread(still_signed_in, ticket):
                return
            yield b": still here\n\n"
            continue
        if told is None:
            return
        yield _event(told.event_id, told.topic)


def _event(event_id: int, topic: str) -> bytes:
    return f"id: {event_id}\ndata: {json.dumps({'topic': topic})}\n\n".encode()


def own_origin(request: HTTPConnection) -> bool:
    """Our own pages only: no other site, and no name that is not ours."""
    host = request.headers.get("host", "")
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host or origin in settings.CSRF_TRUSTED_ORIGINS


def _refused() -> Response:
    return JSONResponse({"code": "live_refused"}, 403, {"Cache-Control": "no-store"})
