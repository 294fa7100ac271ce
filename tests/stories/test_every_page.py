"""Every page of every door: nothing for axe to find, no blocked script, nothing wider than the phone; zh, en, light, dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.money import an_order
from tests.product import RunningProduct, running_product
from tests.stories.conftest import PHONE, Window
from tests.stories.little_town import LittleTown, a_little_town
from tests.stories.looking import NARROW, faults_in, tab_to, too_wide, with_axe
from tests.stories.pages_against_fraud import fraud_pages_for_anybody, fraud_pages_of_the_wallet, risk_pages
from tests.stories.pages_of_consent import agreed_pages, later_pages
from tests.stories.pages_of_the_way_back import papers_to_judge, way_back_pages
from tests.stories.people import PIN, a_colleague, sign_in
from tests.stories.signing_in_pages import Shown, new_device_pages, new_number, security_pages
from tests.stories.till_pages import till_pages
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import open_approvals
from walletdesk.money.payments.public import cancel_order
from walletdesk.service.agent_actions.public import ask_verification
from walletdesk.service.oversight.public import break_glass, propose_recovery
from walletdesk.trust.staff.public import plan_shift
from walletdesk.trust.verification.public import open_prompt_of_case

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@pytest.fixture(scope="module")
def town(shared_database: FreshDatabase) -> LittleTown:
    return a_little_town()


@pytest.fixture(scope="module")
def product(town: LittleTown, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    """The bank is silent, so that what is not known yet stays not known."""
    with running_product(shared_database) as running:
        running.bank_misbehaves(down=True)
        yield running


def visit(page: Page, shown: Shown) -> list[str]:
    if callable(shown.opens):
        shown.opens(page)
        return []
    answer = page.goto(shown.opens)
    assert answer is not None
    return [] if answer.status == shown.status else [f"answered {answer.status}"]


def look_at(page: Page, language: str, pages: list[Shown], *, phone: bool = False) -> list[str]:
    """All that is wrong with these pages, each named. On a phone nothing may stand out at the side: in English, whose words
    are long, on the narrowest, and in Chinese on a usual one.
    """
    code, width = LANGUAGES[language], NARROW if language == "en" else PHONE["width"]
    with_axe(page)
    page.context.add_cookies([{"name": "language", "value": code, "url": urljoin(page.url, "/")}])
    if phone:
        page.set_viewport_size({**PHONE, "width": width})
    found = []
    for shown in pages:
        faults = visit(page, shown) + faults_in(page, language)
        if page.get_attribute("html", "lang") not in ("zh-Hans" if language == "zh" else "en",):
            faults.append("is in another language")
        faults += too_wide(page, width) if phone else []
        found += [f"{shown.name} ({language}): {fault}" for fault in faults]
    return found


def a_wrong_pin(page: Page) -> None:
    page.locator("input[name=pin]").press_sequentially("907218")
    page.locator("#id_pin_error").wait_for()


def limits_pages() -> list[Shown]:
    limits = "/wallet/me/limits/"

    def as_a_table(page: Page) -> None:
        page.goto(limits)
        page.locator("details summary").click()
        page.locator("details table").wait_for()

    def of_nothing(page: Page) -> None:
        page.goto(f"{limits}out/day/")
        page.fill("input[name=amount]", "0")
        page.locator("main .btn-go").click()
        page.locator(".is-bad").first.wait_for()

    return [
        Shown("limits", limits),
        Shown("limits as a table", as_a_table),
        Shown("a limit of one's own", f"{limits}out/month/"),
        Shown("a limit of nothing", of_nothing),
    ]


def alert_pages() -> list[Shown]:
    def make_no_sense(page: Page) -> None:
        page.goto("/wallet/me/alerts/")
        page.fill("#id_threshold", "1,5")
        page.locator("main .btn-go").click()
        page.locator("#id_threshold_error").wait_for()

    return [Shown("alerts", "/wallet/me/alerts/"), Shown("alerts that make no sense", make_no_sense)]


def weak_pin(page: Page) -> None:
    page.goto("/wallet/me/pin/")
    for name in ("old_pin", "pin", "again"):
        page.fill(f"input[name={name}]", "123456")
    page.locator("main .btn-go").click()
    page.locator("[aria-invalid=true], [role=alert]").first.wait_for()


def top_up_nothing(page: Page) -> None:
    page.goto("/wallet/top-up/")
    page.fill("input[name=amount]", "0")
    page.locator("main .btn-go").click()
    page.locator(".is-bad").first.wait_for()


def wallet_pages(town: LittleTown) -> list[Shown]:
    asked, over = an_order(town.bakery, "21.00", "QH-0100"), an_order(town.bakery, "22.00", "QH-0101")
    cancel_order(over.id, town.bakery.id)
    prompt = open_prompt_of_case(town.talk.id) or ask_verification(town.desk.agent.id, town.talk.id)

    def pay_with_a_wrong_pin(page: Page) -> None:
        page.goto(f"/wallet/pay/{asked.id}/")
        a_wrong_pin(page)

    def scan_something_else(page: Page) -> None:
        page.goto("/wallet/scan/")
        page.fill("#code", "https://elsewhere.example")
        page.locator("#scan .btn-go").click()
        page.get_by_role("alert").wait_for()

    bills, cases = "/wallet/bills/", "/wallet/cases/"
    return [
        Shown("home", "/wallet/"),
        Shown("top-up", "/wallet/top-up/"),
        Shown("top-up of nothing", top_up_nothing),
        *(Shown(f"top-up {state}", f"/wallet/top-up/{one}/") for state, one in town.top_ups.items()),
        Shown("scan", "/wallet/scan/"),
        Shown("scan of something else", scan_something_else),
        Shown("pay", f"/wallet/pay/{asked.id}/"),
        Shown("pay with a wrong PIN", pay_with_a_wrong_pin),
        Shown("pay a cancelled order", f"/wallet/pay/{over.id}/", 409),
        Shown("receipt", f"{bills}{town.twice.id}/receipt/"),
        Shown("bills", bills),
        Shown("bills, nothing found", f"{bills}?text=nothing-of-the-kind&kind=refund"),
        Shown("bill of a double charge", f"{bills}{town.twice.id}/"),
        Shown("bill of a failure", f"{bills}{town.failed}/"),
        Shown("bill of a refund", f"{bills}{town.refund}/"),
        Shown("bill of a transfer", f"{bills}{town.sent}/"),
        Shown("transfer", "/wallet/transfer/"),
        Shown("transfer, confirm", f"/wallet/transfer/confirm/?to={town.wang.number}&amount=5&note=tea"),
        Shown("transfer to nobody", "/wallet/transfer/confirm/?to=nobody@nowhere.example&amount=5", 404),
        Shown("help", "/wallet/help/"),
        Shown("call us", "/wallet/call/"),
        Shown("cases", cases),
        Shown("case in hand", f"{cases}{town.proposed.reference}/"),
        Shown("case to confirm", f"{cases}{town.repaid.reference}/"),
        Shown("case closed", f"{cases}{town.closed.reference}/"),
        Shown("case with talk", f"{cases}{town.talk.reference}/"),
        Shown("is it you", f"/wallet/verify/{prompt.id}/"),
        Shown("messages", "/wallet/messages/"),
        *alert_pages(),
        Shown("me", "/wallet/me/"),
        Shown("PIN", "/wallet/me/pin/"),
        Shown("weak PIN", weak_pin),
        Shown("PIN forgotten", "/wallet/me/pin/?forgotten=1"),
        Shown("who looked", "/wallet/me/who-looked/"),
        Shown("freeze", "/wallet/me/freeze/"),
        Shown("freeze papers", "/wallet/me/freeze/papers/"),
        Shown("identity", "/wallet/me/identity/"),
        *limits_pages(),
        *agreed_pages(town),
        Shown("not there", f"{cases}WD-000000-0000/", 404),
    ]


def desk_pages(town: LittleTown) -> list[Shown]:
    cases = "/desk/cases/"

    def propose(page: Page) -> None:
        page.goto(f"{cases}{town.repaid.reference}/refund/{town.repaid.payment_ids[0]}/")
        page.get_by_role("dialog").wait_for()

    def hand_over(page: Page) -> None:
        propose(page)
        page.locator("[role=dialog] [name=reason]").fill("The shop agrees")
        page.locator("[role=dialog] .btn-go").click()
        page.locator("[role=dialog] input[name=step][value='2'], [role=dialog] [name=seen]").first.wait_for(
            state="attached"
        )

    def palette(page: Page) -> None:
        """What the page underneath offers stands first; a letter of it finds it."""
        page.goto(f"{cases}{town.waiting.reference}/")
        page.keyboard.press("Control+k")
        page.keyboard.type("接" if page.locator("html").get_attribute("lang").startswith("zh") else "take")
        page.locator("[aria-labelledby=find-here] [role=option][aria-selected=true]").wait_for()

    return [
        Shown("desk", "/desk/"),
        Shown("way back", f"{cases}{papers_to_judge(town.wang, town.desk.agent)}/way-back/"),
        Shown("desk, waiting", "/desk/?show=waiting"),
        Shown("palette over the desk", palette),
        Shown("palette", "/desk/palette/?q=WD"),
        Shown("keys", "/desk/keys/"),
        Shown("notices to staff", "/desk/notices/"),
        Shown("case waiting", f"{cases}{town.waiting.reference}/"),
        Shown("case in hand", f"{cases}{town.talk.reference}/"),
        Shown("messages sent to its customer", f"{cases}{town.talk.reference}/messages/"),
        Shown("case, why", f"{cases}{town.talk.reference}/?why=email"),
        Shown("case, hand on", f"{cases}{town.talk.reference}/?act=hand"),
        Shown("freeze", f"{cases}{town.talk.reference}/freeze/"),
        Shown("case proposed", f"{cases}{town.proposed.reference}/"),
        Shown("case closed", f"{cases}{town.closed.reference}/"),
        Shown("refund sheet", propose),
        Shown("refund sheet, two people", hand_over),
    ]


def checker_pages(town: LittleTown) -> list[Shown]:
    return [
        Shown("approvals", "/desk/approvals/"),
        Shown("proposal", f"/desk/approvals/{town.proposal.id}/"),
        Shown("papers", "/desk/papers/"),
        Shown("case of another", f"/desk/cases/{town.talk.reference}/"),
        Shown("not theirs", "/desk/books/", 403),
    ]


def public_pages() -> list[Shown]:
    def sign_up_badly(page: Page) -> None:
        page.goto("/sign-up/")
        page.fill("input[name=name]", "Lin")
        page.fill("input[name=address]", "lin@example.com")
        page.fill("input[name=password1]", "password1")
        page.locator("#meter [role=status]").wait_for()
        page.locator("main .btn-go").click()
        page.locator(".is-bad").first.wait_for()

    def sign_up_code(page: Page) -> None:
        page.goto("/sign-up/")
        page.fill("input[name=name]", "Lin")
        page.fill("input[name=address]", f"lin.{new_number()}@example.com")
        page.fill("input[name=password1]", "four otters paint slowly")
        page.locator("main .btn-go").click()
        page.wait_for_url("**/sign-up/code/")

    def wrong_code(page: Page) -> None:
        page.fill("#code", "000000")
        page.locator("main .btn-go").click()
        page.get_by_role("alert").wait_for()

    def wrong_password(page: Page) -> None:
        page.goto("/sign-in/")
        page.fill("input[name=login]", "somebody@story.example")
        page.fill("input[name=password]", "not this one")
        page.press("input[name=password]", "Enter")
        page.get_by_role("alert").wait_for()

    return [
        Shown("front", "/"),
        Shown("contact", "/contact/"),
        Shown("sign-up", "/sign-up/"),
        Shown("sign-up with a weak password", sign_up_badly),
        Shown("sign-up, code", sign_up_code),
        Shown("sign-up, wrong code", wrong_code),
        Shown("sign-in", "/sign-in/"),
        Shown("wrong password", wrong_password),
        *(Shown(name, step) for name, step in way_back_pages()),
        Shown("a link to stop that is over", "/stop/used-up/", 404),
        Shown("not found", "/nothing-here/", 404),
    ]


both = pytest.mark.parametrize("language", ["zh", "en"])


def nothing_wrong(found: list[str]) -> None:
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@both
def test_the_wallet(town: LittleTown, window: Window, language: str) -> None:
    page = sign_in(window(phone=True, language=language), "Lin Xiaoyu", "/wallet/")
    found = look_at(page, language, wallet_pages(town) + fraud_pages_of_the_wallet(town), phone=True)
    other = sign_in(window(phone=True, language=language), "Wang Fang", "/wallet/")
    nothing_wrong(found + look_at(other, language, later_pages(town), phone=True))


@both
def test_signing_in_and_devices(town: LittleTown, window: Window, language: str) -> None:
    page = sign_in(window(phone=True, language=language), "Lin Xiaoyu", "/wallet/")
    found = look_at(page, language, security_pages(), phone=True)
    old = sign_in(window(phone=True, language=language), "Wang Fang", "/wallet/")
    new = window(phone=True, language=language)
    new.goto("/")
    found += look_at(new, language, new_device_pages(), phone=True)
    asked = open_approvals(town.wang.user_id)[-1]
    nothing_wrong(found + look_at(old, language, [Shown("is it you", f"/security/approve/{asked.id}/")], phone=True))


@both
def test_the_till(town: LittleTown, window: Window, language: str) -> None:
    page = sign_in(window(phone=True, language=language), "qinghe", "/till/")
    nothing_wrong(look_at(page, language, till_pages(town), phone=True))
    no_shop = sign_in(window(phone=True, language=language), "No Shop Yet", "/")
    nothing_wrong(look_at(no_shop, language, [Shown("open a shop", "/till/sign-up/")], phone=True))


@both
def test_the_desk(town: LittleTown, window: Window, language: str) -> None:
    agent = sign_in(window(language=language), "Zhou Lan", "/desk/")
    nothing_wrong(look_at(agent, language, desk_pages(town)))


@both
def test_the_second_person_and_the_books(town: LittleTown, window: Window, language: str) -> None:
    checker = sign_in(window(language=language), "Song Zhixing", "/desk/")
    found = look_at(checker, language, checker_pages(town))
    keeper = sign_in(window(language=language), "Luo Min", "/desk/")
    nothing_wrong(found + look_at(keeper, language, [Shown("books", "/desk/books/")]))


@pytest.fixture(scope="module")
def house(town: LittleTown) -> str:
    """Who runs the house, and something for them to look at; the emergency opening's address."""
    admin = a_colleague("0601", "江帆", "Jiang Fan", "systems", "administrator")
    chief = a_colleague("0201", "唐宁", "Tang Ning", "floor", "supervisor")
    a_colleague("0305", "袁帆", "Yuan Fan", "security", "risk_officer")
    propose_recovery(admin.id, town.desk.books.id, "Left the phone on the train", "In person")
    start = now().replace(minute=0, second=0, microsecond=0)
    plan_shift(town.desk.agent.id, start, start + timedelta(hours=8), by="system")
    return f"/desk/emergency/{break_glass(chief.id, town.lin.number, 'The police is on the line')}/"


