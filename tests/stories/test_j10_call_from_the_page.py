"""J10 from the page: Call us in the wallet, the soft-phone at the desk worked by keyboard alone, both heard by their tones."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.databases import FreshDatabase
from tests.factories.hours import open_at_all_hours
from tests.stories.answering import through_the_menu
from tests.stories.calling import (
    AGENT_HERTZ,
    CALLER_HERTZ,
    hears,
    with_microphone,
)
from tests.stories.conftest import Window
from tests.stories.looking import NARROW, SOFT_PHONE, faults_of, faults_within, tab_to, too_wide
from tests.stories.people import a_bakery, a_customer, a_desk, pays_at, sign_in, with_money
from walletdesk.service.hotline.public import set_skills

ON_CALL = "#softphone[data-state=on_call]"
PICTURES = os.environ.get("WALLETDESK_PICTURES", "")


pytestmark = pytest.mark.usefixtures("calling")


@pytest.fixture(autouse=True)
def lin_has_paid(fresh_database: FreshDatabase) -> None:
    customer = with_money(a_customer(), "100.00")
    pays_at(customer, a_bakery(), "38.00")
    open_at_all_hours()
    desk = a_desk()
    set_skills(desk.checker.id, desk.agent.id, [], ["zh-hans", "en"])


def looks_right(page: Page, name: str, *widths: int) -> None:
    """Nothing for axe in light and dark (in the soft-phone, where only that has changed); nothing that sticks out."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), caret="initial")
    size = page.viewport_size
    assert (faults_within(page, SOFT_PHONE) if name in ("notes", "wrap-up") else faults_of(page)) == [], name
    if widths and size:
        assert too_wide(page, *widths) == [], name
        page.set_viewport_size(size)


