"""An editor gives the hotline a voice: speaks into the browser, listens, puts it into use; and takes it back again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.recordings import a_wav
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.looking import faults_in, tab_to, too_wide, with_axe
from tests.stories.people import a_colleague, types_who_they_are
from walletdesk.service.hotline.prompts.public import sounds, takes_of
from walletdesk.service.hotline.rules.said import say
from walletdesk.trust.staff.public import EmployeeView


def an_editor() -> EmployeeView:
    return a_colleague("2201", "方舒", "Fang Shu", "words", "editor")


def at_the_prompts(page: Page, piece: str = "welcome", language: str = "en") -> Page:
    """Signs in where the page sends whoever is not, and comes back to the piece."""
    page.goto(reverse("prompt-piece", args=[language, piece]))
    if "/sign-in/" in page.url:
        types_who_they_are(page, "Fang Shu", "/prompts/")
    return page


@pytest.fixture(scope="module")
def editor(shared_database: FreshDatabase) -> EmployeeView:
    return an_editor()


@pytest.fixture(scope="module")
def product(editor: EmployeeView, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        yield running


@pytest.fixture
def sound_folder(product: RunningProduct, settings) -> None:
    """This process writes recordings out beside the product's own."""
    settings.DATA_FOLDER = product.folder


def test_a_voice_for_the_welcome(product: RunningProduct, window: Window, sound_folder: None) -> None:
    page = at_the_prompts(window())
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to the Walletdesk service line.")

    # The editor speaks (Chromium's own test microphone beeps) for a second or two.
    page.get_by_role("button", name="Start recording").click()
    expect(page.locator("#seconds")).to_have_text(re.compile(r"^[2-9]"))
    page.get_by_role("button", name="I have said it").click()

    # It is kept; nothing is in use before somebody has listened to its end.
    take = page.locator(".takes li")
    expect(take).to_contain_text("Not heard yet")
    use = take.get_by_role("button", name="Put into use")
    expect(use).to_be_disabled()
    take.locator("audio").evaluate("player => player.play()")
    expect(use).to_be_enabled()
    use.click()
    expect(page.locator("#main")).to_contain_text("callers hear it from now on")
    expect(page.locator(".plist [aria-current]").last).to_contain_text("Ours")

    # A caller hears it from the next sentence on.
    (recorded,) = takes_of("en", "welcome")
    (heard,) = sounds("en", (say("welcome"),))
    assert recorded.in_force
    assert heard.parent.name == "recorded"

    # And back again.
    page.get_by_role("button", name="Back to the synthetic sound").click()
    expect(page.locator("#now + .word")).to_contain_text("Synthetic sound")
    assert sounds("en", (say("welcome"),))[0].name == "welcome.wav"
    expect(page.get_by_role("row")).to_have_count(3)


def test_without_a_microphone_a_file_is_sent_in_and_a_wrong_one_is_refused(
    product: RunningProduct, window: Window
) -> None:
    page = at_the_prompts(window(), "position.1", "zh")
    picture = {"name": "welcome.wav", "mimeType": "audio/wav", "buffer": b"\x89PNG\r\n\x1a\n not a sound"}
    page.set_input_files("#sound", picture)
    page.get_by_role("button", name="Send it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Only plain WAV recordings are taken")
    page.set_input_files("#sound", {"name": "x.wav", "mimeType": "audio/wav", "buffer": a_wav(440)})
    page.get_by_role("button", name="Send it in").click()
    expect(page.locator(".takes li")).to_contain_text("Uploaded file")


def test_the_page_is_for_everybody_who_edits(product: RunningProduct, window: Window) -> None:
    """Nothing for axe to find in zh and en, light and dark; the whole way by keyboard; no sideways scrolling on a phone."""
    page = at_the_prompts(window(), "n.7")
    page.set_input_files("#sound", {"name": "x.wav", "mimeType": "audio/wav", "buffer": a_wav(440)})
    page.get_by_role("button", name="Send it in").click()
    expect(page.locator(".takes li")).to_have_count(1)
    found: list[str] = []
    with_axe(page)
    for code in ("zh-hans", "en"):
        page.context.add_cookies([{"name": "language", "value": code, "url": product.url}])
        for address in (
            reverse("prompt-piece", args=["en", "welcome"]),
            reverse("prompt-piece", args=["zh", "position.1"]),
            reverse("prompt-piece", args=["zh", "n.7"]),
            reverse("prompt-music", args=["zh"]),
        ):
            page.goto(address)
            found += [f"{address} ({code}): {fault}" for fault in faults_in(page, code[:2])]
    page.goto(reverse("prompt-piece", args=["zh", "position.1"]))
    before = page.locator(".takes li").count()
    assert tab_to(page, "#record", most=150) == []
    page.keyboard.press("Enter")
    expect(page.locator("#seconds")).to_have_text(re.compile(r"^[2-9]"))
    page.keyboard.press("Enter")
    expect(page.locator(".takes li")).to_have_count(before + 1)
    found += too_wide(page, 1024, 390, 320)
    assert not found, "\n".join(found)
