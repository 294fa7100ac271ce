"""With no script at all: pay, open a case and talk, ask for money at the till, take and answer at the desk, find the number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.databases import FreshDatabase
from tests.factories.hours import open_at_all_hours
from tests.product import RunningProduct, running_product
from tests.stories.calling import eventually
from tests.stories.conftest import Window
from tests.stories.people import PIN, a_bakery, a_customer, a_desk, sign_in, with_money
from tests.stories.texts import code_in_a_file
from walletdesk.money.payments.public import payments_of_customer
from walletdesk.money.wallets.public import wallets_of
from walletdesk.trust.customers.public import CustomerView


@pytest.fixture(scope="module")
def lin(shared_database: FreshDatabase) -> CustomerView:
    open_at_all_hours()
    a_bakery()
    a_desk()
    return with_money(a_customer(), "100")


@pytest.fixture(scope="module")
def product(lin: CustomerView, shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        yield running


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_public_pages(product: RunningProduct, window: Window, language: str) -> None:
    page = window(phone=True, language=language, scripts=False)
    page.goto("/contact/")
    expect(page.locator("main .dir a[href^='tel:']").first).to_be_visible()
    page.locator(".faq summary").first.click()
    expect(page.locator(".hours-table").first).to_be_visible()
    page.locator(".langlink[hreflang]").click()
    expect(page.locator("html")).to_have_attribute("lang", {"zh": "en", "en": "zh-Hans"}[language])
    page.goto("/sign-up/")
    page.fill("input[name=name]", "Old Telephone")
    page.fill("input[name=address]", f"old.{language}@story.example")
    page.fill("input[name=password1]", "four otters paint slowly")
    page.locator("main .btn-go").click()
    page.fill("#code", code_in_a_file(product.folder / "mail", f"old.{language}@story.example"))
    page.locator("main .btn-go").click()
    page.wait_for_url("**/wallet/")


def test_paid_by_pasted_text_and_helped(lin: CustomerView, window: Window) -> None:
    till = sign_in(window(scripts=False), "qinghe", "/till/")
    till.fill("input[name=amount]", "38.00")
    till.fill("input[name=reference]", "QH-PLAIN")
    till.get_by_role("button", name="Show the code").click()
    till.get_by_text("Give the customer this text").click()
    text = till.locator("#payload").inner_text()

    phone = sign_in(window(phone=True, scripts=False), "Lin Xiaoyu", "/wallet/")
    phone.get_by_role("link", name="Scan").first.click()
    phone.fill("#code", text)
    phone.get_by_role("button", name="See who and how much").click()
    expect(phone.locator(".payto")).to_contain_text("Qinghe Bakery")
    phone.fill("input[name=pin]", PIN)
    phone.get_by_role("button", name="Pay ¥38.00").click()
    expect(phone.get_by_role("status").get_by_text("PAID")).to_be_visible()
    till.reload()
    expect(till.get_by_role("heading", name="Paid", exact=True)).to_be_visible()
    assert (wallets_of(lin.id)[0].available.plain, len(payments_of_customer(lin.id))) == ("62.00", 1)

    # Something wrong? One tap, and a message with a file.
    phone.get_by_role("link", name="See the bill").click()
    phone.get_by_role("button", name="Ask a person").click()
    phone.get_by_label("Write a message").fill("Was this for two loaves?")
    phone.set_input_files("input[name=files]", {"name": "list.txt", "mimeType": "text/plain", "buffer": b"two loaves"})
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".talk")).to_contain_text("Was this for two loaves?")
    expect(phone.get_by_role("link", name="list.txt")).to_be_visible()

    desk = sign_in(window(scripts=False), "Zhou Lan", "/desk/")
    desk.get_by_role("link", name="Waiting").click()
    desk.locator("a[href*='/desk/cases/WD']").first.click()
    expect(desk.locator("#flow")).to_contain_text("Was this for two loaves?")
    desk.get_by_role("button", name="Take").first.click()
    desk.fill("#say", "It was for two, the shop says.")
    desk.get_by_role("button", name="Send").click()
    expect(desk.locator("#flow")).to_contain_text("It was for two, the shop says.")

    phone.reload()
    expect(phone.locator(".talk")).to_contain_text("It was for two, the shop says.")
    eventually(
        lambda: phone.goto("/wallet/messages/") and phone.locator("main .notice").count(), "what the worker tells"
    )
    with desk.expect_download() as download:
        desk.get_by_role("link", name="list.txt").click()
    assert download.value.path().read_bytes() == b"two loaves"


def test_the_help_tab_takes_a_question(lin: CustomerView, window: Window) -> None:
    phone = sign_in(window(phone=True, scripts=False, language="zh"), "Lin Xiaoyu", "/wallet/")
    phone.goto("/wallet/help/")
    phone.locator("main textarea[name=text]").fill("Where is my card?")
    phone.get_by_role("button", name="Send to the desk").click()
    phone.wait_for_url("**/wallet/cases/WD-*/")
    expect(phone.locator(".talk")).to_contain_text("Where is my card?")


def test_calling_us_shows_the_number_and_the_code(lin: CustomerView, window: Window) -> None:
    phone = window(phone=True, scripts=False)
    sign_in(phone, "Lin Xiaoyu", "/wallet/")
    phone.goto("/wallet/call/")
    expect(phone.locator("main section a.num[href^='tel:+']")).to_be_visible()
    expect(phone.locator("#code .digits")).to_have_text(re.compile(r"\d\d \d\d \d\d"))
    phone.locator("form#before .btn-go").click()
    expect(phone.locator("noscript a[href^='tel:+'], main a.btn-go[href^='tel:+']").first).to_be_visible()
