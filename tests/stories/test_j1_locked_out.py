"""J1, locked out: five wrong passwords, a lock that says why, and the way back by page, by the desk with papers, by telephone.

It ends when the account is active, everybody else is signed out, and the case is closed with the time it took.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.way_back import a_photo, only_mail
from tests.product import RunningProduct
from tests.stories.answering import a_bilingual_desk
from tests.stories.calling import CallingProduct, answering_product, eventually
from tests.stories.conftest import Window
from tests.stories.people import PASSWORD, Desk, a_customer, email_of, sign_in
from tests.stories.telephones import telephone
from tests.stories.texts import PATIENCE, Texts, texts
from walletdesk.foundation.identity.public import change_address, users_by_address
from walletdesk.service.cases.public import CaseView, cases_of_customer, timeline
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import restrictions_of
from walletdesk.trust.verification.public import level_of

NEW = "seven quiet herons wait"
NUMBERS = {"zh": "+8613900002001", "en": "+8613900002002", "line": "+8613900002004"}
AT_DESK = {"zh": "+8613900002003", "en": "+8613900002005"}
SAYS = {
    "zh": {
        "locked": "登录已锁，钱是安全的",
        "why": "密码连续输错 5 次",
        "way": "用两样凭证找回",
        "back": "您回来了",
        "held": "只进不出",
    },
    "en": {
        "locked": "Sign-in is locked. Your money is safe",
        "why": "The password was wrong 5 times in a row",
        "way": "Get back in with two proofs",
        "back": "You are back",
        "held": "money comes in, but nothing goes out",
    },
}
DESK_SAYS = {
    "zh": {
        "waits": "正在核对",
        "take": "接下这件",
        "way": "找回账户",
        "early": "还不能开始重设",
        "match": "对得上，可以",
        "gone": "核对完就不再显示",
        "start": "开始重设",
        "sent": "只有客户看得到",
        "back": "回到案件",
        "restored": "账户已恢复，用时",
    },
    "en": {
        "waits": "Being looked at",
        "take": "Take this case",
        "way": "The way back",
        "early": "The reset cannot be started yet",
        "match": "They match: accept",
        "gone": "no longer shown once judged",
        "start": "Start the reset",
        "sent": "only the customer sees it",
        "back": "Back to the case",
        "restored": "The account is restored after",
    },
}


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texts]:
    with texts(tmp_path_factory.mktemp("post")) as running:
        yield running


@pytest.fixture(scope="module")
def calling(shared_database: FreshDatabase, post: Texts) -> Iterator[CallingProduct]:
    outside = {"WALLETDESK_SMTP": post.smtp, "WALLETDESK_SMS_URL": post.url}
    with answering_product(shared_database, outside) as running:
        yield running


@pytest.fixture(scope="module")
def product(calling: CallingProduct) -> RunningProduct:
    return calling.product


@pytest.fixture(scope="module")
def desk(shared_database: FreshDatabase) -> Desk:
    return a_bilingual_desk()


def somebody(name: str, number: str, language: str = "en") -> CustomerView:
    """With a mail address and a telephone, both verified."""
    lin = a_customer(name, "zh-hans" if language == "zh" else "en")
    change_address(lin.user_id, number)
    return lin


def five_wrong_passwords(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    for number in range(5):
        page.fill("input[name=login]", email_of(name))
        page.fill("input[name=password]", f"guess number {number}")
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()


def says_who(page: Page, name: str) -> None:
    page.goto("/recover/")
    page.fill("input[name=name]", email_of(name))
    page.press("input[name=name]", "Enter")
    page.wait_for_url("**/recover/prove/**")


def proves(page: Page, way: str, post: Texts, receiver: str) -> None:
    """Asks for a code, reads it where it came, types it."""
    page.locator(f"#{way} button[name=act]").click()
    page.locator(f"#typed-{way}").fill(post.code_for(receiver))
    page.locator(f"#{way} .btn-go").click()
    page.wait_for_load_state()


def chooses_a_password(page: Page) -> None:
    page.wait_for_url("**/recover/password/**")
    page.fill("input[name=password]", NEW)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/recover/done/**")


def reset_code_for(receiver: str, post: Texts) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for item in post.office.received(receiver):
            if found := re.search(r"\b[2-9A-Z]{16}\b", item["words"]):
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no reset code came: {post.office.received(receiver)}")


def at_the_desk(window: Window, name: str, language: str) -> Page:
    """In this language, whatever the colleague's own is."""
    page = window(language=language)
    page.goto(f"/language/?to={'zh-hans' if language == 'zh' else 'en'}")
    return sign_in(page, name, "/desk/")


