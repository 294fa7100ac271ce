"""Who stands at either end of a call to the hotline, and what each does: the agent's window, the customer, the recording."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.factories.hours import open_at_all_hours
from tests.factories.trust import an_employee
from tests.stories.calling import AGENT_HERTZ, CALLER_HERTZ, channels, eventually, has_tone, with_microphone
from tests.stories.people import PASSWORD, PIN, Desk, a_desk, email_of, sign_in, with_money
from tests.stories.telephones import Telephone
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.public import sign_up_user
from walletdesk.money.wallets.public import open_wallet
from walletdesk.service.hotline.public import CallView, hear_recording, live_calls, recordings_of_call, set_skills
from walletdesk.trust.customers.public import CustomerView, register_customer, set_pin

MOBILE = "13800002046"


def lin_with_a_number_on_file() -> CustomerView:
    with at(now() - timedelta(days=30)):
        user = sign_up_user(email_of("Lin Xiaoyu"), PASSWORD, "en")
        lin = register_customer(user.id, "Lin Xiaoyu", MOBILE)
        open_wallet(lin.id)
        set_pin(lin.id, PIN)
    return with_money(lin, "1280.50")


def a_bilingual_desk() -> Desk:
    open_at_all_hours()
    desk = a_desk()
    chief = an_employee("supervisor", "wall")
    for person in (desk.agent, desk.checker):
        set_skills(chief.id, person.id, (), ("zh-hans", "en"))
    return desk


def proves_who_calls(phone: Telephone, app: Page) -> str:
    """The number, then the six digits that the app shows now; these digits."""
    app.goto("/wallet/call/")
    digits = re.sub(r"\D", "", app.locator("#code .digits").inner_text())
    assert len(digits) == 6
    phone.key(f"{MOBILE}#")
    phone.key(f"{digits}#")
    return digits


def at_the_telephone(page: Page, name: str, hertz: float) -> Page:
    """Signed in at the desk, soft-phone ready, available: or asked already, when somebody waited for it."""
    sign_in(with_microphone(page, hertz), name, "/desk/")
    page.locator("#softphone [data-panel=presence]").click()
    page.locator("#phonepanel button[value=available]").click()
    expect(page.locator("#softphone")).to_have_attribute("data-state", re.compile("available|offered"))
    return page


def through_the_menu(app: Page, keys: str) -> None:
    """The call from her page, known before hello: who presses nothing agrees to be recorded; then these keys of the menu.

    A key for the question would be the menu's own wherever a slow machine is past the question by then.
    """

    def hers() -> list[CallView]:
        return [call for call in live_calls() if call.kind == "browser"]

    eventually(lambda: [call.place for call in hers()] == ["choosing"], "the menu")
    assert hers()[0].verified, "a call from the signed-in page is known before hello"
    for key in keys:
        app.locator(f"[data-key='{key}']").click()


def answers(agent: Page) -> None:
    """It rings; the agent says yes by key."""
    expect(agent.locator("#softphone[data-ringing]")).to_be_visible(timeout=40_000)
    agent.keyboard.press("y")
    expect(agent.locator("#softphone[data-call]")).to_be_visible()


def writes_down(agent: Page, words: str, next_steps: str, after: str = "available") -> None:
    """The wrap-up: what was said, what comes next and by when."""
    expect(agent.locator("#softphone")).to_have_attribute("data-state", "wrap_up")
    agent.fill("#pp-said", words)
    agent.fill("#pp-next", next_steps)
    agent.fill("#pp-due", f"{now() + timedelta(days=2):%Y-%m-%dT%H:%M}")
    agent.select_option("#pp-how", "in_hand")
    agent.locator("#phonepanel [data-panel-is=notes] .btn-go").click()
    if after:
        expect(agent.locator("#softphone")).to_have_attribute("data-state", after)


def both_were_recorded(desk: Desk, call: CallView, left: float = CALLER_HERTZ, right: float = AGENT_HERTZ) -> None:
    """The recording holds the caller on the left and the agent on the right, and nothing else was lost."""
    eventually(lambda: [row.state for row in recordings_of_call(call.id)] == ["sealed"], "the recording")
    (row,) = recordings_of_call(call.id)
    left_side, right_side = channels(b"".join(hear_recording(desk.agent.id, row.id, "to check the sound").pieces))
    assert has_tone(left_side, left)
    assert has_tone(right_side, right)
    assert not has_tone(left_side, right)
    assert not has_tone(right_side, left)
