"""Live updates, seen from a browser: a real server process, real notifications, real sessions."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import connection

from tests.product import live_part
from walletdesk.doors._shared.live import SALT, session_mark
from walletdesk.foundation.identity.models import Session
from walletdesk.foundation.identity.sessions import SessionStore
from walletdesk.foundation.outbox.public import Fact, fact, publish_many


@fact("live_test_bell_rang")
@dataclass(frozen=True)
class BellRang(Fact):
    customer: str

    def topics(self) -> list[str]:
        return [f"customer:{self.customer}"]


@dataclass
class Browser:
    """Somebody signed in, with a page that asks for live updates."""

    base: str
    session_key: str
    user_id: str

    def ticket(self, *topics: str) -> str:
        claims = {"s": session_mark(self.session_key), "u": self.user_id, "t": sorted(topics)}
        return signing.dumps(claims, salt=SALT)

    def get(self, ticket: str, **headers: str) -> httpx.Response:
        """The answer to a request for a stream that is refused."""
        return httpx.get(
            f"{self.base}/live/events", params={"ticket": ticket}, headers=headers, cookies=self.cookies, timeout=20
        )

    @contextlib.contextmanager
    def listening(self, ticket: str, **headers: str) -> Iterator[Iterator[tuple[int, str]]]:
        """Open a stream; inside, the (event id, topic) pairs as they arrive."""
        query = {"params": {"ticket": ticket}, "headers": headers, "cookies": self.cookies, "timeout": 20}
        with httpx.stream("GET", f"{self.base}/live/events", **query) as stream:  # type: ignore[arg-type]
            assert stream.status_code == 200
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert stream.headers["x-accel-buffering"] == "no"
            lines = stream.iter_lines()
            while not next(lines).startswith("retry:"):
                pass
            yield _heard(lines)

    @property
    def cookies(self) -> dict[str, str]:
        return {settings.SESSION_COOKIE_NAME: self.session_key}


def _heard(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    event_id = 0
    for line in lines:
        if line.startswith("id:"):
            event_id = int(line[3:])
        elif line.startswith("data:"):
            yield event_id, json.loads(line[5:])["topic"]


@pytest.fixture(scope="module")
def base(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The live part in a process of its own, on a database of its own; its address."""
    with (
        django_db_blocker.unblock(),
        live_part(f"walletdesk_live_{os.getpid()}", WALLETDESK_LIVE_HEARTBEAT="0.5") as port,
    ):
        wait_until_listening(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"


def wait_until_listening(base: str, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{base}/live/healthz").status_code == 200:
                return
        assert time.monotonic() < deadline, "the live server never listened"
        time.sleep(0.05)


@pytest.fixture
def browser(base: str) -> Browser:
    user = get_user_model().objects.create_user(email=f"{uuid4()}@walletdesk.example", password=None)
    session = SessionStore()
    session.create()
    assert session.session_key
    return Browser(base, session.session_key, str(user.pk))


@pytest.fixture
def lin() -> str:
    """Somebody whom no other test rings."""
    return f"lin-{uuid4()}"


def ring(*customers: str) -> None:
    publish_many([BellRang(customer=customer) for customer in customers])


def test_a_page_hears_its_topics_in_order_and_no_others(browser: Browser, lin: str) -> None:
    with browser.listening(browser.ticket(f"customer:{lin}", "customer:wu")) as heard:
        ring(lin)
        ring("somebody-else")
        ring("wu")
        first, second = next(heard), next(heard)
    assert (first[1], second[1]) == (f"customer:{lin}", "customer:wu")
    assert second[0] == first[0] + 2


def test_who_comes_back_hears_what_was_told_meanwhile(browser: Browser, lin: str) -> None:
    ticket = browser.ticket(f"customer:{lin}")
    with browser.listening(ticket) as heard:
        ring(lin)
        last_seen, _ = next(heard)
    ring(lin)
    ring("somebody-else")
    ring(lin)
    with browser.listening(ticket, **{"Last-Event-ID": str(last_seen)}) as heard:
        assert {next(heard)[0], next(heard)[0]} == {last_seen + 1, last_seen + 3}


def test_what_was_told_between_the_page_and_its_stream_is_not_lost(browser: Browser, lin: str) -> None:
    ticket = browser.ticket(f"customer:{lin}")
    ring(lin)
    with browser.listening(ticket) as heard:
        assert next(heard)[1] == f"customer:{lin}"


def test_after_a_lost_connection_to_postgresql_streams_end_and_come_back_whole(browser: Browser, lin: str) -> None:
    ticket = browser.ticket(f"customer:{lin}")
    with browser.listening(ticket) as heard:
        ring(lin)
        last_seen, _ = next(heard)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'walletdesk live' AND datname = current_database()"
            )
        assert list(heard) == [], "the stream ends, so that the browser asks for what it missed"
    ring(lin)
    wait_until_listening(browser.base)
    with browser.listening(ticket, **{"Last-Event-ID": str(last_seen)}) as heard:
        assert next(heard)[0] == last_seen + 1


def test_every_wrong_request_gets_the_same_refusal(browser: Browser, lin: str) -> None:
    good = browser.ticket(f"customer:{lin}")
    body, stamp, signature = good.rsplit(":", 2)
    other_session = signing.dumps(
        {"s": session_mark("x" * 32), "u": browser.user_id, "t": [f"customer:{lin}"]}, salt=SALT
    )
    other_salt = signing.dumps(
        {"s": session_mark(browser.session_key), "u": browser.user_id, "t": ["desk"]}, salt="walletdesk.mail"
    )
    no_topics = browser.ticket()
    forged = f"{body}x:{stamp}:{signature}"
    answers = [browser.get(ticket) for ticket in ("", "nonsense", forged, other_session, other_salt, no_topics)]
    answers.append(browser.get(good, Origin="https://evil.example"))
    answers.append(browser.get(good, **{"Sec-Fetch-Site": "cross-site"}))
    answers.append(browser.get(good, Host="evil.example"))
    assert {answer.status_code for answer in answers} == {403}
    assert {answer.text for answer in answers} == {'{"code":"live_refused"}'}


def test_a_session_that_ended_hears_nothing_more(browser: Browser, lin: str) -> None:
    ticket = browser.ticket(f"customer:{lin}")
    Session.objects.filter(session_key=browser.session_key).delete()
    assert browser.get(ticket).status_code == 403


def test_an_open_stream_ends_with_its_session(browser: Browser, lin: str) -> None:
    with browser.listening(browser.ticket(f"customer:{lin}")) as heard:
        Session.objects.filter(session_key=browser.session_key).delete()
        assert list(heard) == []


def test_a_deactivated_user_hears_nothing_more(browser: Browser, lin: str) -> None:
    get_user_model().objects.filter(pk=browser.user_id).update(is_active=False)
    assert browser.get(browser.ticket(f"customer:{lin}")).status_code == 403


def test_one_user_cannot_open_streams_without_end(browser: Browser, lin: str) -> None:
    ticket = browser.ticket(f"customer:{lin}")
    with contextlib.ExitStack() as open_streams:
        for _ in range(20):
            open_streams.enter_context(browser.listening(ticket))
        refused = browser.get(ticket)
        assert refused.status_code == 429
        assert refused.headers["retry-after"]
