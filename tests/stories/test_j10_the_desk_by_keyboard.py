"""J10, the agent's side without a mouse: every act of the soft-phone by its key, and every state of it looked at by axe.

On duty, ringing, answering, hold, mute, a secret, notes, a colleague asked, back, the sound lost and found again, handed
to another queue, written down; then a second ring that is declined. The colleague reads Chinese, and takes the next call.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.answering import a_bilingual_desk
from tests.stories.calling import (
    AGENT_HERTZ,
    CALLER_HERTZ,
    THIRD_HERTZ,
    CallingProduct,
    eventually,
    hears,
    with_microphone,
)
from tests.stories.conftest import Window
from tests.stories.looking import SOFT_PHONE, faults_in, faults_within
from tests.stories.people import sign_in
from tests.stories.telephones import Telephone, telephone
from walletdesk.service.hotline.public import live_calls, presence_of

PICTURES = os.environ.get("WALLETDESK_PICTURES", "")
# The sound's way as this page sees it: gone, and back.
WAYS = """
const Plain = RTCPeerConnection, made = [];
window.RTCPeerConnection = class extends Plain { constructor(...given) { super(...given); made.push(this); } };
window.way = (state) => {
  const last = made.at(-1);
  if (state) Object.defineProperty(last, "connectionState", { value: state, configurable: true });
  else delete last.connectionState;
  last.dispatchEvent(new Event("connectionstatechange"));
};
"""
# Who is free is asked anew while the panel is open; answers once the new part stands there.
COLLEAGUES_COME = """() => new Promise((done) => {
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "pp-transfer-part") done(); });
  document.body.dispatchEvent(new CustomEvent("phone:colleagues", { bubbles: true }));
})"""


class Agent:
    """A window at the desk that is worked by keys alone."""

    def __init__(self, page: Page, name: str, hertz: float, language: str) -> None:
        self.page, self.language = with_microphone(page, hertz), language
        page.add_init_script(WAYS)
        sign_in(page, name, "/desk/")
        page.context.add_cookies(
            [{"name": "language", "value": {"zh": "zh-hans"}.get(language, "en"), "url": page.url}]
        )
        page.reload()
        self.bar, self.panel = page.locator("#softphone"), page.locator("#phonepanel")

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def is_at(self, state: str) -> None:
        expect(self.bar).to_have_attribute("data-state", state, timeout=40_000)

    def opens(self, key: str, panel: str) -> None:
        self.key(key)
        expect(self.panel.locator(f"[data-panel-is={panel}]")).to_be_visible()

    def tabs_to(self, selector: str) -> None:
        """By Tab from where the focus is; it is seen there."""
        for _ in range(12):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.key("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def looks_right(self, name: str) -> None:
        if PICTURES:
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                self.page.screenshot(
                    path=str(Path(PICTURES) / f"phone-{name}.{self.language}.{scheme}.png"), caret="initial"
                )
        whole = name == "off"
        found = faults_in(self.page, self.language) if whole else faults_within(self.page, SOFT_PHONE, self.language)
        assert found == [], name


def test_j10_every_act_by_its_key(calling: CallingProduct, window: Window) -> None:
    desk = a_bilingual_desk()
    zhou = Agent(window(language="en"), "Zhou Lan", AGENT_HERTZ, "en")
    zhou.looks_right("off")
    goes_on_duty(zhou)
    song = Agent(window(language="zh"), "Song Zhixing", THIRD_HERTZ, "zh")
    with telephone(calling.line, CALLER_HERTZ, number="02164379999") as phone:
        phone.hears_something()
        phone.key("210")  # English, recorded, a person
        is_asked_and_answers(zhou, phone)
        holds_and_mutes(zhou, phone)
        keeps_a_secret_off_the_recording(zhou)
        notes_while_speaking(zhou)
        asks_a_colleague_and_comes_back(zhou, song, phone)
        loses_the_sound_and_finds_it(zhou)
        hands_the_call_to_another_queue(zhou)
        writes_it_down(zhou)
        takes_it_in_chinese(song, phone)  # it waited at the front of the other queue, and Song takes that one too
        hands_the_call_to_another_queue(song)
        writes_it_down(song)
        zhou.is_at("offered")
        declines(zhou)
    assert presence_of(desk.agent.id).state == "paused"


def goes_on_duty(agent: Agent) -> None:
    agent.opens("p", "presence")
    agent.looks_right("status")
    agent.key("Enter")
    agent.is_at("available")
    expect(agent.panel).to_be_hidden()
    agent.looks_right("idle")


def is_asked_and_answers(agent: Agent, phone: Telephone) -> None:
    agent.is_at("offered")
    agent.looks_right("ringing")
    agent.key("d")  # only goes there
    expect(agent.bar.locator("[data-phone-key=d]")).to_be_focused()
    agent.key("y")
    agent.is_at("on_call")
    hears(agent.page, CALLER_HERTZ)
    phone.hears_tone(AGENT_HERTZ)
    agent.looks_right("talking")


def holds_and_mutes(agent: Agent, phone: Telephone) -> None:
    hold, mute = agent.bar.locator("[data-phone-key=h]"), agent.bar.locator("[data-mute]")
    agent.key("h")
    expect(hold).to_have_attribute("aria-pressed", "true")
    agent.looks_right("hold")
    agent.key("h")
    expect(hold).to_have_attribute("aria-pressed", "false")
    phone.hears_tone(AGENT_HERTZ)
    agent.key("m")
    expect(mute).to_have_attribute("aria-pressed", "true")
    phone.eventually(lambda: not phone.hears(AGENT_HERTZ), "the agent is muted")
    agent.looks_right("muted")
    agent.key("m")
    phone.hears_tone(AGENT_HERTZ)


def keeps_a_secret_off_the_recording(agent: Agent) -> None:
    secret = agent.bar.locator("[data-phone-key=s]")
    agent.key("s")
    expect(secret).to_have_attribute("aria-pressed", "true")
    agent.looks_right("secret")
    agent.key("s")
    expect(secret).to_have_attribute("aria-pressed", "false")


def notes_while_speaking(agent: Agent) -> None:
    agent.opens("w", "notes")
    agent.page.keyboard.type("Asked about the limits")
    agent.looks_right("notes")
    agent.key("Escape")
    expect(agent.panel).to_be_hidden()


def asks_a_colleague_and_comes_back(agent: Agent, colleague: Agent, phone: Telephone) -> None:
    colleague.looks_right("off")
    goes_on_duty(colleague)
    agent.opens("t", "transfer")
    expect(agent.page.locator("#pp-colleague option", has_text="0387")).to_be_attached()
    agent.looks_right("transfer")
    agent.tabs_to("#phonepanel button[value=consult]")
    agent.key("Enter")
    colleague.is_at("offered")
    colleague.looks_right("asked-by-a-colleague")
    colleague.key("y")
    hears(colleague.page, AGENT_HERTZ)
    agent.looks_right("consult")
    agent.opens("t", "transfer")
    expect(agent.panel.locator("button[value=back_to_caller]")).to_be_visible()
    agent.looks_right("consult-choices")
    agent.tabs_to("#phonepanel button[value=back_to_caller]")
    agent.key("Enter")
    eventually(lambda: [one.place for one in live_calls()] == ["talking"], "back with the caller")
    phone.hears_tone(AGENT_HERTZ)


def loses_the_sound_and_finds_it(agent: Agent) -> None:
    agent.page.evaluate("way('disconnected')")
    expect(agent.bar.locator("[data-lost]")).to_be_visible()
    agent.looks_right("lost")
    agent.page.evaluate("way('')")
    expect(agent.bar.locator("[data-lost]")).to_be_hidden()
    hears(agent.page, CALLER_HERTZ)


def takes_it_in_chinese(agent: Agent, phone: Telephone) -> None:
    """The same states in the other language: no word is missing."""
    agent.is_at("offered")
    agent.looks_right("ringing")
    agent.key("y")
    agent.is_at("on_call")
    phone.hears_tone(THIRD_HERTZ)
    hears(agent.page, CALLER_HERTZ)
    agent.looks_right("talking")
    keeps_a_secret_off_the_recording(agent)
    notes_while_speaking(agent)
    agent.opens("t", "transfer")
    agent.looks_right("transfer")
    agent.key("Escape")
    expect(agent.panel).to_be_hidden()


def hands_the_call_to_another_queue(agent: Agent) -> None:
    agent.opens("t", "transfer")
    expect(agent.page.locator("#pp-topic")).to_be_visible()
    agent.tabs_to("#pp-topic")
    agent.tabs_to("#phonepanel button[value=transfer_topic]")
    agent.page.evaluate(COLLEAGUES_COME)
    expect(agent.panel.locator("button[value=transfer_topic]")).to_be_focused()
    agent.key("Enter")
    agent.is_at("wrap_up")
    expect(
        agent.panel.locator("#pp-notes")
    ).to_be_focused()  # the button that was pressed is gone; Tab leads on from here


def writes_it_down(agent: Agent) -> None:
    """The panel is open by itself, with what was noted while speaking; the day is typed as the field takes it."""
    notes = agent.panel.locator("[data-panel-is=notes]")
    expect(notes.locator("#pp-said")).to_have_value("Asked about the limits")
    agent.tabs_to("#pp-next")
    agent.page.keyboard.type("The other team answers")
    agent.tabs_to("#pp-due")
    agent.page.keyboard.type("05192031")  # as this Chromium writes days, whatever the page's language
    agent.key("ArrowRight")
    agent.page.keyboard.type("0600PM")
    agent.tabs_to("#pp-how")
    agent.key("ArrowDown")
    agent.tabs_to("#pp-told")
    agent.key("Space")
    expect(notes.locator("#pp-due")).to_have_value(re.compile("^2031-05-19T"))
    agent.looks_right("wrap-up")
    agent.key("Control+Enter")


def declines(agent: Agent) -> None:
    agent.key("d", "Enter")
    agent.is_at("paused")
    agent.looks_right("paused")
