"""C01, C03: no debug page, no administrator's door, no figures, no files; an error says a number and nothing else."""

from __future__ import annotations

import logging
import re

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from starlette.testclient import TestClient

from tests.attacks.everybody import everybody
from tests.factories.foundation import a_user
from walletdesk.doors.live.app import live_app
from walletdesk.project import urls

pytestmark = pytest.mark.django_db
CLOSED = [
    "/admin/",
    "/admin/login/",
    "/admin",
    "/administrator/",
    "/django-admin/",
    "/metrics",
    "/metrics/",
    "/prometheus/",
    "/health",
    "/healthz",
    "/status",
    "/server-status",
    "/debug/",
    "/__debug__/",
    "/silk/",
    "/schema/",
    "/openapi.json",
    "/swagger/",
    "/redoc/",
    "/api/",
    "/api/schema/",
    "/graphql",
    "/docs/",
    "/.env",
    "/.git/HEAD",
    "/.git/config",
    "/.htaccess",
    "/settings.py",
    "/manage.py",
    "/wp-admin/",
    "/phpmyadmin/",
    "/config.json",
    "/backup.sql",
    "/static/",
    "/static/../settings.py",
    "/static/%2e%2e/settings.py",
    "/static/..%2f..%2fsettings.py",
    "/static//etc/passwd",
    "/static/walletdesk/",
    "/media/",
    "/files/",
    "/accounts/",
    "/accounts/login/",
    "/password/reset/",
    "/console/",
    "/actuator",
    "/trace.axd",
    "/sign-in/../admin/",
    "/desk/admin/",
    "/live/",
    "/live/admin",
    "/live/metrics",
    "/live/docs",
    "/live/openapi.json",
]
TRACES = (
    "Traceback",
    "Exception",
    ", line ",
    "site-packages",
    "psycopg",
    "Django",
    "DATABASES",
    "SECRET",
    "raised during",
)


def says_nothing_of_the_inside(answer: HttpResponse) -> None:
    text = answer.content.decode()
    for word in TRACES:
        assert word not in text, word
    for header in ("Server", "X-Powered-By"):
        assert header not in answer.headers


@pytest.mark.parametrize("place", CLOSED)
def test_c01_closed_from_outside(place: str) -> None:
    answer = Client(raise_request_exception=False).get(place)
    assert answer.status_code == 404
    says_nothing_of_the_inside(answer)


def test_c01_closed_for_everybody_who_is_signed_in_too() -> None:
    world = everybody()
    world.users["lin"].is_staff = world.users["lin"].is_superuser = True
    world.users["lin"].save()
    for who in ("lin", "auditor", "owner"):
        for place in ("/admin/", "/metrics", "/schema/", "/debug/"):
            assert world.browser(who).get(place).status_code == 404, (who, place)


def test_c01_the_live_part_says_only_that_it_lives() -> None:
    live = TestClient(live_app(), base_url="http://localhost")
    assert set(live.get("/live/healthz").json()) <= {"listening", "streams"}
    for place in ("/live/", "/live/docs", "/live/openapi.json", "/live/events/x"):
        answer = live.get(place)
        assert answer.status_code == 404
        assert "Traceback" not in answer.text


def test_c01_debug_is_off_and_cannot_be_asked_for() -> None:
    assert settings.DEBUG is False
    assert settings.HTTPS and settings.SECURE_HSTS_SECONDS >= 31_536_000
    assert not {"django.contrib.admin", "debug_toolbar", "silk"} & set(settings.INSTALLED_APPS)
    for asked in ("/?debug=1", "/nowhere/?__debugger__=yes&cmd=resource&f=debugger.js"):
        says_nothing_of_the_inside(Client().get(asked, headers={"x-debug": "1"}))


def breaks(request: HttpRequest) -> HttpResponse:
    """A view that goes wrong with secrets in its hands."""
    password = "hunter2-in-a-local-variable"
    raise RuntimeError(f"could not reach postgresql://walletdesk_app:{password}@db/walletdesk")


class Broken:
    """The product's addresses, and one that breaks."""

    urlpatterns = [path("breaks/", breaks), *urls.urlpatterns]
    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def test_c03_a_page_that_breaks_shows_a_number_and_the_log_has_the_same(
    settings: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF = Broken  # type: ignore[attr-defined]
    with caplog.at_level(logging.ERROR):
        answer = Client(raise_request_exception=False).get("/breaks/", headers={"accept-language": "en"})
    assert answer.status_code == 500
    says_nothing_of_the_inside(answer)
    assert b"hunter2" not in answer.content and b"walletdesk_app" not in answer.content
    shown = re.search(r"E-500 [0-9A-F]{4}", answer.content.decode())
    assert shown and shown[0] in caplog.text
    assert "Our fault. No money moved" in answer.content.decode()


def test_an_act_that_breaks_is_not_said_to_have_moved_nothing(settings: pytest.FixtureRequest) -> None:
    """It may have been committed before it broke: an outcome that we do not know is called unknown."""
    settings.ROOT_URLCONF = Broken  # type: ignore[attr-defined]
    answer = Client(raise_request_exception=False).post("/breaks/", headers={"accept-language": "en"})
    assert answer.status_code == 500
    says_nothing_of_the_inside(answer)
    shown = answer.content.decode()
    assert "We do not know whether it was done" in shown and "No money moved" not in shown


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "x" * 300])
def test_c01_a_host_that_is_not_ours_gets_nothing_and_is_not_repeated(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/sign-in/", headers={"host": host})
    assert answer.status_code == 400
    assert host.encode() not in answer.content
    says_nothing_of_the_inside(answer)


@pytest.mark.parametrize("query", ["x=%00", "next=%00", "q=a%00b"])
def test_c01_a_nul_in_what_is_asked_is_a_bad_request_and_never_a_crash(query: str) -> None:
    assert Client(raise_request_exception=False).get(f"/sign-in/?{query}").status_code == 400
    assert Client(raise_request_exception=False).get("/nowhere/%00/").status_code == 404


def test_c01_a_nul_in_any_form_is_a_bad_request() -> None:
    user = a_user("lin@example.com")
    answer = Client(raise_request_exception=False).post("/sign-in/", {"login": f"{user.email}\0", "password": "x\0y"})
    assert answer.status_code == 400