@both
def test_who_runs_the_house(town: LittleTown, house: str, window: Window, language: str) -> None:
    admin = sign_in(window(language=language), "Jiang Fan", "/desk/staff/")
    staff = [Shown("staff", "/desk/staff/"), Shown("one", "/desk/staff/0012/"), Shown("roles", "/desk/staff/roles/")]
    found = look_at(admin, language, [*staff, Shown("two administrators", "/desk/approvals/")])
    officer = sign_in(window(language=language), "Yuan Fan", "/desk/")
    found += look_at(officer, language, risk_pages())
    chief = sign_in(window(language=language), "Tang Ning", "/wall/")
    watched = [
        Shown("shifts", "/desk/staff/shifts/"),
        Shown("alarms", "/desk/oversight/"),
        Shown("pairs", "/desk/oversight/pairs/"),
        Shown("openings", "/desk/oversight/openings/"),
        Shown("third looks", "/desk/oversight/third/"),
        Shown("emergency", "/desk/emergency/"),
        Shown("opened", house),
    ]
    nothing_wrong(found + look_at(chief, language, watched))


@both
def test_the_public_pages(product: RunningProduct, window: Window, language: str) -> None:
    page = window(phone=True, language=language)
    page.goto("/")
    nothing_wrong(look_at(page, language, public_pages() + fraud_pages_for_anybody(), phone=True))


