"""J6, money not arrived: the bank says nothing, says no, or is not there; the page never guesses, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.money import an_order
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.people import a_bakery, a_customer, sign_in, types_pin, with_money
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import set_value
from walletdesk.money.ledger.public import check_books
from walletdesk.money.wallets.public import wallets_of
from walletdesk.trust.customers.public import CustomerView

both = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture(scope="module")
def running(shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    """As in life, but the bank is asked again after two seconds and not after eight."""
    set_value("topup.unknown_after_seconds", 2, now(), "a story does not wait")
    with running_product(shared_database) as running:
        yield running


@pytest.fixture
def product(running: RunningProduct) -> Iterator[RunningProduct]:
    """The bank behaves until the story says otherwise, and again afterwards. The books are true in the end."""
    yield running
    running.bank_is_well()
    assert not check_books().findings


def has(customer: CustomerView) -> str:
    return wallets_of(customer.id)[0].available.plain


def asks_for_money(page: Page, figure: str) -> None:
    page.goto("/wallet/top-up/")
    page.fill("input[name=amount]", figure)
    page.locator("main form .btn-go").click()
    page.wait_for_url("**/wallet/top-up/*/")


def taken_by_the_bank(product: RunningProduct) -> int:
    return int(httpx.get(f"{product.bank_url}/statement").json()["sums"].get("CNY", 0))


@both
def test_j6_the_answer_is_lost(product: RunningProduct, window: Window, language: str) -> None:
    """Unknown is said as such, and turns to done by itself once the bank could be asked."""
    lin = a_customer(f"Lin Lost {language}", "zh-hans" if language == "zh" else "en")
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")
    before = taken_by_the_bank(product)
    product.bank_misbehaves(lose_answer=True, no_questions=True)  # until the page was read: a slow one loses no race
    asks_for_money(phone, "70.00")
    ticket = phone.locator("#topup")
    expect(ticket).to_contain_text({"zh": "结果还不知道", "en": "Not known yet"}[language])
    expect(ticket).to_contain_text({"zh": "请不要再充同一笔", "en": "Do not top up the same sum again"}[language])
    expect(ticket.locator(".promise")).to_contain_text({"zh": "前告诉您", "en": "We tell you by"}[language])

    address = phone.url
    product.bank_is_well()
    expect(ticket).to_contain_text({"zh": "已到账", "en": "Arrived"}[language], timeout=30_000)
    assert phone.url == address
    assert has(lin) == "70.00"
    assert taken_by_the_bank(product) - before == 7_000
    phone.goto("/wallet/bills/")
    expect(phone.locator("main .item")).to_have_count(1)


def test_j6_the_request_is_lost(product: RunningProduct, window: Window) -> None:
    """The bank never heard of it and is told never to do it: the money stayed where it was, and the page says so."""
    lin = a_customer("Lin Never Heard")
    phone = sign_in(window(phone=True), lin.name, "/wallet/")
    before = taken_by_the_bank(product)
    product.bank_misbehaves(lose_request=True, no_questions=True)
    asks_for_money(phone, "70.00")
    expect(phone.locator("#topup")).to_contain_text("Not known yet")
    product.bank_is_well()
    expect(phone.locator("#topup")).to_contain_text("has not moved", timeout=30_000)
    assert (has(lin), taken_by_the_bank(product)) == ("0.00", before)


@both
def test_j6_the_bank_is_down(product: RunningProduct, window: Window, language: str) -> None:
    """The top-up says so; paying, bills and help go on."""
    lin = with_money(a_customer(f"Lin Down {language}", "zh-hans" if language == "zh" else "en"), "50")
    bakery = a_bakery(f"qinghe {language}")
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")
    product.bank_misbehaves(down=True)
    asks_for_money(phone, "70.00")
    main = phone.locator("main")
    expect(main).to_contain_text({"zh": "银行暂时连不上，充值没有发出", "en": "The bank cannot be reached"}[language])
    expect(main).to_contain_text({"zh": "银行卡里的钱没有动", "en": "has not moved"}[language])
    expect(main).to_contain_text({"zh": "请过几分钟再试", "en": "Try again in a few minutes"}[language])
    expect(main).to_contain_text("bank_unavailable")

    phone.goto(f"/wallet/pay/{an_order(bakery, '20.00').id}/")
    types_pin(phone)
    phone.wait_for_url("**/receipt/")
    for path in ("/wallet/", "/wallet/bills/", "/wallet/help/", "/wallet/cases/"):
        answer = phone.goto(path)
        assert answer is not None
        assert answer.ok
    assert has(lin) == "30.00"


@both
def test_j6_the_bank_says_no(product: RunningProduct, window: Window, language: str) -> None:
    lin = a_customer(f"Lin Declined {language}", "zh-hans" if language == "zh" else "en")
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")
    product.bank_misbehaves(decline="no_funds")
    asks_for_money(phone, "70.00")
    main = phone.locator("main")
    expect(main).to_contain_text({"zh": "银行没有同意", "en": "Declined by the bank"}[language])
    expect(main).to_contain_text({"zh": "银行卡里的钱没有动", "en": "has not moved"}[language])
    expect(main).to_contain_text({"zh": "换一张卡", "en": "Use another card"}[language])
    expect(main).to_contain_text("no_funds")
    expect(main.locator(".btn-go")).to_have_text({"zh": "再试一次", "en": "Try again"}[language])
    assert has(lin) == "0.00"
