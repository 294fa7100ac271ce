"""J10, behind the hotline: the supervisor's wall follows the floor live and scrolls nothing; plan, report, menu, best time.

Every page in Chinese and English, light and dark, looked at by axe.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.hours import open_at_all_hours
from tests.factories.line import a_place, an_agent_at
from tests.product import RunningProduct, running_product
from tests.stories.conftest import DESK, PHONE, Window
from tests.stories.looking import NARROW, faults_in, faults_of, tab_to, too_wide, with_axe
from tests.stories.people import a_colleague, a_customer, sign_in
from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.public import (
    Choice,
    Menu,
    Node,
    live_calls,
    save_menu_draft,
    set_presence,
    write_menu,
)
from walletdesk.service.workforce.public import make_forecast, simulate_weeks
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView

LANGUAGES = {"zh": "zh-hans", "en": "en"}
PICTURES = os.environ.get("WALLETDESK_PICTURES", "")
both = pytest.mark.parametrize("language", ["zh", "en"])


@dataclass(frozen=True)
class Floor:
    supervisor: EmployeeView
    editor: EmployeeView
    free: EmployeeView
    lin: CustomerView
    cookies: dict[str, Any] = field(default_factory=dict)

    def shows(self, page: Page, who: str, door: str) -> Page:
        """Somebody's window behind this door. They sign in once: a code of their app serves once in half a minute."""
        if who in self.cookies:
            page.context.add_cookies(self.cookies[who])
            page.goto(door)
        else:
            self.cookies[who] = sign_in(page, who, door).context.cookies()
        return page


def _staff(number: str, name: str, role: str, team: str) -> EmployeeView:
    return a_colleague(number, name, name, team, role)


@pytest.fixture(scope="module")
def floor(shared_database: FreshDatabase) -> Floor:
    """Three weeks of simulated calls, twenty-six agents, four who wait."""
    open_at_all_hours()
    simulate_weeks(now(), weeks=3, seed=7)
    make_forecast()
    moment, lin = now(), a_customer("Lin Xiaoyu")
    states = ["on_call"] * 15 + ["available"] * 4 + ["wrap_up"] * 3 + ["paused"] * 3
    for place, state in enumerate(states):
        agent = _staff(str(1003 + 4 * place), f"Agent {1003 + 4 * place}", "agent", "care")
        an_agent_at(state, moment - timedelta(minutes=1 + place % 9), agent)
    free = an_agent_at("available", moment, _staff("1102", "Zhou Lan", "agent", "care"))
    for seconds in (200, 72, 40, 10):
        due = moment + timedelta(minutes=30) if seconds == 200 else None
        a_place(moment - timedelta(seconds=seconds), customer=lin if due else None, due=due)
    return Floor(
        _staff("0387", "He Min", "supervisor", "checks"), _staff("0511", "Ye Wen", "editor", "words"), free, lin
    )


