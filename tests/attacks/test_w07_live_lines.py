"""W07, as far as HTTP: the live lines refuse strangers, other sites and nonsense with one generic answer and no word about why.

What a line does once it is open (other people's topics, sessions that end, too many streams) stands in
``tests/rooms/test_live.py`` and ``test_call_signal.py``.
"""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core import signing
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from walletdesk.doors._shared.live import SALT, session_mark
from walletdesk.doors.live.app import live_app

HOST = "localhost"
INSIDE = re.compile(r"Traceback|File \"|django|starlette|psycopg|SELECT|/work/|\.py", re.IGNORECASE)


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Without its lifespan: nobody listens to PostgreSQL, and nothing of this gets that far."""
    return TestClient(live_app(), base_url=f"http://{HOST}", raise_server_exceptions=False)


def a_ticket(session: str, *topics: str, salt: str = SALT) -> str:
    return signing.dumps({"s": session_mark(session), "u": "0190", "t": list(topics)}, salt=salt)


OURS = {"cookie": f"{settings.SESSION_COOKIE_NAME}=a-session"}
WRONG: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no ticket": ({}, {}),
    "no cookie": ({"ticket": a_ticket("a-session", "customer:7")}, {}),
    "a ticket of another session": (
        {"ticket": a_ticket("a-session", "customer:7")},
        {"cookie": f"{settings.SESSION_COOKIE_NAME}=another"},
    ),
    "a ticket signed for something else": (
        {"ticket": a_ticket("a-session", "desk", salt="sessions")},
        OURS,
    ),
    "a ticket with one more topic": (
        {"ticket": a_ticket("a-session", "customer:7")[:-3] + "AAA"},
        OURS,
    ),
    "a ticket that is none": ({"ticket": "%00' OR 1=1 --"}, {}),
    "another site": ({"ticket": a_ticket("a-session", "desk")}, {"origin": "https://evil.example"}),
    "origin null": ({"ticket": a_ticket("a-session", "desk")}, {"origin": "null"}),
    "said to be of another site": ({"ticket": a_ticket("a-session", "desk")}, {"sec-fetch-site": "cross-site"}),
    "another host": ({"ticket": a_ticket("a-session", "desk")}, {"host": "evil.example"}),
    "an event that was never told": ({"ticket": ""}, {"last-event-id": "9" * 400}),
    "an event id that is none": ({"ticket": ""}, {"last-event-id": "1; DROP TABLE outbox_event"}),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_request_for_a_stream_gets_the_one_refusal(client: TestClient, how: str) -> None:
    query, headers = WRONG[how]
    answer = client.get("/live/events", params=query, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"code": "live_refused"})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_request_for_a_line_is_closed_without_a_reason(client: TestClient, how: str) -> None:
    query, headers = WRONG[how]
    text = "&".join(f"{name}={value}" for name, value in query.items() if value.isascii() and " " not in value)
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect(f"/live/calls?{text}", headers=headers):
        pass
    assert (closed.value.code, closed.value.reason or "") == (1008, "")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/live/events", 405),
        ("PUT", "/live/events", 405),
        ("GET", "/live/unknown", 404),
        ("GET", "/live/../desk/", 404),
        ("GET", "/live/events/%2e%2e/%2e%2e/etc/passwd", 404),
        ("GET", "/live/calls", 404),
    ],
)
def test_what_is_not_there_says_nothing_of_what_is(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path, follow_redirects=False)
    assert answer.status_code == status
    assert not INSIDE.search(answer.text)
    assert len(answer.text) < 100
