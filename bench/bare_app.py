"""The baseline over HTTP: an application that answers each request with as many bytes as a payment's answer, without work."""

from __future__ import annotations

from typing import Any

BODY = b'{"id":"' + b"0" * 36 + b'","filler":"' + b"x" * 420 + b'"}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body, as anybody must, and answers 201."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 201, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
