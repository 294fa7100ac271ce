"""An HTTP server that behaves as badly as it is told, one answer after the other; it remembers what it was asked.

with moody_api(hang_up, answer(503, retry_after=0), answer(201, ORDER)) as api:
    Walletdesk("wdk_test_…", api.url)
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Heard:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class MoodyApi:
    """``moods`` in turn; the last one for ever."""

    moods: list[Callable[[BaseHTTPRequestHandler], None]]
    url: str = ""
    heard: list[Heard] = field(default_factory=list)

    def next_mood(self) -> Callable[[BaseHTTPRequestHandler], None]:
        return self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """The request was heard; nobody will say what became of it."""
    handler.close_connection = True
    handler.connection.close()


def answer(status: int, body: Any = None, **headers: object) -> Callable[[BaseHTTPRequestHandler], None]:
    """JSON, or bytes as they are; ``retry_after=1`` becomes ``retry-after: 1``."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""

    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"content-length": len(content)} | headers).items():
            handler.send_header(name.replace("_", "-"), str(value))
        handler.end_headers()
        handler.wfile.write(content)

    return give


@contextmanager
def moody_api(*moods: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[MoodyApi]:
    api = MoodyApi(list(moods))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def hear(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            api.heard.append(Heard(self.command, self.path, headers, body))
            api.next_mood()(self)

        do_GET = do_POST = do_PATCH = do_DELETE = hear  # noqa: N815  (http.server finds them by these names)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
