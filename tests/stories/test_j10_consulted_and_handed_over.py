"""J10, a colleague is asked: aside first, then all three, then handed over; three tones prove who hears whom each time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.stories.answering import a_bilingual_desk, answers, at_the_telephone, writes_down
from tests.stories.calling import (
    AGENT_HERTZ,
    CALLER_HERTZ,
    THIRD_HERTZ,
    CallingProduct,
    eventually,
    hears,
)
from tests.stories.conftest import Window
from tests.stories.telephones import telephone
from walletdesk.service.hotline.public import live_calls, presence_of

pytestmark = pytest.mark.serial


def test_j10_a_colleague_is_asked_joins_and_takes_over(calling: CallingProduct, window: Window) -> None:
    desk = a_bilingual_desk()
    zhou = at_the_telephone(window(), "Zhou Lan", AGENT_HERTZ)
    with telephone(calling.line, CALLER_HERTZ, number="02164379999") as phone:
        phone.hears_something()
        phone.key("210")  # English, recorded, a person
        answers(zhou)
        phone.hears_tone(AGENT_HERTZ)

        song = at_the_telephone(window(), "Song Zhixing", THIRD_HERTZ)
        asks_a_colleague(zhou, desk.checker.employee_number)
        answers(song)
        hears(zhou, THIRD_HERTZ)
        hears(song, AGENT_HERTZ)
        phone.eventually(lambda: not phone.hears(AGENT_HERTZ) and not phone.hears(THIRD_HERTZ), "music meanwhile")

        wishes(zhou, "join")
        phone.hears_tone(THIRD_HERTZ)
        phone.hears_tone(AGENT_HERTZ)

        wishes(zhou, "hand_over")
        eventually(lambda: [one.place for one in live_calls()] == ["talking"], "the colleague alone with the caller")
        phone.eventually(lambda: not phone.hears(AGENT_HERTZ), "the first agent is gone")
        phone.hears_tone(THIRD_HERTZ)
        hears(song, CALLER_HERTZ)
        assert [agent.id for agent in live_calls()[0].agents] == [desk.checker.id]

        song.locator("#softphone button[value=hang_up]").click()
        eventually(lambda: [one.place for one in live_calls()] == ["surveying"], "the survey")
        phone.key("5")
        phone.is_let_go()
    writes_down(song, "Asked about the limits of the card.", "Nothing more.")
    writes_down(zhou, "Handed over to 2207.", "Nothing more.")
    assert presence_of(desk.agent.id).state == "available"


def asks_a_colleague(page: Page, number: str) -> None:
    page.locator("#softphone [data-panel=transfer]").click()
    page.select_option("#pp-colleague", page.locator("#pp-colleague option", has_text=number).get_attribute("value"))
    page.locator("#phonepanel button[value=consult]").click()
    expect(page.locator("#phonepanel [data-panel-is=transfer]")).to_be_hidden()


def wishes(page: Page, wish: str) -> None:
    page.locator("#softphone [data-panel=transfer]").click()
    button = page.locator(f"#phonepanel button[value={wish}]")
    button.click()
    expect(button).to_be_hidden()  # the panel is closed by the answer: the next press opens it again
