"""A05: planted sessions, forged forms at every door, a sign-in that another site sends, other origins."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from starlette.testclient import TestClient

from tests.attacks.everybody import World, everybody, pages
from tests.databases import FreshDatabase
from tests.factories.foundation import a_user
from tests.factories.trust import a_customer
from walletdesk.doors._shared.live import ticket as ticket_for
from walletdesk.doors.live.app import live_app
from walletdesk.foundation.identity.models import Session
from walletdesk.project.authorisation import ROWS

PASSWORD = "correct horse battery"
SESSION, CSRF = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
STRICT = ClientHandler(enforce_csrf_checks=True)
EVIL = "https://evil.example"


def a_strict_browser() -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.handler = STRICT
    return client


def sign_in(client: Client, email: str, **more: Any) -> HttpResponse:
    client.get("/sign-in/")
    token = client.cookies[CSRF].value
    form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    return client.post("/sign-in/", form, **more)  # type: ignore[return-value]


# ---- sessions ----


@pytest.mark.django_db
def test_a05_signing_in_changes_the_session_key_and_the_old_one_is_dead() -> None:
    lin = a_customer(email="lin@example.com")
    phone = a_strict_browser()
    planted = phone.session
    planted["planted"] = "by the attacker"
    planted.save()
    key, csrf = phone.cookies[SESSION].value, phone.get("/sign-in/").cookies[CSRF].value
    assert sign_in(phone, lin.email).status_code == 302
    assert phone.cookies[SESSION].value != key
    assert phone.cookies[CSRF].value != csrf, "the form token changes too"
    assert not Session.objects.filter(session_key=key).exists()
    attacker = a_strict_browser()
    attacker.cookies[SESSION] = key
    assert attacker.get("/wallet/").headers["Location"].startswith("/sign-in/")


@pytest.mark.django_db
def test_a05_a_session_key_that_somebody_made_up_is_never_taken_over() -> None:
    lin = a_customer(email="lin@example.com")
    phone = a_strict_browser()
    phone.cookies[SESSION] = "attackerchosenkey0123456789abcde"
    sign_in(phone, lin.email)
    assert phone.cookies[SESSION].value != "attackerchosenkey0123456789abcde"
    assert not Session.objects.filter(session_key="attackerchosenkey0123456789abcde").exists()


@pytest.mark.django_db
def test_a05_after_signing_out_the_old_cookie_opens_nothing() -> None:
    lin = a_customer(email="lin@example.com")
    phone = a_strict_browser()
    sign_in(phone, lin.email)
    old = phone.cookies[SESSION].value
    assert phone.post("/sign-out/", {"csrfmiddlewaretoken": phone.cookies[CSRF].value}).status_code == 302
    thief = a_strict_browser()
    thief.cookies[SESSION] = old
    assert thief.get("/wallet/").headers["Location"].startswith("/sign-in/")


@pytest.mark.django_db
def test_a05_the_session_cookie_is_out_of_reach() -> None:
    lin = a_customer(email="lin@example.com")
    phone = a_strict_browser()
    sign_in(phone, lin.email)
    for name in (SESSION, CSRF):
        cookie = phone.cookies[name]
        assert name.startswith("__Host-")
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert cookie["path"] == "/" and not cookie["domain"]


# ---- forms that another site sends ----

ENTITLED = {"anyone": "nobody", "signed_in": "lin", "customer": "lin", "member": "owner", "owner": "owner"}
POSTS = [row for row in ROWS.values() if row.method == "POST" and row.who != "signed"]


@pytest.fixture
def world(db: None) -> World:
    return everybody()


def test_a05_no_form_anywhere_is_taken_without_its_token(world: World) -> None:
    assert {row.address for row in POSTS} <= set(pages())
    let_in = []
    for row in POSTS:
        for who in {ENTITLED.get(row.who, "senior"), "nobody"}:
            browser = a_strict_browser()
            browser.cookies.load(world.cookies.get(who, {}))
            for forged in (
                {},
                {"csrfmiddlewaretoken": "x" * 64},
                {"csrfmiddlewaretoken": ""},
            ):
                answer = browser.post(world.place(row.address), world.form(row.address) | forged)
                if answer.status_code != 403 or b"E-403 csrf" not in answer.content:
                    let_in.append(f"{row.address} {who}: {answer.status_code}")
    assert not let_in, "\n".join(let_in)
    print(f"\n{len(POSTS)} addresses that change something")


def test_a05_another_origin_is_refused_even_with_a_token(world: World) -> None:
    for origin in (EVIL, "null", "http://localhost.evil.example", "https://testserver.evil.example"):
        browser = a_strict_browser()
        browser.cookies.load(world.cookies["lin"])
        browser.get("/wallet/help/")
        token = {"csrfmiddlewaretoken": browser.cookies[CSRF].value, "text": "Hello"}
        assert browser.post("/wallet/help/ask/", token, headers={"origin": origin}).status_code == 403
        assert browser.post("/wallet/help/ask/", token).status_code == 302, "the same form from our own page"


def test_a05_over_https_a_strange_or_missing_referer_is_refused(world: World) -> None:
    browser = a_strict_browser()
    browser.cookies.load(world.cookies["lin"])
    browser.get("/wallet/help/", secure=True)
    token = {"csrfmiddlewaretoken": browser.cookies[CSRF].value, "text": "Hello"}
    for headers in ({}, {"referer": f"{EVIL}/x"}, {"referer": "http://testserver/wallet/help/"}):
        assert browser.post("/wallet/help/ask/", token, secure=True, headers=headers).status_code == 403
    ours = {"referer": "https://testserver/wallet/help/"}
    assert browser.post("/wallet/help/ask/", token, secure=True, headers=ours).status_code == 302


@pytest.mark.django_db
def test_a05_nobody_can_be_signed_in_by_another_site() -> None:
    mallory = a_user("mallory@example.com", PASSWORD)
    victim = a_strict_browser()
    form = {"login": mallory.email, "password": PASSWORD}
    assert victim.post("/sign-in/", form).status_code == 403
    assert sign_in(victim, mallory.email, headers={"origin": EVIL}).status_code == 403
    assert SESSION not in victim.cookies
    assert sign_in(victim, mallory.email).status_code == 302, "by our own page it works"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "where", [f"{EVIL}/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "\thttps:evil.example"]
)
def test_a05_signing_in_leads_to_no_other_site(where: str) -> None:
    lin = a_customer(email="lin@example.com")
    phone = a_strict_browser()
    phone.get("/sign-in/", {"next": where})
    form = {"login": lin.email, "password": PASSWORD, "next": where, "csrfmiddlewaretoken": phone.cookies[CSRF].value}
    assert phone.post("/sign-in/", form).headers["Location"] == "/after-sign-in/"


# ---- other origins that read ----


def test_a05_no_page_lets_another_origin_read_it(world: World) -> None:
    for address in pages():
        row = ROWS.get((address, "GET"))
        if row is None:
            continue
        for origin in ("null", EVIL):
            browser = world.browser(ENTITLED.get(row.who, "senior"))
            answer = browser.get(world.place(address), headers={"origin": origin})
            allowed = answer.headers.get("Access-Control-Allow-Origin")
            # The signed directory is meant to be read from anywhere; it is the same for everybody.
            assert allowed == ("*" if address == "/.well-known/walletdesk-contacts.json" else None), address
            assert "Access-Control-Allow-Credentials" not in answer.headers
        assert world.browser("lin").options(world.place(address), headers={"origin": EVIL}).status_code == 405


def test_a05_the_live_door_refuses_other_origins_before_it_reads_a_ticket() -> None:
    live = TestClient(live_app(), base_url="http://localhost")
    for headers in (
        {"origin": "null"},
        {"origin": EVIL},
        {"origin": "http://localhost.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example"},
    ):
        answer = live.get("/live/events", params={"ticket": "any"}, headers=headers)
        assert (answer.status_code, answer.json()) == (403, {"code": "live_refused"})
        assert "access-control-allow-origin" not in answer.headers


def test_a05_a_good_ticket_is_worth_nothing_from_another_origin(fresh_database: FreshDatabase) -> None:
    phone = Client()
    phone.force_login(a_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    request = phone.get("/after-sign-in/").wsgi_request
    ticket = ticket_for(request, ["customer:1"])
    cookie = f"{SESSION}={phone.cookies[SESSION].value}"
    for origin, status in (("http://localhost", 200), ("null", 403), (EVIL, 403)):
        assert asyncio.run(begins(ticket, {"host": "localhost", "origin": origin, "cookie": cookie})) == status


async def begins(ticket: str, headers: dict[str, str]) -> int:
    """The status with which a stream begins; then the browser goes away."""
    begun: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    asked = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if asked.is_set():
            await begun
            return {"type": "http.disconnect"}
        asked.set()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            begun.set_result(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/live/events",
        "raw_path": b"/live/events",
        "query_string": f"ticket={ticket}".encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    await asyncio.wait_for(live_app()(scope, receive, send), 20)  # type: ignore[arg-type]
    return await begun
