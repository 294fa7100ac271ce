"""X01: whatever people type, stored by the product's own verbs and read on every page in a real Chromium, runs nowhere.

The content security policy is switched off in these browsers: what holds here is the escaping alone.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core import mail as outbox_of_django
from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import Browser, Page, sync_playwright

from tests.attacks.xss_payloads import RUN, THE_SUM, payloads, short_payloads
from tests.chromium import CHROMIUM, FLAGS
from tests.factories.authenticator import APPS, an_app
from tests.factories.foundation import a_png, a_user
from tests.factories.money import a_key, a_payer, a_shop, an_order, pay, proof_of, to_pay, yuan
from tests.factories.service import ChargedTwice, charged_twice, in_hand
from tests.factories.trust import an_employee
from tests.product import RunningProduct
from tests.stories.conftest import product  # noqa: F401
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.merchants.public import add_cashier, members_of
from walletdesk.money.payments.public import transfer
from walletdesk.service.agent_actions.public import propose_refund, unmask
from walletdesk.service.cases.public import the_agent, the_customer, the_merchant
from walletdesk.service.conversations.public import say
from walletdesk.service.notifications.public import send_due_mails
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.staff.public import EmployeeView

pytestmark = [pytest.mark.serial, pytest.mark.browser]
A_CASE = 80  # messages
WATCH = "Object.defineProperty(window, '__xss', {set() { console.log('RAN') }, get() { console.log('RAN') }});"
LOOK = """() => {
  const all = [...document.querySelectorAll('*')];
  const leads = (e) => ['href', 'src', 'action', 'formaction', 'xlink:href', 'data'].map((n) => e.getAttribute(n) || '');
  return {
    drawn: document.querySelectorAll('[data-xss], xss').length,
    handlers: all.filter((e) => [...e.attributes].some((a) => /^(on|hx-on)/.test(a.name))).map((e) => e.outerHTML),
    addresses: all.flatMap(leads).filter((to) => /^[\\s\\0-\\x20]*(javascript|vbscript|data:text)/i.test(to)),
    frames: document.querySelectorAll('iframe, object, embed, base, meta[http-equiv], math').length,
    text: document.documentElement.innerText + document.title,
  };
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed with this module: one thread drives one Playwright at a time, and the stories have their own."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"not run: no Chromium at {CHROMIUM}")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A browser's window in which nothing may run; ``ran`` says what did."""

    page: Page
    ran: list[str] = field(default_factory=list)
    opened: int = 0

    def look(self, place: str) -> str:
        """The text of the page, after making sure that all of it is text."""
        answer = self.page.goto(place, wait_until="load")
        assert answer is not None and answer.status == 200, (place, answer and answer.status)
        return self.judge(place)

    def judge(self, place: str) -> str:
        seen = self.page.evaluate(LOOK)
        assert not self.ran, f"{place}: {self.ran}"
        assert (seen["drawn"], seen["handlers"], seen["addresses"], seen["frames"]) == (0, [], [], 0), place
        assert THE_SUM not in seen["text"], f"{place}: a template worked out a sum"
        self.opened += 1
        return seen["text"]


@contextlib.contextmanager
def watched(chromium: Browser, base: str) -> Iterator[Watched]:
    context = chromium.new_context(base_url=base, locale="en-GB", bypass_csp=True)
    context.add_init_script(WATCH)
    window = Watched(context.new_page())
    window.page.on("dialog", lambda dialog: (window.ran.append(dialog.message), dialog.dismiss()))
    window.page.on("console", lambda said: window.ran.append(said.text) if said.text == "RAN" else None)
    try:
        yield window
    finally:
        context.close()


@dataclass
class Typed:
    """A small town in which every name, note and word is an attack."""

    story: ChargedTwice
    agent: EmployeeView
    checker: EmployeeView
    owner: str
    cases: list[str]
    proposal: str
    order: str
    told: int


def a_town() -> Typed:
    names, notes = short_payloads(60, 14), short_payloads(140, 16)
    owner = a_user("owner@story.example")
    lin = a_payer(3000, name=names[0], email="lin@story.example")
    shop = a_shop(names[1], names[2], user_id=owner.id)
    add_cashier(shop.id, members_of(shop.id)[0].id, a_user().id, names[3])
    users = {who: a_user(f"{who}@story.example").id for who in ("agent", "checker")}
    for who, user_id in users.items():
        an_app(user_id, f"{who}@story.example")
    agent = an_employee("agent", "care", user_id=users["agent"], name_zh=names[4], name_en=names[5])
    checker = an_employee("senior_agent", "checks", user_id=users["checker"], name_en=names[6])
    story = charged_twice(lin, shop)
    for note in notes:
        pay(to_pay(lin, an_order(shop, 1, note=note)))
    for name, note in zip(names[7:], notes, strict=False):
        pay(to_pay(lin, an_order(a_shop(name, name), 1)))
        friend = a_payer(5, name=name)
        transfer(a_key(), friend.id, lin.id, yuan(1), note, proof_of(friend.id))
        transfer(a_key(), lin.id, friend.id, yuan(1), note, proof_of(lin.id))
    in_hand(story, agent)
    stories = [story, *(charged_twice(lin, shop) for _ in range(len(payloads()) // A_CASE))]
    for one in stories[1:]:
        in_hand(one, agent, verified=False)
    told = all_is_said(stories, agent)
    unmask(agent.id, story.case.id, "email", short_payloads(200)[20])
    propose_refund(agent.id, story.case.id, story.second.id, 3800, short_payloads(150)[40])
    deliver_all()
    proposal = open_proposal_for("refund", str(story.second.id))
    assert proposal is not None
    references = [one.case.reference for one in stories]
    waiting = an_order(shop, 2, note=notes[3])
    return Typed(story, agent, checker, owner.email, references, str(proposal.id), str(waiting.id), told)


def all_is_said(stories: list[ChargedTwice], agent: EmployeeView) -> int:
    """Every payload once, in turn by the customer, the agent, as a note, and by the shop; some as names of files."""
    voice = the_agent(agent.id, agent.employee_number, agent.name_zh, agent.name_en)
    for place, payload in enumerate(payloads()):
        story = stories[place // A_CASE]
        files = [(f"{payload}.png", a_png())] if place % 16 == 0 else []
        match place % 4:
            case 0 | 1:
                say(story.case.id, the_customer(story.lin.id), payload, files)
            case 2:
                say(story.case.id, voice, payload, files, staff_only=place % 8 == 2)
            case 3:
                say(story.case.id, the_merchant(story.bakery.id), payload, files)
    return len(payloads())


def sign_in(window: Watched, email: str) -> Watched:
    window.page.goto("/sign-in/")
    window.page.fill("input[name=login]", email)
    window.page.fill("input[name=password]", "correct horse battery")
    window.page.press("input[name=password]", "Enter")
    if app := APPS.get(email):
        window.page.fill("#code", app.digits())
        window.page.press("#code", "Enter")
    window.page.wait_for_url(lambda url: "sign-in/" not in url.split("?")[0].replace("after-sign-in/", "x"))
    return window


def typed_in_addresses(window: Watched) -> None:
    """Search boxes and forms that show again what the address says."""
    for payload in short_payloads(60, 3):
        for place, names in (("/wallet/bills/", ["text"]), ("/wallet/transfer/", ["to", "amount", "note"])):
            window.look(f"{place}?{urlencode(dict.fromkeys(names, payload))}")
    for payload in ("javascript:window.__xss=1", '"><script>window.__xss=1</script>'):
        window.look(f"/wallet/top-up/?{urlencode({'amount': payload, 'next': payload})}")
        window.look(f"/wallet/me/pin/?{urlencode({'next': payload})}")


def test_x01_nothing_that_was_typed_runs_anywhere(product: RunningProduct, chromium: Browser) -> None:  # noqa: F811
    town = a_town()
    assert town.told >= 300
    opened = 0
    with watched(chromium, product.url) as phone:
        sign_in(phone, "lin@story.example")
        read = "".join(phone.look(f"/wallet/cases/{case}/") for case in town.cases)
        for page in ("", "bills/", "cases/", "messages/", "me/", "me/who-looked/", "help/", "transfer/"):
            phone.look(f"/wallet/{page}")
        bills = phone.page.goto("/wallet/bills/") and phone.page.locator("a[href^='/wallet/bills/0']")
        for place in [one.get_attribute("href") or "" for one in bills.all()[:8]]:
            phone.look(place)
        phone.look(f"/wallet/pay/{town.order}/")
        typed_in_addresses(phone)
        opened += phone.opened
    said_to_customer = [one for place, one in enumerate(payloads()) if place % 4 < 2 and one.isprintable()]
    missing = [one for one in said_to_customer if " ".join(one.split()) not in " ".join(read.split())]
    assert not missing, f"a message is text, so it is read as it was written: {missing[:5]}"
    with watched(chromium, product.url) as till:
        sign_in(till, town.owner)
        for page in ("", "takings/", "cases/", "shop/", f"orders/{town.order}/", *(f"cases/{c}/" for c in town.cases)):
            till.look(f"/till/{page}")
        opened += till.opened
    with watched(chromium, product.url) as desk:
        sign_in(desk, "agent@story.example")
        for page in ("", "?show=mine", "?show=all", "palette/?q=WD-", *(f"cases/{c}/" for c in town.cases)):
            desk.look(f"/desk/{page}")
        opened += desk.opened
    with watched(chromium, product.url) as checker:
        sign_in(checker, "checker@story.example")
        for page in ("approvals/", f"approvals/{town.proposal}/", "palette/?q=%3Csvg+onload%3Dwindow.__xss%3D1%3E"):
            checker.look(f"/desk/{page}")
        opened += checker.opened
    print(f"\n{town.told} payloads, {opened} pages")


def test_x01_the_watch_sees_what_runs(chromium: Browser) -> None:
    """Without this, silence would prove nothing."""
    with watched(chromium, "http://localhost") as window:
        window.page.set_content(f"<img src=x onerror={RUN} data-xss>", wait_until="load")
        window.page.wait_for_function("() => document.images[0].complete")
        window.page.evaluate("() => new Promise((done) => setTimeout(done))")
        with pytest.raises(AssertionError, match="RAN"):
            window.judge("the watch itself")


@pytest.mark.django_db
def test_x01_the_mail_runs_nothing_either(chromium: Browser) -> None:
    for name in short_payloads(60, 25):
        a_payer(0, name=name)
    deliver_all()
    send_due_mails(100)
    mails = [one for one in outbox_of_django.outbox if isinstance(one, EmailMultiAlternatives)]
    assert len(mails) >= 25
    with watched(chromium, "http://localhost") as window:
        for mail in mails:
            window.page.set_content(str(mail.alternatives[0][0]), wait_until="load")
            window.judge(mail.subject)