@pytest.fixture(scope="module")
def product(floor: Floor, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        yield running


def read_in(page: Page, language: str) -> Page:
    page.context.add_cookies([{"name": "language", "value": LANGUAGES[language], "url": urljoin(page.url, "/")}])
    return page


def nothing_wrong(found: list[str]) -> None:
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@both
def test_the_wall_scrolls_nothing(floor: Floor, window: Window, language: str) -> None:
    page = read_in(floor.shows(window(language="en"), "He Min", "/wall/"), language)
    page.set_viewport_size(DESK)
    page.goto("/wall/")
    hidden = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("main, main section, main section > div, .agents ul")]
             .filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
             .map(one => `${one.tagName} ${one.id || one.className} ${one.scrollWidth}x${one.scrollHeight}`)"""
    )
    assert not hidden
    assert page.locator(".six > div").count() == 6
    assert page.locator(".agents li").count() == 26
    nothing_wrong(faults_in(page, language))


def test_the_wall_follows_the_floor_by_itself(floor: Floor, window: Window) -> None:
    """An agent takes a break: the wall shows it without being touched."""
    page = floor.shows(window(language="en"), "He Min", "/wall/")
    page.goto("/wall/")
    card = page.locator(".agents li", has_text="1102")
    expect(card).to_contain_text("Free")
    set_presence(floor.free.id, "paused", "meal")
    expect(card).to_contain_text("Break")
    set_presence(floor.free.id, "available", seat=f"agent:{floor.free.id}:page")
    expect(card).to_contain_text("Free")


@both
def test_the_pages_behind_the_wall(floor: Floor, window: Window, language: str) -> None:
    page = read_in(floor.shows(with_axe(window(language="en")), "He Min", "/wall/"), language)
    call = live_calls()[0]
    found = []
    for path in (
        "/wall/report/?days=7",
        "/wall/report/?until=2020-01-01",
        "/wall/planner/",
        "/wall/planner/?aht=0&target_level=80&target_seconds=20&patience=&shrinkage=30&most_busy=88",
        "/wall/menu/",
        "/wall/menu/1/?keys=2*9",
        f"/wall/listen/{call.id}/",
    ):
        page.goto(path)
        found += [f"{path} ({language}): {fault}" for fault in faults_in(page, language)]
    nothing_wrong(found)


@both
def test_the_best_time_to_call_on_a_phone(floor: Floor, window: Window, language: str) -> None:
    public = window(phone=True, language=language)
    public.goto("/best-time/?day=1")
    wallet = read_in(floor.shows(window(phone=True, language="en"), "Lin Xiaoyu", "/wallet/"), language)
    wallet.goto("/wallet/help/best-time/?day=5")
    found = []
    for page in (public, wallet):
        page.locator("details.twin summary").click()
        expect(page.locator("details.twin table")).to_be_visible()
        found += faults_in(page, language) + too_wide(page, 390, NARROW)
        page.set_viewport_size(PHONE)
    nothing_wrong(found)


def test_help_leads_to_it(floor: Floor, window: Window) -> None:
    page = floor.shows(window(phone=True, language="en"), "Lin Xiaoyu", "/wallet/")
    page.goto("/wallet/help/")
    page.get_by_role("link", name="Best time to call").click()
    expect(
        page.get_by_role("heading", name="quickest").or_(page.get_by_role("heading", name="good time"))
    ).to_be_visible()


def test_the_menu_is_changed_by_one_and_published_by_another(floor: Floor, window: Window) -> None:
    writer = floor.shows(window(language="en"), "Ye Wen", "/")
    writer.goto("/wall/menu/")
    writer.get_by_text("Edit as a new draft").click()
    row = writer.locator(".choice").nth(7)
    row.get_by_label("Key").fill("8")
    row.get_by_label("Topic").select_option("complaints")
    writer.get_by_role("button", name="Keep as a draft").click()
    expect(writer.get_by_role("status")).to_contain_text("Draft 2 is kept")
    expect(writer.get_by_text("a colleague publishes it")).to_be_visible()
    writer.get_by_label("Keys in order").fill("8")
    writer.get_by_role("button", name="Try", exact=True).click()
    expect(writer.get_by_text("In the queue: Complaints")).to_be_visible()

    reader = floor.shows(window(language="en"), "He Min", "/wall/")
    reader.goto("/wall/menu/2/")
    nothing_wrong(faults_of(reader))
    reader.get_by_label("Why it goes live").fill("Complaints by one key")
    reader.get_by_role("button", name="Publish").click()
    expect(reader.get_by_role("status")).to_contain_text("Version 2 is live")


@both
def test_a_dead_end_is_found_drawn_and_can_be_walked_into(floor: Floor, window: Window, language: str) -> None:
    """The draft says so in words and in the picture, nobody can publish it, and the trial still walks there."""
    person, freeze = Choice("0", "person", "general"), Choice("9", "freeze", "freeze")
    nodes = (
        Node("main", (Choice("1", "go", "general", "pit"), freeze, person)),
        Node("pit", (Choice("1", "again", "general"),)),
    )
    number = save_menu_draft(floor.editor.id, write_menu(Menu("main", nodes)))
    found = []
    for who in ("Ye Wen", "He Min"):
        page = read_in(floor.shows(window(language="en"), who, "/"), language)
        page.goto(f"/wall/menu/{number}/?keys=11")
        expect(page.locator(".problems li")).to_have_count(1)
        expect(page.locator(".tree .box.bad")).to_have_count(1)
        expect(page.locator(".heard li")).to_have_count(3)
        found += faults_in(page, language)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/dead-end.{who}.{language}.png", full_page=True)
    expect(page.locator("form[action$='/publish/'] button")).to_be_disabled()
    nothing_wrong(found)


def test_planning_by_keyboard(floor: Floor, window: Window) -> None:
    page = floor.shows(window(language="en"), "He Min", "/wall/")
    page.goto("/wall/planner/")
    page.get_by_label("Handling of a call").fill("300")
    assert not tab_to(page, ".wishes .btn-go")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The plan is saved")
    expect(page.get_by_text("saved by agent 0387")).to_be_visible()
