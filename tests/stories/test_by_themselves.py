"""Pages that turn by themselves: the till's by a live line and, where that is blocked, by asking; the desk's queue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.money import an_order
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.people import a_bakery, a_customer, a_desk, sign_in, types_pin, with_money
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import payments_of_merchant


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    with_money(a_customer(), "200")
    a_desk()
    return a_bakery()


@pytest.fixture(scope="module")
def product(bakery: MerchantView, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
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
