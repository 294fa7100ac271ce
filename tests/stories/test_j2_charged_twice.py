"""J2, charged twice: from the till's lost network to the money back, in four people's browsers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.product import RunningProduct
from tests.stories.conftest import Window
from tests.stories.people import a_bakery, a_customer, a_desk, asks_for, pays, photograph, scans, sign_in, tops_up
from walletdesk.money.ledger.models import JournalEntry
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.public import payments_of_customer
from walletdesk.money.refunds.public import refunds_of
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.cases.public import case_by_reference

pytestmark = pytest.mark.serial


def buy_twice(phone: Page, till: Page, folder: Path) -> None:
    """The till loses its network while the first payment arrives; the cashier asks again for the same purchase."""
    asks_for(till, "38.00", "QH-0519-0832")
    first = photograph(till, folder, "first")
    till.context.set_offline(True)
    scans(phone, first)
    pays(phone)
    expect(till.get_by_text("Not paid yet")).to_be_visible()
    till.context.set_offline(False)
    asks_for(till, "38.00", "QH-0519-0832", anyway=True)
    scans(phone, photograph(till, folder, "second"))
    pays(phone)
    expect(till.get_by_role("heading", name="Paid", exact=True)).to_be_visible()


def test_j2_charged_twice(product: RunningProduct, window: Window, tmp_path: Path) -> None:
    lin, bakery, _ = a_customer(), a_bakery(), a_desk()
    phone = sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/")
    till = sign_in(window(), "qinghe", "/till/")
    desk = sign_in(window(), "Zhou Lan", "/desk/")
    second_person = sign_in(window(), "Song Zhixing", "/desk/")

    tops_up(phone, "100.00")
    buy_twice(phone, till, tmp_path)
    assert wallets_of(lin.id)[0].available.minor == 10_000 - 2 * 3_800

    # The system notices first: the customer reads it at home, the desk sees it come in without reloading.
    phone.goto("/wallet/")
    expect(phone.get_by_text("Charged twice").first).to_be_visible()
    desk.get_by_role("link", name="Waiting").click()
    queued = desk.get_by_role("link", name="Charged twice").first
    queued.click()
    desk.get_by_role("button", name="Take").first.click()

    # Until the customer has confirmed in the app, no private field shows and no refund can be proposed.
    expect(desk.get_by_text("after verification", exact=True)).to_be_visible()
    expect(desk.get_by_role("link", name="Propose refund")).to_have_count(0)
    desk.get_by_role("button", name="Ask the customer").first.click()
    code = desk.locator(".codecard .digits").inner_text()
    phone.goto("/wallet/")
    phone.get_by_role("link", name="Agent 1024").first.click()
    expect(phone.locator(".digits")).to_have_text(code)
    phone.get_by_role("button", name="yes, it is me").click()
    expect(desk.get_by_text("Level 2").first).to_be_visible()

    propose_refund(desk)
    approve_refund(second_person)
    confirm_and_rate(phone)

    first, second = sorted(payments_of_customer(lin.id), key=lambda one: one.captured_at)
    (refund,) = refunds_of([first.id, second.id])
    # Two links, each read from both ends: the payments with each other, the refund with its payment, in the books too.
    assert (first.duplicate_of, second.duplicate_of) == (None, first.id)
    assert refund.payment_id == second.id
    assert ([note.refund_id for note in second.refunds], first.refunds) == ([refund.id], ())
    assert JournalEntry.objects.get(id=refund.entry_id).refunds == second.entry_id
    assert second.refunded.minor == 3_800
    assert refund.amount.minor == 3_800
    assert wallets_of(lin.id)[0].available.minor == 10_000 - 3_800
    reference = phone.locator(".casehead .code").inner_text()
    closed = case_by_reference(reference)
    assert closed.state == "closed"
    assert set(closed.payment_ids) == {first.id, second.id}
    assert closed.summary is not None
    assert "1024" in closed.summary["text"]["en"]
    assert closed.rated == 5
    assert bakery.id == second.merchant_id
    assert not check_books().findings


def propose_refund(desk: Page) -> None:
    desk.get_by_role("link", name="Propose refund").click()
    sheet = desk.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="What the ledger will do")).to_be_visible()
    sheet.get_by_label("Reason, the customer sees it").fill("The till lost its network and charged again")
    sheet.get_by_role("button", name="Next").click()
    expect(sheet.get_by_role("heading", name="Two people")).to_be_visible()
    sheet.get_by_role("button", name="Hand to a second person").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    # The maker cannot be the checker: the page of approvals is not even theirs.
    answer = desk.request.get("/desk/approvals/")
    assert answer.status in (403, 404)


def approve_refund(checker: Page) -> None:
    checker.goto("/desk/approvals/")
    checker.get_by_role("link", name="Charged twice").or_(checker.locator("a[id^=p-]")).first.click()
    expect(checker.get_by_role("heading", name="What the ledger will do")).to_be_visible()
    checker.get_by_role("button", name="Approve").click()
    expect(checker.get_by_text("Approved").first).to_be_visible()


def confirm_and_rate(phone: Page) -> None:
    phone.goto("/wallet/cases/")
    phone.get_by_role("link", name="Charged twice").first.click()
    expect(phone.get_by_text("Has the refund arrived?")).to_be_visible()
    phone.get_by_role("button", name="Yes, it is here").click()
    phone.get_by_label("5 of 5").check(force=True)
    # The page hears news while the customer is choosing: what they chose stays.
    with phone.expect_response("**/wallet/cases/**"):
        phone.evaluate("document.body.dispatchEvent(new CustomEvent('live:again'))")
    expect(phone.get_by_label("5 of 5")).to_be_checked()
    phone.get_by_role("button", name="Rate").click()
    expect(phone.get_by_text("Your rating")).to_be_visible()
