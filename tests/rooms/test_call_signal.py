"""The WebSocket of pages with a telephone, as a process of its own over a real PostgreSQL: who may, what passes, what ends it."""

from __future__ import annotations

import contextlib
import json
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.product import live_part
from tests.rooms.test_live import wait_until_listening
from walletdesk.doors._shared.live import SALT, session_mark
from walletdesk.foundation.identity.models import Session
from walletdesk.foundation.identity.sessions import SessionStore
from walletdesk.service.hotline.public import post_signal, signals_after, take_signals

PATIENCE = 20.0
WINDOW = "0f8a4c1e-1024"


@pytest.fixture(scope="module")
def base(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The live part in a process of its own, on a database of its own; its address."""
    with django_db_blocker.unblock(), live_part(f"walletdesk_calls_{os.getpid()}", WALLETDESK_LIVE_GONE="2") as port:
        wait_until_listening(f"http://127.0.0.1:{port}")
        yield f"127.0.0.1:{port}"


@dataclass
class Page:
    """A browser's page: its session, and the seats it was given."""

    base: str
    session_key: str
    user_id: str

    def ticket(self, *topics: str) -> str:
        claims = {"s": session_mark(self.session_key), "u": self.user_id, "t": sorted(topics)}
        return signing.dumps(claims, salt=SALT)

    def open(self, ticket: str, *, page: str = "", after: int = 0, origin: str | None = "own") -> ClientConnection:
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session_key}"}
        return connect(
            f"ws://{self.base}/live/calls?ticket={ticket}&page={page}&after={after}",
            additional_headers=headers,
            origin=f"http://{self.base}" if origin == "own" else origin,  # type: ignore[arg-type]
            open_timeout=PATIENCE,
            proxy=None,
        )


@pytest.fixture
def page(base: str) -> Page:
    user = get_user_model().objects.create_user(email=f"{uuid.uuid4()}@walletdesk.example", password=None)
    session = SessionStore()
    session.create()
    assert session.session_key
    return Page(base, session.session_key, str(user.pk))


@pytest.fixture
def token() -> str:
    return uuid.uuid4().hex


def said_by(seat: str, count: int) -> list[dict[str, Any]]:
    """What the page at ``seat`` has said so far, once it is ``count`` words."""
    deadline = time.monotonic() + PATIENCE
    while len(words := [row.body for row in signals_after(seat, "in", 0)]) < count:
        assert time.monotonic() < deadline, f"only {words}"
        time.sleep(0.02)
    return words


def heard(line: ClientConnection) -> dict[str, Any]:
    return dict(json.loads(line.recv(timeout=PATIENCE)))


def test_what_a_page_says_is_written_down_in_order_for_the_hotline(page: Page, token: str) -> None:
    seat = f"caller:{token}"
    with page.open(page.ticket(f"seat:{seat}")) as line:
        line.send(json.dumps({"type": "offer", "sdp": "v=0", "leg": "", "language": "en"}))
        line.send(json.dumps({"type": "hangup", "leg": "web-1"}))
        words = said_by(seat, 3)
    assert [word["type"] for word in words] == ["here", "offer", "hangup"]
    assert [word["type"] for at, word in take_signals() if at == seat][:3] == ["here", "offer", "hangup"]


def test_what_the_hotline_says_reaches_its_seat_alone_in_order(page: Page, token: str) -> None:
    seat = f"caller:{token}"
    post_signal(seat, "out", {"type": "early"})
    with page.open(page.ticket(f"seat:{seat}")) as line:
        assert heard(line)["word"] == {"type": "early"}, "what was said before the line opened"
        post_signal("caller:somebody-else", "out", {"type": "answer"})
        first, second = (
            post_signal(seat, "out", {"type": "answer", "sdp": "x"}),
            post_signal(seat, "out", {"type": "ended"}),
        )
        assert [heard(line)["id"], heard(line)["id"]] == [first, second]


def test_a_page_that_comes_back_hears_what_it_missed_and_nothing_twice(page: Page, token: str) -> None:
    seat = f"caller:{token}"
    ticket = page.ticket(f"seat:{seat}")
    seen = post_signal(seat, "out", {"type": "answer"})
    with page.open(ticket) as line:
        assert heard(line)["id"] == seen
    missed = post_signal(seat, "out", {"type": "ended"})
    with page.open(ticket, after=seen) as line:
        assert heard(line)["id"] == missed


