"""The body of a request, taken in before anything else is asked: no more bytes and no more time than declared (L22)."""

from __future__ import annotations

import asyncio
import time

from starlette.types import Receive

from walletdesk.doors.rest_api.refusals import BodyKindUnknown, BodyTooBig, RequestUnreadable, TooSlow

JSON_AT_MOST = 64 * 1024
SILENCE_SECONDS, BODY_SECONDS = 10.0, 30.0


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
    parts, size, more = [], 0, True
    deadline = time.monotonic() + BODY_SECONDS
    while more:
        try:
            async with asyncio.timeout(max(0.01, min(SILENCE_SECONDS, deadline - time.monotonic()))):
                message = await receive()
        except TimeoutError:
            raise TooSlow() from None
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise BodyTooBig(most=most)
        parts.append(part)
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)
