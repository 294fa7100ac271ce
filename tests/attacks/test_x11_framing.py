"""X11: no page of ours can be framed, opened and steered, or read by another site's script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

import walletdesk
from tests.attacks.framing import cannot_be_framed, windows_keep_nothing_of_ours

SOURCE = Path(walletdesk.__file__).parent


@pytest.mark.django_db
def test_x11_pages_of_errors_too() -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    cannot_be_framed(strict.get("/nowhere/"), "404")
    cannot_be_framed(strict.post("/sign-in/"), "403 csrf")
    cannot_be_framed(strict.put("/contact/"), "405")
    cannot_be_framed(strict.get("/?x=%00"), "400")


@pytest.mark.django_db
def test_x11_what_the_walk_asks_can_fail() -> None:
    """Every route, method and person is asked in the walk of the table of who may what; here: that its questions bite."""
    good = Client(raise_request_exception=False).get("/nowhere/")
    cannot_be_framed(good, "as it is")
    for header in ("Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy", "Referrer-Policy"):
        kept, good.headers[header] = good.headers[header], "*"
        with pytest.raises(AssertionError):
            cannot_be_framed(good, header)
        good.headers[header] = kept
    with pytest.raises(AssertionError):
        windows_keep_nothing_of_ours(HttpResponse('<a href="/x" target="_blank">'), "a window with a way back")
    windows_keep_nothing_of_ours(HttpResponse('<a href="/x" rel="noopener" target="_blank">'), "and one without")


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