def test_who_leaves_for_good_has_gone_and_who_steps_to_the_next_page_has_not(page: Page, token: str) -> None:
    seat = f"caller:{token}"
    ticket = page.ticket(f"seat:{seat}")
    with page.open(ticket):
        said_by(seat, 1)
    with page.open(ticket):
        assert [word["type"] for word in said_by(seat, 2)] == ["here", "here"]
    assert [word["type"] for word in said_by(seat, 3)] == ["here", "here", "gone"]


def test_an_agents_window_is_part_of_the_seat(page: Page) -> None:
    employee = uuid.uuid4()
    with page.open(page.ticket(f"seat:agent:{employee}"), page=WINDOW):
        assert said_by(f"agent:{employee}:{WINDOW}", 1) == [{"type": "here"}]


def test_every_wrong_request_gets_the_same_refusal(page: Page, token: str) -> None:
    good = page.ticket(f"seat:caller:{token}")
    other_session = signing.dumps(
        {"s": session_mark("x" * 32), "u": page.user_id, "t": [f"seat:caller:{token}"]}, salt=SALT
    )
    wrong: list[dict[str, Any]] = [
        {"ticket": ""},
        {"ticket": "nonsense"},
        {"ticket": other_session},
        {"ticket": page.ticket("customer:lin")},
        {"ticket": page.ticket("seat:caller:a", "seat:caller:b")},
        {"ticket": page.ticket("seat:agent:1024"), "page": ""},
        {"ticket": page.ticket("seat:agent:1024"), "page": "../etc"},
        {"ticket": good, "origin": "https://evil.example"},
        {"ticket": good, "origin": None},
    ]
    answers = []
    for one in wrong:
        with pytest.raises(InvalidStatus) as refused:
            page.open(**one)
        answers.append((refused.value.response.status_code, bytes(refused.value.response.body)))
    assert {status for status, _ in answers} == {403}
    assert len({body for _, body in answers}) == 1
    assert signals_after(f"caller:{token}", "in", 0) == []


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "7",
        json.dumps({"type": "gone"}),
        json.dumps({"type": "ring", "leg": "x"}),
        json.dumps({"type": "key", "key": "5"}),
        json.dumps({"type": "offer", "sdp": {"a": 1}}),
        json.dumps({"type": "hangup", "leg": "x", "more": "y"}),
        json.dumps({"type": "offer", "sdp": "x" * 100_000}),
        "[" * 90_000,
    ],
)
def test_a_word_that_is_none_closes_the_line_without_a_reason(page: Page, token: str, text: str) -> None:
    with page.open(page.ticket(f"seat:caller:{token}")) as line:
        line.send(text)
        closed = closing(line)
    assert closed == (1008, "")
    assert {word["type"] for word in said_by(f"caller:{token}", 1)} <= {"here", "gone"}


def test_too_many_words_close_the_line(page: Page, token: str) -> None:
    with page.open(page.ticket(f"seat:caller:{token}")) as line, contextlib.suppress(ConnectionClosed):
        for _ in range(200):
            line.send(json.dumps({"type": "hangup", "leg": "x"}))
    assert len(said_by(f"caller:{token}", 1)) < 60


def test_one_user_cannot_open_lines_without_end(page: Page) -> None:
    with contextlib.ExitStack() as lines:
        for number in range(6):
            lines.enter_context(page.open(page.ticket(f"seat:caller:{page.user_id}-{number}")))
        with pytest.raises(InvalidStatus):
            page.open(page.ticket(f"seat:caller:{page.user_id}-more"))


def test_who_is_signed_out_cannot_open_a_line(page: Page, token: str) -> None:
    ticket = page.ticket(f"seat:caller:{token}")
    Session.objects.filter(session_key=page.session_key).delete()
    with pytest.raises(InvalidStatus):
        page.open(ticket)


def closing(line: ClientConnection) -> tuple[int, str]:
    """(code, reason) with which the other side closed."""
    with pytest.raises(ConnectionClosed):
        while True:
            line.recv(timeout=PATIENCE)
    return line.close_code or 0, line.close_reason or ""
