"""A request's body as the server hands it over: in one piece, in several, with or without its length in front."""

from __future__ import annotations

import asyncio
from typing import Any

from walletdesk.doors.rest_api.taking_in import JSON_AT_MOST, take_in


def test_a_body_with_all_its_bytes_is_whole_though_the_server_has_not_said_so() -> None:
    """Nobody waits for an empty last message: it costs each payment a second turn of the event loop."""
    body, asked = _taken({b"content-length": b"8"}, [_part(b'{"a": 1}', more=True), _part(b"")])
    assert (body, asked) == (b'{"a": 1}', 1)


def test_a_body_in_pieces_is_put_together() -> None:
    body, asked = _taken({b"content-length": b"8"}, [_part(b'{"a"', more=True), _part(b": 1}", more=True), _part(b"")])
    assert (body, asked) == (b'{"a": 1}', 3)


def test_without_a_length_only_the_server_knows_where_it_ends() -> None:
    body, asked = _taken({}, [_part(b"", more=True), _part(b"{}", more=True), _part(b"")])
    assert (body, asked) == (b"{}", 3)


def _part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def _taken(headers: dict[bytes, bytes], parts: list[dict[str, Any]]) -> tuple[bytes, int]:
    """The body, and how many messages were asked for."""
    coming = list(parts)

    async def receive() -> dict[str, Any]:
        return coming.pop(0)

    body = asyncio.run(take_in(headers, receive, JSON_AT_MOST))
    return body, len(parts) - len(coming)
