"""J3, payment failed: the page says what happened, that the money is safe, and the one next step; and nobody pays twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.databases import FreshDatabase
from tests.factories.money import an_order
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.people import PIN, a_bakery, a_customer, sign_in, types_pin, with_money
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.ledger.public import check_books
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import OrderView, cancel_order, payments_of_customer
from walletdesk.money.wallets.public import freeze_wallet, wallets_of
from walletdesk.trust.customers.public import CustomerView

both = pytest.mark.parametrize("language", ["zh", "en"])
HEADING = {"zh": "钱还在您的账户里", "en": "Your money is still in your account"}
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def product(shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        yield running


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    return a_bakery()


@pytest.fixture
def lin(shared_database: FreshDatabase, request: pytest.FixtureRequest) -> Iterator[CustomerView]:
    """Somebody new with 100.00, of the language that the story asks for. Afterwards the books are true."""
    chinese = "language" in request.fixturenames and request.getfixturevalue("language") == "zh"
    yield with_money(a_customer(f"Lin {next(_numbers)}", "zh-hans" if chinese else "en"), "100")
    assert not check_books().findings


def has(customer: CustomerView) -> str:
    return wallets_of(customer.id)[0].available.plain


def phone_of(customer: CustomerView, window: Window, language: str) -> Page:
    return sign_in(window(phone=True, language=language), customer.name, "/wallet/")


def scans_text(phone: Page, text: str) -> None:
    """The code of the till, as text that was pasted."""
    phone.goto("/wallet/scan/")
    phone.fill("#code", text)
    phone.locator("#scan .btn-go").click()


def opens(phone: Page, order: OrderView) -> None:
    scans_text(phone, order.code)
    phone.wait_for_url(f"**/wallet/pay/{order.id}/")


def says(phone: Page, language: str, what: tuple[str, str], step: tuple[str, str], code: str) -> None:
    """What happened, where the money is, the next step as a button, and the code small beneath."""
    of = 0 if language == "zh" else 1
    expect(phone.get_by_role("heading", level=1)).to_contain_text(HEADING[language])
    expect(phone.locator("main")).to_contain_text(what[of])
    expect(phone.locator("main .btn-go")).to_have_text(step[of])
    expect(phone.locator(".foot .code")).to_contain_text(code)


@both
def test_not_enough_money(lin: CustomerView, bakery: MerchantView, window: Window, language: str) -> None:
    phone = phone_of(lin, window, language)
    opens(phone, an_order(bakery, "138.00"))
    types_pin(phone)
    says(phone, language, ("还差 ¥38.00", "¥38.00 short"), ("去充值", "Top up"), "not_enough_money")
    assert (has(lin), payments_of_customer(lin.id)) == ("100.00", [])

    # The next step leads to the bank and back to the same purchase.
    phone.get_by_role("link", name={"zh": "去充值", "en": "Top up"}[language]).click()
    phone.fill("input[name=amount]", "50.00")
    phone.locator("main form .btn-go").click()
    phone.get_by_role("link", name={"zh": "回去付款", "en": "Back to paying"}[language]).click()
    types_pin(phone)
    expect(phone.get_by_role("status").get_by_text({"zh": "已付", "en": "PAID"}[language])).to_be_visible()
    assert (has(lin), len(payments_of_customer(lin.id))) == ("12.00", 1)


@both
def test_an_expired_code(lin: CustomerView, bakery: MerchantView, window: Window, language: str) -> None:
    phone = phone_of(lin, window, language)
    with at(now() - timedelta(minutes=10)):
        old = an_order(bakery, "38.00")
    scans_text(phone, old.code)
    alert = phone.get_by_role("alert")
    expect(alert).to_contain_text({"zh": "这个码已过期", "en": "This code has expired"}[language])
    expect(alert).to_contain_text(HEADING[language])
    expect(alert).to_contain_text({"zh": "重新出一个码", "en": "Ask the cashier for a new code"}[language])
    expect(alert).to_contain_text("order_expired")

    phone.goto(f"/wallet/pay/{old.id}/")
    says(phone, language, ("已过期", "expired"), ("扫新的码", "Scan a new code"), "order_expired")
    assert has(lin) == "100.00"


@both
def test_cancelled_while_the_customer_looks_at_it(
    lin: CustomerView, bakery: MerchantView, window: Window, language: str
) -> None:
    phone, order = phone_of(lin, window, language), an_order(bakery, "38.00")
    opens(phone, order)
    cancel_order(order.id, bakery.id)
    types_pin(phone)
    says(
        phone,
        language,
        ("收银员已取消这笔订单", "The cashier has cancelled this order"),
        ("扫新的码", "Scan a new code"),
        "order_cancelled",
    )
    assert has(lin) == "100.00"


@both
def test_a_frozen_wallet(lin: CustomerView, bakery: MerchantView, window: Window, language: str) -> None:
    phone, order = phone_of(lin, window, language), an_order(bakery, "38.00")
    freeze_wallet(wallets_of(lin.id)[0].id, "debit", "odd sign-in", "system")
    opens(phone, order)
    types_pin(phone)
    says(
        phone,
        language,
        ("这个钱包已冻结", "This wallet is frozen"),
        ("看怎么解冻", "See how to lift it"),
        "wallet_frozen",
    )
    assert has(lin) == "100.00"
    phone.goto("/wallet/")
    expect(phone.locator("#balance")).to_contain_text({"zh": "钱包已冻结", "en": "Wallet frozen"}[language])


@both
def test_a_code_that_is_broken(lin: CustomerView, bakery: MerchantView, window: Window, language: str) -> None:
    phone, text = phone_of(lin, window, language), an_order(bakery, "38.00").code
    scans_text(phone, text.replace("38.00", "18.00"))
    alert = phone.get_by_role("alert")
    expect(alert).to_contain_text({"zh": "这个码的内容对不上", "en": "This code does not add up"}[language])
    expect(alert).to_contain_text(HEADING[language])
    expect(alert).to_contain_text("code_broken")
    expect(phone.locator("#code")).to_have_value(text.replace("38.00", "18.00"))  # nothing typed is lost
    assert has(lin) == "100.00"


@both
def test_five_wrong_pins(lin: CustomerView, bakery: MerchantView, window: Window, language: str) -> None:
    phone, order = phone_of(lin, window, language), an_order(bakery, "38.00")
    opens(phone, order)
    for left in (4, 3, 2, 1):
        types_pin(phone, "907218")
        expect(phone.locator("#id_pin_error")).to_contain_text(
            {"zh": f"还可以试 {left} 次", "en": f"Tries left: {left}"}[language]
        )
    types_pin(phone, "907218")
    locked = ("输错太多次", "Too many wrong PINs"), ("看官方联系方式", "Official contacts"), "pin_locked"
    says(phone, language, *locked)
    expect(phone.locator(".promise")).to_contain_text({"zh": "可再试", "en": "Try again at"}[language])

    # During the rest the right one is refused too, and the clock is still the same.
    until = phone.locator(".promise .strong").inner_text()
    opens(phone, order)
    types_pin(phone, PIN)
    says(phone, language, *locked)
    expect(phone.locator(".promise .strong")).to_have_text(until)
    assert has(lin) == "100.00"


def lose_the_answer(route: Route) -> None:
    """The request reaches the server; the answer never reaches the phone."""
    if route.request.method != "POST":
        route.fallback()
        return
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def lose_the_request(route: Route) -> None:
    if route.request.method == "POST":
        route.abort("connectionreset")
    else:
        route.fallback()


def types_pin_into_nothing(phone: Page) -> None:
    """The last digit sends the form; instead of a page comes the browser's own word that there is no network."""
    with phone.expect_event("requestfailed"):
        types_pin(phone)


