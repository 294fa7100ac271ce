"""J16, more limit: what is used and left to the cent and the second, lower at once, higher after a day, more by papers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.money import an_order, top_up, yuan
from tests.factories.trust import of_tier
from tests.product import RunningProduct, running_product
from tests.stories.conftest import Window
from tests.stories.looking import NARROW, faults_of, too_wide
from tests.stories.people import PASSWORD, PIN, a_bakery, a_customer, sign_in, types_pin
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.ledger.public import check_books
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import payments_of_customer
from walletdesk.money.wallets.public import limits_of
from walletdesk.trust.customers.public import CustomerView, set_tier

SHANGHAI = ZoneInfo("Asia/Shanghai")
both = pytest.mark.parametrize("language", ["zh", "en"])
_numbers = itertools.count(1)
SAYS = {
    "zh": {
        "change": "付款和转账，今天：改",
        "set": "设好",
        "now": "已生效：¥300.00",
        "own": "您自己设的限额",
        "waits": "每天最多 ¥900.00",
        "cancel": "取消",
        "cancelled": "已取消",
    },
    "en": {
        "change": "Payments and transfers, Today: change",
        "set": "Set it",
        "now": "In force now: ¥300.00",
        "own": "Your own limit",
        "waits": "At most a day ¥900.00",
        "cancel": "Cancel",
        "cancelled": "Cancelled",
    },
}


@pytest.fixture(scope="module")
def product(shared_database: FreshDatabase) -> Iterator[RunningProduct]:
    with running_product(shared_database) as running:
        yield running


@pytest.fixture(scope="module")
def bakery(shared_database: FreshDatabase) -> MerchantView:
    return a_bakery()


def somebody(language: str) -> CustomerView:
    """Known by an address only, with 20,000.00 from better days: spending a day's limit is nothing odd."""
    made = a_customer(f"Lin {next(_numbers)}", "zh-hans" if language == "zh" else "en")
    top_up(made.id, yuan(20_000))
    of_tier(made.id, 4)
    return made


def pays(page: Page, bakery: MerchantView, figure: str) -> None:
    order = an_order(bakery, figure)
    page.goto(f"/wallet/pay/{order.id}/")
    types_pin(page)


@both
def test_more_limit(bakery: MerchantView, window: Window, language: str) -> None:
    chinese = language == "zh"
    lin = somebody(language)
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")

    # The day fills up, and the page says so before anything else: the money is still there.
    for figure in ("2000.00", "2000.00", "500.50"):
        pays(phone, bakery, figure)
        expect(phone.get_by_role("status").get_by_text("已付" if chinese else "PAID")).to_be_visible()
    pays(phone, bakery, "499.51")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(
        "钱还在您的账户里" if chinese else "still in your account"
    )
    expect(phone.locator("main")).to_contain_text("¥499.50")
    expect(phone.locator(".foot .code")).to_contain_text("limit_day")
    assert len(payments_of_customer(lin.id)) == 3

    # Limits: to the cent, and until when to the second.
    phone.locator("main .btn-go").click()
    phone.wait_for_url("**/wallet/me/limits/")
    today = phone.locator(".limit").nth(1)
    expect(today).to_contain_text("¥499.50")
    expect(today).to_contain_text("¥4,500.50")
    expect(today).to_contain_text("明天 00:00:00 重新计" if chinese else "Starts again Tomorrow 00:00:00")
    shown = today.locator("time").first.get_attribute("datetime")
    midnight = (datetime.now(SHANGHAI) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert shown is not None
    assert datetime.fromisoformat(shown) == midnight
    assert not faults_of(phone)
    assert not too_wide(phone, NARROW, 390)

    # To the last cent it goes; then nothing is left.
    pays(phone, bakery, "499.50")
    expect(phone.get_by_role("status").get_by_text("已付" if chinese else "PAID")).to_be_visible()
    phone.goto("/wallet/me/limits/")
    expect(phone.locator(".limit").nth(1)).to_contain_text("¥0.00")

    # Papers were checked by two: the next tier, and the same minute there is room.
    set_tier(lin.id, 2, "employee:story", "Papers checked by two")
    phone.reload()
    expect(phone.locator(".tierhead")).to_contain_text("等级 2" if chinese else "Tier 2")
    expect(phone.locator(".limit").nth(1)).to_contain_text("¥95,000.00")


@both
def test_lower_at_once_higher_after_a_day(bakery: MerchantView, window: Window, language: str) -> None:
    say, lin = SAYS[language], somebody(language)
    phone = sign_in(window(phone=True, language=language), lin.name, "/wallet/")
    phone.goto("/wallet/me/limits/")
    phone.get_by_role("link", name=say["change"]).click()
    phone.fill("input[name=amount]", "300")
    phone.get_by_role("button", name=say["set"]).click()
    expect(phone.get_by_role("status")).to_contain_text(say["now"])
    pays(phone, bakery, "300.01")
    expect(phone.locator(".foot .code")).to_contain_text("limit_day")
    expect(phone.locator("main")).to_contain_text(say["own"])

    # Higher asks who is there, then waits a day; it is shown, and can be stopped.
    def asks_for(figure: str) -> None:
        phone.goto("/wallet/me/limits/out/day/")
        phone.fill("input[name=amount]", figure)
        phone.get_by_role("button", name=say["set"]).click()

    asks_for("900")
    phone.wait_for_url("**/step-up/**")
    proves(phone)
    expect(phone.locator("input[name=amount]")).to_have_value("900.00")
    phone.get_by_role("button", name=say["set"]).click()
    expect(phone.locator(".waiting")).to_contain_text(say["waits"])
    expect(phone.locator(".limit").nth(1)).to_contain_text("¥300.00")
    phone.locator(".waiting").get_by_role("button", name=say["cancel"]).click()
    expect(phone.get_by_role("status")).to_contain_text(say["cancelled"])
    expect(phone.locator(".waiting")).to_have_count(0)

    asks_for("900")
    expect(phone.locator(".waiting")).to_contain_text("¥900.00")
    planned = limits_of(lin.id).line("out", "day").planned  # type: ignore[union-attr]
    assert planned is not None
    for moment, holds in ((planned.holds_from - timedelta(seconds=1), "300.00"), (planned.holds_from, "900.00")):
        with at(moment):
            line = limits_of(lin.id).line("out", "day")  # type: ignore[union-attr]
            assert line is not None
            assert line.holds is not None
            assert line.holds.plain == holds
    assert planned.holds_from - now() > timedelta(hours=23)
    assert not check_books().findings


def proves(phone: Page) -> None:
    """By what this person has: the password and the PIN."""
    phone.locator("input[type=password]").first.wait_for()
    for name, value in (("password", PASSWORD), ("pin", PIN)):
        field = phone.locator(f"input[name={name}]")
        if field.count():
            field.fill(value)
    if "/step-up/" in phone.url:
        phone.locator("main .btn-go").click()
    phone.wait_for_url("**/wallet/me/limits/out/day/**")
