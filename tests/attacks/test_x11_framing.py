"""X11: no page of ours can be framed, opened and steered, or read by another site's script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

import walletdesk
from tests.attacks.everybody import World, everybody, pages
from walletdesk.project.authorisation import ROWS

WHO = {"anyone": "nobody", "signed_in": "lin", "customer": "lin", "member": "owner", "owner": "owner"}
SOURCE = Path(walletdesk.__file__).parent


@pytest.fixture
def world(db: None) -> World:
    return everybody()


def cannot_be_framed(answer: HttpResponse, place: str) -> None:
    policy = answer.headers["Content-Security-Policy"]
    if "sandbox" in policy:  # a file that somebody sent: handed over as a download, with no right at all
        assert "default-src 'none'" in policy and answer.headers["Content-Disposition"].startswith("attachment"), place
    else:
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy, place
        assert "form-action 'self'" in policy and "object-src 'none'" in policy, place
    assert "unsafe" not in policy and "*" not in policy, place
    assert answer.headers["X-Frame-Options"] == "DENY", place
    assert answer.headers["X-Content-Type-Options"] == "nosniff", place
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", place
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer"), place


def test_x11_every_answer_says_that_it_is_in_no_frame(world: World) -> None:
    for (address, method), row in ROWS.items():
        if address.startswith("/live/"):
            continue
        for who in {WHO.get(row.who, "senior"), "nobody"}:
            browser = world.browser(who)
            path = world.place(address, who)
            answer = browser.post(path, world.form(address)) if method == "POST" else browser.generic(method, path)
            cannot_be_framed(answer, f"{method} {address} {who}: {answer.status_code}")


@pytest.mark.django_db
def test_x11_pages_of_errors_too() -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    cannot_be_framed(strict.get("/nowhere/"), "404")
    cannot_be_framed(strict.post("/sign-in/"), "403 csrf")
    cannot_be_framed(strict.put("/contact/"), "405")
    cannot_be_framed(strict.get("/?x=%00"), "400")


def test_x11_a_link_that_opens_a_window_keeps_nothing_of_ours(world: World) -> None:
    for address in pages():
        row = ROWS.get((address, "GET"))
        if row is None:
            continue
        who = WHO.get(row.who, "senior")
        answer = world.browser(who).get(world.place(address, who))
        if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in re.findall(r"<(?:a|area|form)\b[^>]*\starget=[^>]*>", answer.content.decode()):
            assert "noopener" in link, (address, link)


def test_x11_no_script_of_ours_listens_to_other_windows_or_writes_markup() -> None:
    """postMessage has no listener to talk to; and nothing is put together as markup in the browser."""
    own = [one for one in SOURCE.rglob("static/**/*.js") if "vendor" not in one.parts]
    assert own
    for script in own:
        text = script.read_text()
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert word not in text, f"{script.name}: {word}"
        for listener in re.findall(r"(\w+)\.(?:addEventListener\(\s*[\"']message[\"']|onmessage\s*=)", text):
            assert listener not in ("window", "document", "parent", "opener"), f"{script.name} hears other windows"
        assert "window.opener" not in text and "document.domain" not in text
        assert not re.search(r"postMessage\([^)]*[\"']\*[\"']", text)


def test_x11_no_template_turns_escaping_off() -> None:
    for template in SOURCE.rglob("templates/**/*.html"):
        text = template.read_text()
        for word in ("|safe", "autoescape off", "safeseq", "javascript:", "<style", " style=", "hx-on", "hx-vals='js:"):
            assert word not in text, f"{template.relative_to(SOURCE)}: {word}"
        assert not re.search(r"<[^>]+\son[a-z]+=", text), f"{template.relative_to(SOURCE)}: a handler in the markup"
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), f"{template.relative_to(SOURCE)}: an inline script"
