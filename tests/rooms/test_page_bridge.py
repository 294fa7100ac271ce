"""Django's pages behind the one-port server: limits, slow senders, a full house, long pages, odd headers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from walletdesk.project import page_bridge
from walletdesk.project.page_bridge import BODY_AT_MOST, PageBridge

Environ = dict[str, Any]
Message = dict[str, Any]


def scope(
    method: str = "GET", path: str = "/", headers: Iterable[tuple[str, str]] = (), query: str = ""
) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("203.0.113.7", 40000),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }


def asked(
    bridge: PageBridge, asking: dict[str, Any], parts: Iterable[bytes] = (b"",), *, hang: bool = False
) -> tuple[int, bytes]:
    """Status and body of one request whose body arrives in ``parts``; with ``hang`` the last part never comes."""
    sent: list[Message] = []
    coming = list(parts)

    async def receive() -> Message:
        if not coming:
            await asyncio.sleep(3600)
        part = coming.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(coming) or hang}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(bridge(asking, receive, send))  # type: ignore[arg-type]
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def page(answer: Callable[[Environ], Iterable[bytes]]) -> PageBridge:
    def pages(environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return answer(environ)

    return PageBridge(pages)


def test_a_page_sees_what_wsgi_promises() -> None:
    seen: Environ = {}

    def look(environ: Environ) -> list[bytes]:
        seen.update(environ)
        return [environ["wsgi.input"].read()]

    headers = [
        ("host", "localhost"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("content-type", "text/plain"),
        ("x_forged", "1"),
    ]
    asking = scope("POST", "/%E9%92%B1%2F?", headers, query="q=1")
    assert asked(page(look), asking, [b"some ", b"words"]) == (200, b"some words")
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/钱/"
    assert (seen["QUERY_STRING"], seen["CONTENT_LENGTH"], seen["CONTENT_TYPE"]) == ("q=1", "10", "text/plain")
    assert (seen["HTTP_COOKIE"], seen["REMOTE_ADDR"]) == ("a=1; b=2", "203.0.113.7")
    assert "HTTP_X_FORGED" not in seen, "an underscore would pass for a dash that a proxy guards"


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_too_big_is_413_announced_or_not(announced: bool) -> None:
    never = page(lambda environ: pytest.fail("the page must not see it"))
    headers = [("content-length", str(BODY_AT_MOST + 1))] if announced else []
    parts = [b"x" * 2**20] * 13
    assert asked(never, scope("POST", headers=headers), parts)[0] == 413


def test_a_slow_sender_is_408_and_holds_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bridge, "SILENCE_SECONDS", 0.05)
    never = page(lambda environ: pytest.fail("the page must not see it"))
    assert asked(never, scope("POST"), [b"half"], hang=True)[0] == 408


def test_a_full_house_is_503_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bridge, "WAITING_AT_MOST", 0)
    assert asked(page(lambda environ: [b"never"]), scope())[0] == 503


def test_a_long_page_comes_whole_and_is_closed_in_its_own_thread() -> None:
    threads: list[str] = []

    class Long:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"x" * 100_000] * 20)

        def close(self) -> None:
            threads.append(threading.current_thread().name)

    status, body = asked(page(lambda environ: Long()), scope())
    assert (status, len(body)) == (200, 2_000_000)
    assert threads[0].startswith("page"), "Django gives the database connection back in the thread that took it"
