"""Pages that turn by themselves: the till's by a live line and, where that is blocked, by asking; the desk's queue and way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.money import an_order
from tests.factories.way_back import a_case_of, begun, photos, proves
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.people import Desk, a_bakery, a_customer, a_desk, sign_in, types_pin, with_money
from walletdesk.foundation.identity.public import change_address
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import payments_of_merchant
from walletdesk.trust.verification.public import hand_in_to_unlock, lock_account


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    with_money(a_customer(), "200")
    return a_bakery()


@pytest.fixture(scope="module")
def staff(shared_database: FreshDatabase) -> Desk:
    return a_desk()


@pytest.fixture(scope="module")
def product(bakery: MerchantView, staff: Desk, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        yield running


def watched(page: Page, answers: list[str]) -> Page:
    """Remembers which answers of the server turned the page."""
    page.on(
        "response",
        lambda answer: answers.append(f"{answer.request.resource_type} {answer.status} {answer.url.split('?')[0]}"),
    )
    return page


@pytest.mark.parametrize("line", ["live", "blocked"])
def test_the_till_turns_to_paid(bakery: MerchantView, window: Window, line: str) -> None:
    ordinal = len(payments_of_merchant(bakery.id)) + 1
    answers: list[str] = []
    till = window()
    if line == "blocked":  # from the first page on: an answer to an earlier page could come in late
        till.route("**/live/**", lambda route: route.abort())
    sign_in(till, "qinghe", "/till/")
    order = an_order(bakery, "38.00", f"QH-{line}")
    watched(till, answers).goto(f"/till/orders/{order.id}/")
    expect(till.get_by_text("Not paid yet")).to_be_visible()
    expect(till.locator("body")).to_have_attribute("data-line", {"live": "up", "blocked": "down"}[line])

    phone = sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/")
    phone.goto(f"/wallet/pay/{order.id}/")
    types_pin(phone)
    expect(till.get_by_role("heading", name="Paid", exact=True)).to_be_visible()
    expect(till).to_have_title("Paid ¥38.00 · Walletdesk")
    expect(till.locator("#today .day .v").nth(1)).to_have_text(str(ordinal))
    loads = [one for one in answers if one.startswith("document ") and one.endswith(f"/till/orders/{order.id}/")]
    assert len(loads) == 1, "the page was loaded anew"
    assert any("/live/events" in one for one in answers) == (line == "live")


def test_the_queue_grows_by_itself(bakery: MerchantView, window: Window) -> None:
    """What a customer reports appears at the desk, and what another agent takes is seen to be taken."""
    desk = sign_in(window(), "Zhou Lan", "/desk/")
    desk.goto("/desk/?show=waiting")
    expect(desk.locator("body")).to_have_attribute("data-line", "up")
    waiting = desk.locator("a[href*='/desk/cases/WD']")
    expect(waiting).to_have_count(0)

    phone = sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/")
    phone.goto("/wallet/help/")
    phone.locator("main textarea[name=text]").fill("My card does not arrive")
    phone.get_by_role("button", name="Send to the desk").click()
    expect(waiting).to_have_count(1)

    other = sign_in(window(), "Song Zhixing", "/desk/")
    other.goto("/desk/?show=waiting")
    other.locator("a[href*='/desk/cases/WD']").first.click()
    other.get_by_role("button", name="Take").first.click()
    expect(waiting).to_have_count(0)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("0387")


def test_the_way_back_turns_while_the_customer_proves(staff: Desk, window: Window) -> None:
    """Papers, a second proof and a lock appear before the agent's eyes; what the agent has begun to choose stays."""
    lin = a_customer("Lin Locked")
    change_address(lin.user_id, "+8613900003001")
    way = proves(begun(lin), "email")
    case = a_case_of(way, staff.agent)
    answers: list[str] = []
    agent = watched(sign_in(window(), "Zhou Lan", "/desk/"), answers)
    agent.goto(f"/desk/cases/{case.reference}/way-back/")
    sheet = agent.get_by_role("dialog")
    expect(agent.locator("body")).to_have_attribute("data-line", "up")
    expect(sheet.get_by_text("proven", exact=True)).to_have_count(1)
    expect(sheet.get_by_text("The reset cannot be started yet")).to_be_visible()

    hand_in_to_unlock(way.id, "passport", photos("front", "face"))
    expect(sheet.get_by_text("Waits for a colleague")).to_be_visible()

    proves(way, "sms")
    expect(sheet.get_by_text("proven", exact=True)).to_have_count(2)
    expect(sheet.get_by_role("button", name="Start the reset")).to_be_visible()
    expect(agent.locator("#way-aloud")).to_have_text("The reset can be started now")

    sheet.get_by_label("Text message").check()
    lock_account(lin.id, "reported", by=f"customer:{lin.id}")
    expect(sheet.get_by_role("heading", name="Why they are locked out")).to_be_visible()
    expect(sheet.get_by_label("Text message")).to_be_checked()
    loads = [one for one in answers if one.startswith("document ") and "/way-back/" in one]
    assert len(loads) == 1, "the page was loaded anew"
