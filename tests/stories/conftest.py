"""Stories happen in real Chromium windows against the running product."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    StorageState,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.chromium import CHROMIUM, FLAGS
from tests.databases import FreshDatabase, cloned, django_on
from tests.product import RunningProduct, running_product
from tests.stories.calling import CallingProduct, answering_product

PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)

Window = Callable[..., Page]
FAILED = pytest.StashKey[bool]()
_numbers = itertools.count(1)
LEFT_BEHIND = Path(tempfile.gettempdir()) / "walletdesk-failed-stories"
expect.set_options(timeout=15_000)  # a deadline for events, generous because machines are busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.serial)
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.story)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the whole process: two of them cannot be."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"not run: no Chromium at {CHROMIUM}")
    # Playwright's loop lives in this thread; the story itself is synchronous, and so is its use of the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def shared_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[FreshDatabase]:
    """One database for all stories of a module; a module that shares it makes its own ``product`` over it."""
    name = f"walletdesk_stories_{os.getpid()}_{next(_numbers)}"
    with django_db_blocker.unblock(), cloned(name), django_on(name):
        yield FreshDatabase(name)


@pytest.fixture
def outside() -> dict[str, str]:
    """Settings of a product that answers its telephone, for a story that has more of the world around it."""
    return {}


@pytest.fixture
def calling(fresh_database: FreshDatabase, outside: dict[str, str]) -> Iterator[CallingProduct]:
    """The running product with its hotline: a story that names it has that for its ``product``."""
    with answering_product(fresh_database, outside) as running:
        yield running


@pytest.fixture
def product(fresh_database: FreshDatabase, request: pytest.FixtureRequest) -> Iterator[RunningProduct]:
    if "calling" in request.fixturenames:
        yield request.getfixturevalue("calling").product
        return
    with running_product(fresh_database) as running:
        yield running


@pytest.fixture
def window(
    playwright: Playwright, chromium: Browser, product: RunningProduct, request: pytest.FixtureRequest
) -> Iterator[Window]:
    """``window(phone=True, language="en")``: another person's browser. A page error or a blocked script fails the story.

    ``film`` is what its camera sees, which a browser is told when it starts; ``known`` are the cookies it begins with.
    """
    contexts: list[BrowserContext] = []
    with_cameras: list[Browser] = []
    troubles: list[str] = []

    def opened(
        *,
        phone: bool = False,
        language: str = "en",
        dark: bool = False,
        scripts: bool = True,
        film: Path | None = None,
        known: StorageState | None = None,
    ) -> Page:
        browser = chromium
        if film is not None:
            flags = [*FLAGS, f"--use-file-for-fake-video-capture={film}"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
            with_cameras.append(browser)
        context = browser.new_context(
            storage_state=known,
            base_url=product.url,
            viewport=PHONE if phone else DESK,
            locale="zh-CN" if language == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",  # what glides is drawn frame by frame, and two cores draw it
            is_mobile=phone,
            has_touch=phone,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                troubles.append(f"{page.url}: {message.text}") if "Content Security" in message.text else None
            ),
        )
        return page

    yield opened
    if request.node.stash.get(FAILED, False):
        LEFT_BEHIND.mkdir(exist_ok=True)
        for place, context in enumerate(contexts):
            context.pages[0].screenshot(path=LEFT_BEHIND / f"{request.node.name}.{place}.png")
        print(f"what each window showed: {LEFT_BEHIND}\n{product.logs()}")
    for context in contexts:
        context.close()
    for browser in with_cameras:
        browser.close()
    assert not troubles, "\n".join(troubles)