def goes_on_duty(desk: Page) -> None:
    """By key: the status, then the first choice."""
    desk.locator("body").press("p")
    expect(desk.locator("[data-panel-is=presence] button").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#softphone:not([data-state=logged_off])")).to_be_visible()
    expect(desk.locator("#phonepanel")).to_be_hidden()


def calls_from_the_page(phone: Page) -> None:
    """The checklist: which payment, in a sentence; then the call itself."""
    phone.goto("/wallet/call/")
    expect(phone.get_by_text("Nobody of us is calling you now")).to_be_visible()
    looks_right(phone, "call-us", NARROW)
    phone.locator("#payment").select_option(index=1)
    phone.fill("#note", "Charged twice for one loaf")
    phone.locator("form#before .btn-go").click()
    phone.wait_for_url("**/wallet/call/now/")
    expect(phone.get_by_text("Connected")).to_be_visible()


def asks_for_a_person(phone: Page) -> None:
    """2: payments, 0: a person."""
    expect(phone.locator("#pad")).to_be_visible()
    through_the_menu(phone, "20")


def test_a_call_from_the_page_answered_by_keyboard(window: Window) -> None:
    phone = with_microphone(window(phone=True), CALLER_HERTZ)
    desk = with_microphone(window(), AGENT_HERTZ)
    sign_in(phone, "Lin Xiaoyu", "/wallet/")
    sign_in(desk, "Zhou Lan", "/desk/")
    looks_right(desk, "soft-phone-off")

    calls_from_the_page(phone)
    asks_for_a_person(phone)
    expect(phone.get_by_text("You are next")).to_be_visible()
    looks_right(phone, "waiting", NARROW)

    goes_on_duty(desk)
    answer = desk.locator("#softphone [data-answer]")
    expect(answer).to_be_visible()
    expect(desk.locator("#softphone")).to_contain_text("Lin Xiaoyu")
    desk.keyboard.press("y")
    expect(desk.locator(ON_CALL)).to_be_visible()

    hears(desk, CALLER_HERTZ)
    hears(phone, AGENT_HERTZ)
    expect(desk).to_have_url(re.compile(r"/desk/cases/WD-[0-9-]+/$"))
    expect(desk.get_by_text("Charged twice for one loaf")).to_be_visible()
    expect(phone.get_by_text("Agent 1024")).to_be_visible()
    code = phone.locator(".bigdigits").inner_text()
    expect(desk.locator("#softphone .codeword")).to_have_text(code)
    looks_right(phone, "talking", NARROW)
    looks_right(desk, "on-call")

    stays_up_while_the_agent_moves(desk, phone)
    is_held_and_taken_back(desk, phone)
    is_noted_and_hung_up(desk)
    gives_stars(phone)  # while we ask, which is a few seconds
    is_written_down(desk)
    reads_what_comes_next(phone)


def stays_up_while_the_agent_moves(desk: Page, phone: Page) -> None:
    """Another page of the desk, then the window loaded anew: the call goes on."""
    desk.locator(".queuepane .filters a").nth(3).click()
    expect(desk).to_have_url(re.compile("show=all"))
    hears(desk, CALLER_HERTZ)
    desk.reload()
    expect(desk.locator(ON_CALL)).to_be_visible()
    hears(desk, CALLER_HERTZ)
    hears(phone, AGENT_HERTZ)


def is_held_and_taken_back(desk: Page, phone: Page) -> None:
    desk.locator("body").press("h")
    expect(desk.locator("#softphone")).to_contain_text("On hold")
    desk.locator("body").press("h")
    hears(phone, AGENT_HERTZ)


def is_noted_and_hung_up(desk: Page) -> None:
    """Notes while speaking, the steps read back; all by key."""
    desk.locator("body").press("w")
    desk.keyboard.type("The till lost its network and charged again.")
    tab_to(desk, "#pp-next", 3)
    desk.keyboard.type("Refund of 38.00, you read it in the app")
    expect(desk.locator("#pp-read")).to_contain_text("Refund of 38.00")
    looks_right(desk, "notes")
    desk.keyboard.press("Escape")
    expect(desk.locator("#phonepanel")).to_be_hidden()

    desk.locator("body").press("g")
    expect(desk.locator("#softphone .end-call")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#softphone[data-state=wrap_up]")).to_be_visible()


def is_written_down(desk: Page) -> None:
    """What was noted is there; by when, and how it ended."""
    notes = desk.locator("[data-panel-is=notes]")
    expect(notes.locator("#pp-next")).to_have_value("Refund of 38.00, you read it in the app")
    notes.locator("#pp-due").fill("2031-05-19T18:00")
    notes.locator("#pp-how").select_option("solved")
    notes.locator("[name=read_back]").check()
    looks_right(desk, "wrap-up")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#softphone[data-state=available]")).to_be_visible()


def gives_stars(phone: Page) -> None:
    phone.locator("#callstate [data-key='5']").click()
    thanks = phone.get_by_text("Thank you for calling")  # for as long as the goodbye is read: a slow page may miss it
    expect(thanks.or_(has_ended(phone)).first).to_be_visible()


def has_ended(phone: Page) -> Locator:
    return phone.get_by_role("heading", name="The call has ended")


def reads_what_comes_next(phone: Page) -> None:
    expect(has_ended(phone)).to_be_visible(timeout=40_000)
    looks_right(phone, "ended", NARROW)
    phone.get_by_role("link", name=re.compile("Open the case")).click()
    expect(phone.get_by_text(re.compile("Refund of 38.00, you read it in the app")).first).to_be_visible()


def test_a_closed_window_sends_the_caller_to_the_front_again(window: Window) -> None:
    phone, desk = with_microphone(window(phone=True), CALLER_HERTZ), with_microphone(window(), AGENT_HERTZ)
    sign_in(phone, "Lin Xiaoyu", "/wallet/")
    sign_in(desk, "Zhou Lan", "/desk/")
    calls_from_the_page(phone)
    asks_for_a_person(phone)
    goes_on_duty(desk)
    desk.locator("#softphone [data-answer]").click()
    hears(desk, CALLER_HERTZ)
    desk.goto("/contact/")
    expect(phone.get_by_text("You are next")).to_be_visible(timeout=30_000)