def is_closed_with_its_time(lin: CustomerView) -> CaseView:
    eventually(lambda: [one.state for one in cases_of_customer(lin.id)] == ["closed"], "the end of the case")
    (case,) = cases_of_customer(lin.id)
    assert case.summary is not None
    assert case.summary["closed_by"] == "restored"
    assert "The account is restored after" in timeline(case.id)[-1].words["en"]
    return case


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j1_by_page(product: RunningProduct, window: Window, post: Texts, language: str) -> None:
    name, say = f"Lin {language}", SAYS[language]
    lin = somebody(name, NUMBERS[language], language)
    elsewhere = sign_in(window(phone=True, language=language), name, "/wallet/")
    page = window(phone=True, language=language)
    five_wrong_passwords(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(say["locked"])
    expect(page.get_by_text(say["why"])).to_be_visible()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.get_by_role("link", name=say["way"]).click()
    says_who(page, name)
    proves(page, "email_code", post, email_of(name))
    proves(page, "sms_code", post, NUMBERS[language])
    chooses_a_password(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(say["back"])
    expect(page.get_by_text(say["held"]).first).to_be_visible()
    expect(page.locator("a[href^='/security/totp/']").first).to_be_visible()
    assert [one.kind for one in restrictions_of(lin.id)] == ["weak_recovery"]
    elsewhere.wait_for_url("**/sign-in/**")  # by itself: that device is no longer known
    page.goto("/wallet/")
    expect(page.locator(".tabs")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_j1_by_the_desk_with_papers(
    product: RunningProduct, window: Window, post: Texts, desk: Desk, tmp_path: Path, language: str
) -> None:
    """Only a mail address is left: one code, photos of papers, a second agent, and a reset that no agent can read."""
    name, say = f"Lin Deskside {language}", DESK_SAYS[language]
    lin = only_mail(somebody(name, AT_DESK[language], language))
    page = window(phone=True, language=language)
    says_who(page, name)
    proves(page, "email_code", post, email_of(name))
    page.goto("/recover/papers/")
    for side in ("front", "face"):
        (tmp_path / f"{side}.jpg").write_bytes(a_photo())
        page.set_input_files(f"#photo-{side}", tmp_path / f"{side}.jpg")
    page.locator("main .btn-go").click()
    expect(page.get_by_text(say["waits"])).to_be_visible()
    (case,) = cases_of_customer(lin.id)
    agent = at_the_desk(window, "Zhou Lan", language)
    agent.goto(f"/desk/cases/{case.reference}/")
    agent.get_by_role("button", name=say["take"]).click()
    agent.get_by_role("link", name=say["way"]).first.click()
    expect(agent.get_by_text(say["early"])).to_be_visible()
    second = at_the_desk(window, "Song Zhixing", language)
    second.goto("/desk/papers/")
    expect(second.locator(".photos img").first).to_be_visible()
    second.get_by_role("button", name=say["match"]).click()
    expect(second.get_by_text(say["gone"])).to_be_visible()
    agent.get_by_role("button", name=say["start"]).click()  # the sheet turned by itself
    expect(agent.get_by_role("dialog").get_by_text(say["sent"])).to_be_visible()
    code = reset_code_for(email_of(name), post)
    assert code not in agent.content()
    another_day = window(phone=True, language=language)
    says_who(another_day, name)
    another_day.fill("#typed-reset", code)
    another_day.locator("#reset .btn-go").click()
    chooses_a_password(another_day)
    is_closed_with_its_time(lin)
    expect(agent.get_by_role("dialog").get_by_text("case_not_in_hand")).to_be_visible()
    agent.get_by_role("dialog").get_by_role("link", name=re.compile(say["back"])).click()
    expect(agent.locator("#flow").get_by_text(re.compile(say["restored"]))).to_be_visible()


def test_j1_by_telephone(calling: CallingProduct, window: Window, post: Texts, desk: Desk) -> None:
    """From a neighbour's telephone, without the app: two codes by keypad, a person, a reset, a new password."""
    lin = somebody("Lin Caller", NUMBERS["line"])
    five_wrong_passwords(window(phone=True), "Lin Caller")
    with telephone(calling.line, number="02164379998") as phone:
        phone.hears_something()
        phone.key("2")  # English
        phone.key("2")  # not recorded
        phone.key("3")  # locked out
        phone.key(f"{NUMBERS['line'][3:]}#")
        phone.key(post.code_for(NUMBERS["line"]))
        phone.key(post.code_for(email_of("Lin Caller")))
        eventually(lambda: [one.kind for one in cases_of_customer(lin.id)] == ["locked_out"], "the case")
        (case,) = cases_of_customer(lin.id)
        eventually(lambda: (level := level_of(case.id)) is not None and level.level >= 2, "both proofs")
        agent = sign_in(window(), "Zhou Lan", "/desk/")
        agent.goto(f"/desk/cases/{case.reference}/")
        agent.get_by_role("button", name="Take this case").click()
        agent.get_by_role("link", name="The way back").first.click()
        agent.get_by_label(re.compile("E-mail")).check()
        agent.get_by_role("button", name="Start the reset").click()
        code = reset_code_for(email_of("Lin Caller"), post)
    page = window(phone=True)
    says_who(page, "Lin Caller")
    page.fill("#typed-reset", code)
    page.locator("#reset .btn-go").click()
    chooses_a_password(page)
    is_closed_with_its_time(lin)
    assert len(users_by_address(email_of("Lin Caller"))) == 1
    assert PASSWORD != NEW