@pytest.mark.parametrize("network", [lose_the_answer, lose_the_request], ids=["answer lost", "request lost"])
def test_no_network_after_pressing_then_again(
    lin: CustomerView, bakery: MerchantView, window: Window, network: object
) -> None:
    """Reloading sends the same form, with the key that this phone made before it was sent: one payment."""
    phone = phone_of(lin, window, "en")
    opens(phone, an_order(bakery, "38.00"))
    phone.route("**/wallet/pay/**", network)  # type: ignore[arg-type]
    types_pin_into_nothing(phone)
    assert len(payments_of_customer(lin.id)) == (1 if network is lose_the_answer else 0)
    phone.unroute("**/wallet/pay/**")
    phone.reload()
    expect(phone.get_by_role("status").get_by_text("PAID")).to_be_visible()
    assert (has(lin), len(payments_of_customer(lin.id))) == ("62.00", 1)


def test_no_network_then_back_and_a_new_scan(lin: CustomerView, bakery: MerchantView, window: Window) -> None:
    """Whoever does not trust the page and scans once more is told that it is paid, and led to the receipt."""
    phone, order = phone_of(lin, window, "en"), an_order(bakery, "38.00")
    opens(phone, order)
    phone.route("**/wallet/pay/**", lose_the_answer)
    types_pin_into_nothing(phone)
    phone.unroute("**/wallet/pay/**")
    scans_text(phone, order.code)
    expect(phone.get_by_role("alert")).to_contain_text("This order is paid already; nothing more is taken")
    phone.goto(f"/wallet/pay/{order.id}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Nothing more was taken")
    phone.get_by_role("link", name="See the receipt").click()
    expect(phone.locator(".ticket")).to_contain_text("38")
    assert (has(lin), len(payments_of_customer(lin.id))) == ("62.00", 1)


def test_pressing_again_with_the_same_key(lin: CustomerView, bakery: MerchantView, window: Window) -> None:
    """The same form five times, all at once: one receipt, and it is the same one."""
    phone = phone_of(lin, window, "en")
    opens(phone, an_order(bakery, "38.00"))
    answers = phone.evaluate(
        """async pin => {
            const form = document.querySelector("form[data-send-when-full]"), sent = new URLSearchParams(new FormData(form));
            sent.set("pin", pin);
            const once = () => fetch(form.action, { method: "POST", body: sent });
            const first = await Promise.all([once(), once(), once(), once(), once()]);
            return [...first, await once()].map(one => [one.status, new URL(one.url).pathname]);
        }""",
        PIN,
    )
    receipts = {path for _, path in answers if path.endswith("/receipt/")}
    assert len(receipts) == 1
    assert answers[-1] == [200, receipts.pop()]
    assert {status for status, _ in answers} <= {200, 202, 409, 429, 503}, answers
    assert (has(lin), len(payments_of_customer(lin.id))) == ("62.00", 1)
