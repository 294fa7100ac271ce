"""J9, find the contact: the same number in every place, and a signature that proves it on a machine without a network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.people import a_customer, email_of, sign_in


@pytest.fixture(scope="module")
def product(shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    a_customer()
    with running_product(shared_database) as running:
        yield running


def signed(page: Page) -> dict[str, object]:
    """The directory as machines read it."""
    answer = page.request.get("/.well-known/walletdesk-contacts.json")
    assert answer.ok
    assert answer.headers["access-control-allow-origin"] == "*"
    return dict(answer.json())


def hotline_of(page: Page) -> tuple[str, str]:
    """As it is dialled and as it is shown."""
    entries = signed(page)["directory"]["entries"]  # type: ignore[index]
    line = next(entry for entry in entries if entry["channel"] == "phone")
    return str(line["value"]), str(line["shown"])


def lock_out(page: Page, name: str) -> None:
    """Five wrong passwords."""
    for _ in range(5):
        page.goto("/sign-in/")
        page.fill("input[name=login]", email_of(name))
        page.fill("input[name=password]", "not the right one")
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your money is safe")


def test_j9_the_same_hotline_everywhere(product: RunningProduct, window: Window) -> None:
    phone, stranger = window(phone=True), window(phone=True, scripts=False)
    dialled, shown = hotline_of(stranger)

    for path in ("/", "/sign-in/", "/sign-up/", "/nothing-here/", "/contact/"):
        stranger.goto(path)
        expect(stranger.locator(f"footer a[href='tel:{dialled}']")).to_have_text(shown)
    expect(stranger.locator("main .dir").get_by_role("link", name=shown)).to_have_attribute("href", f"tel:{dialled}")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Official contacts")

    # In the app it is two taps away: Help, Call.
    sign_in(phone, "Lin Xiaoyu", "/wallet/")
    phone.get_by_role("link", name="Help").click()
    expect(phone.locator("main span.num")).to_have_text(shown)
    expect(phone.get_by_role("link", name="Call", exact=True)).to_have_attribute("href", f"tel:{dialled}")
    fingerprint = phone.locator(".code.nowrap").first.inner_text()
    stranger.goto("/contact/")
    expect(stranger.locator(".sig")).to_contain_text(fingerprint)

    lock_out(stranger, "Lin Xiaoyu")
    expect(stranger.locator(f"main a[href='tel:{dialled}']")).to_contain_text(shown)


def verify(folder: Path, key: str) -> subprocess.CompletedProcess[str]:
    """As the page says it, in a folder with the two files and nothing else."""
    command = [sys.executable, "-I", "verify_contacts.py", "walletdesk-contacts.json", "--key", key]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={})


def test_j9_the_signature_proves_it(product: RunningProduct, window: Window, tmp_path: Path) -> None:
    page = window(scripts=False)
    page.goto("/contact/")
    for link in (page.locator(".verify a[href$='.json']"), page.locator(".verify a[href$='.py']")):
        with page.expect_download() as download:
            link.click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
    key = page.locator(".cmdline").inner_text().rsplit(" ", 1)[-1]

    genuine = verify(tmp_path, key)
    assert genuine.returncode == 0, genuine.stdout + genuine.stderr

    dialled, _ = hotline_of(page)
    card = tmp_path / "walletdesk-contacts.json"
    untouched = card.read_text()
    last = "1" if dialled[-1] != "1" else "2"
    card.write_text(untouched.replace(dialled, dialled[:-1] + last, 1))
    assert sum(a != b for a, b in zip(untouched, card.read_text(), strict=True)) == 1
    assert verify(tmp_path, key).returncode == 1

    # Somebody else's key over the same words proves nothing either.
    card.write_text(untouched)
    other = json.loads(untouched)["signature"][:43] + "="
    assert verify(tmp_path, other).returncode in (1, 3)
