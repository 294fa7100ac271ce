"""J8, is this really you? The customer says no: nobody is verified, the alarm stands in the case, nothing can be proposed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.product import RunningProduct
from tests.stories.conftest import Window
from tests.stories.people import a_bakery, a_customer, a_desk, pays_at, sign_in, with_money
from walletdesk.service.cases.public import open_case
from walletdesk.trust.verification.public import level_of


def test_j8_disowned(product: RunningProduct, window: Window) -> None:
    lin, bakery = with_money(a_customer(), "100"), a_bakery()
    a_desk()
    payment = pays_at(lin, bakery, "38.00")
    case = open_case("refund_request", lin.id, [payment.id])
    desk = sign_in(window(), "Zhou Lan", "/desk/")
    desk.goto(f"/desk/cases/{case.reference}/")
    desk.get_by_role("button", name="Take").first.click()
    desk.get_by_role("button", name="Ask the customer").first.click()
    expect(desk.locator(".codecard .digits")).to_be_visible()

    phone = sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/")
    phone.get_by_role("link", name="Agent 1024").first.click()
    phone.get_by_role("button", name="No, I am not talking to anyone").click()
    expect(phone.get_by_text("Reported; this agent can no longer see your details")).to_be_visible()
    expect(phone.get_by_role("link", name="hang up")).to_have_attribute("href", "/contact/")

    # The desk sees it without reloading: the alarm, and no way to the money.
    expect(desk.locator("#flow .bad").first).to_be_visible()
    expect(desk.get_by_text("after verification", exact=True)).to_be_visible()
    expect(desk.get_by_role("link", name="Propose refund")).to_have_count(0)
    sheet = desk.goto(f"/desk/cases/{case.reference}/refund/{payment.id}/")
    assert sheet is not None
    blocked = desk.get_by_role("dialog").locator("button.btn-go:enabled")
    expect(blocked).to_have_count(0)
    level = level_of(case.id)
    assert level is None or level.level < 2

    phone.goto(f"/wallet/cases/{case.reference}/")
    expect(phone.locator(".time .bad").first).to_be_visible()