# Who pays, cashes or answers without a mouse: Tab comes to the thing to do, and it is seen where the focus is.
@pytest.mark.parametrize(
    ("who", "door", "path", "primary"),
    [
        ("Lin Xiaoyu", "/wallet/", "/wallet/top-up/", "main .btn-go"),
        ("Lin Xiaoyu", "/wallet/", "/wallet/", ".tabs .centre a"),
        ("qinghe", "/till/", "/till/", ".neworder .btn-go"),
        ("Song Zhixing", "/desk/", "/desk/approvals/", "main .btn-go"),
    ],
)
def test_by_keyboard(town: LittleTown, window: Window, who: str, door: str, path: str, primary: str) -> None:
    page = sign_in(window(language="en"), who, door)
    page.goto(path)
    assert not tab_to(page, primary)


def test_paying_by_keyboard(town: LittleTown, window: Window) -> None:
    """The PIN has the focus when the sheet opens; six digits are enough."""
    page = sign_in(window(language="en"), "Lin Xiaoyu", "/wallet/")
    page.goto(f"/wallet/pay/{an_order(town.bakery, '24.00', 'QH-0103').id}/")
    expect(page.locator("input[name=pin]")).to_be_focused()
    page.keyboard.type(PIN)
    expect(page.get_by_role("status").get_by_text("PAID")).to_be_visible()
