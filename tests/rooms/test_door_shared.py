"""What all doors share: parts that escape, rings that tell the truth, no inline script or style anywhere."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core import signing
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation
from django_cotton.compiler_regex import CottonCompiler

import walletdesk.doors as doors
from walletdesk.doors._shared import live, reader_time
from walletdesk.doors._shared.language import language_of
from walletdesk.doors._shared.promise_ring import ROUND, ring
from walletdesk.doors._shared.templatetags.parts import amount_markup
from walletdesk.foundation.amount.public import CNY, JPY, KWD, Amount

DOORS = Path(doors.__file__).parent
OURS = [DOORS / name for name in ("_shared", "customer_web", "public_web")]
TEMPLATES = [page for door in OURS for page in door.rglob("*.html")]
STATIC = DOORS / "_shared/static/walletdesk"
NOON = datetime(2026, 5, 19, 4, 0, tzinfo=UTC)
EVIL = "<img src=x onerror=alert(1)>{{ 7|add:7 }}\"'"


def drawn(template: str, **fields: object) -> str:
    """A piece of a page, through cotton, as a page would draw it."""
    page = engines["django"].from_string(CottonCompiler().process("{% load parts %}" + template))
    return page.render(fields, RequestFactory().get("/wallet/"))


# -- the content security policy is kept by what is written -----------------------------------------------------------


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.name)
def test_no_template_needs_an_exception_from_the_policy(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))
    assert "hx-on" not in text and "javascript:" not in text


@pytest.mark.parametrize(
    "script", [*STATIC.rglob("js/*.js"), *DOORS.glob("*_web/static/**/*.js")], ids=lambda one: one.name
)
def test_no_script_of_ours_writes_markup_or_runs_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\.", text
    )


def test_vendored_files_are_what_their_list_says() -> None:
    listed = re.findall(r"\| `([a-z.]+\.js)` \|.*`([0-9a-f]{64})` \|", (STATIC / "vendor/LICENSES.md").read_text())
    assert {name for name, _ in listed} == {file.name for file in (STATIC / "vendor").glob("*.js")}
    for name, digest in listed:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text()
    pages = "\n".join(page.read_text(encoding="utf-8") for page in TEMPLATES)
    for name in re.findall(r'<c-icon name="([a-z]+)"', pages) + re.findall(r'\bicon="([a-z]+)"', pages):
        assert f'id="i-{name}"' in sprite, name
    for name in re.findall(r'<c-shape name="([a-z]+)"', pages) + re.findall(r'\bshape="([a-z]+)"', pages):
        assert f'id="s-{name}"' in sprite, name


def test_every_component_says_how_it_is_used() -> None:
    for part in (DOORS / "_shared/templates/cotton").glob("*.html"):
        assert part.read_text(encoding="utf-8").startswith("{# <c-"), part.name


# -- amounts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minor", "asset", "signed", "shown"),
    [
        (284617, CNY, False, "¥2,846.17"),
        (-3800, CNY, False, "−¥38.00"),
        (12000, CNY, True, "+¥120.00"),
        (12000, JPY, False, "JP¥12,000"),
        (3125, KWD, False, "KD 3.125"),
        (0, CNY, True, "¥0.00"),
    ],
)
def test_an_amount_always_shows_its_currency_and_all_its_digits(
    minor: int, asset: object, signed: bool, shown: str
) -> None:
    markup = amount_markup(Amount(minor, asset), signed=signed)  # type: ignore[arg-type]
    assert re.sub(r"<[^>]+>", "", markup) == shown


def test_a_hidden_amount_is_not_in_the_page_at_all() -> None:
    assert "2846" not in drawn("<c-amount :of='sum' />", sum=Amount(284617, CNY), hide_amounts=True)


# -- what people wrote stays text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "template",
    [
        '<c-item title="{{ evil }}" mono="{{ evil }}" href="/x/"><c-slot name="under">{{ evil }}</c-slot></c-item>',
        '<c-item :title="evil" />',
        '<c-banner title="{{ evil }}">{{ evil }}</c-banner>',
        '<c-appbar :title="evil" />',
        '<c-bubble :at="none" :name="evil" number="{{ evil }}">{{ evil }}</c-bubble>',
        '<c-kv term="{{ evil }}">{{ evil }}</c-kv>',
        '<c-empty title="{{ evil }}">{{ evil }}</c-empty>',
        '{% say "嗨 {who}" "Hi {who}" who=evil %}',
        '<c-timeline :events="events" />',
    ],
)
def test_a_name_never_becomes_markup(template: str) -> None:
    page = drawn(template, evil=EVIL, none=None, events=[{"at": NOON, "words": EVIL, "under": EVIL}])
    assert "<img" not in page
    assert "&lt;img" in page and "{{ 7|add:7 }}" in page


# -- moments ----------------------------------------------------------------------------------------------------------


def test_a_moment_is_told_in_the_readers_zone_and_language() -> None:
    with timezone.override("Asia/Shanghai"), translation.override("zh-hans"):
        assert reader_time.moment_words(NOON, "clock") == "12:00"
        assert reader_time.day_words(NOON.date()) == "5 月 19 日"
    with timezone.override("Europe/London"), translation.override("en"):
        assert reader_time.moment_words(NOON, "clock") == "05:00"
        assert reader_time.moment_words(NOON, "full") == "2026-05-19 05:00"


# -- rings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "of", "figure", "unit", "tone"),
    [
        (timedelta(seconds=42), timedelta(hours=1), "42", "s", "bad"),
        (timedelta(minutes=4), timedelta(hours=1), "4", "min", "bad"),
        (timedelta(minutes=26), timedelta(minutes=111), "26", "min", "wait"),
        (timedelta(hours=20), timedelta(hours=24), "20", "hours", "wait"),
        (timedelta(days=3), timedelta(days=4), "3", "days", ""),
        (timedelta(days=2), timedelta(days=9), "2", "days", "wait"),
        (timedelta(seconds=-5), timedelta(hours=1), "0", "min", "bad"),
    ],
)
def test_a_ring_shows_what_is_left(left: timedelta, of: timedelta, figure: str, unit: str, tone: str) -> None:
    shown = ring(NOON + left, NOON + left - of, NOON)
    assert (shown.figure, shown.unit.en, shown.tone) == (figure, unit, tone)
    assert 0 <= shown.left <= ROUND


# -- the live ticket --------------------------------------------------------------------------------------------------


def test_a_ticket_names_the_session_without_giving_it_away() -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore(session_key="a-session-key")
    request.user = type("User", (), {"pk": 7})()  # type: ignore[assignment]
    ticket = live.ticket(request, ["desk", "case:1", "desk"])
    said = signing.loads(ticket, salt="walletdesk.live")
    assert said == {"s": hashlib.sha256(b"a-session-key").hexdigest()[:32], "u": "7", "t": ["case:1", "desk"]}
    assert "a-session-key" not in ticket


# -- the reader's language --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cookie", "wish", "language"),
    [("en", "zh-CN", "en"), ("", "en-GB,en;q=0.9", "en"), ("", "", "zh-hans"), ("klingon", "fr", "zh-hans")],
)
def test_the_choice_of_this_browser_comes_first(cookie: str, wish: str, language: str) -> None:
    request = RequestFactory().get("/", headers={"accept-language": wish})
    request.COOKIES = {"language": cookie} if cookie else {}
    assert language_of(request) == language
