"""The people of a story: made through the product's verbs, signed in through its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.factories.authenticator import APPS, an_app
from tests.factories.money import a_payment, top_up, yuan
from tests.factories.trust import of_tier
from walletdesk.foundation.identity.public import enrol_device, sign_up_user, users_by_address
from walletdesk.money.merchants.public import MerchantView, sign_up_merchant
from walletdesk.money.payments.public import PaymentView
from walletdesk.money.wallets.public import open_wallet
from walletdesk.trust.customers.public import CustomerView, register_customer, set_pin
from walletdesk.trust.staff.public import EmployeeView, employ, open_team

PASSWORD, PIN = "a-story-told-in-public", "280615"


def email_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@story.example"


def a_customer(name: str = "Lin Xiaoyu", language: str = "en", tier: int = 1) -> CustomerView:
    """Known in person, unless the story is about limits."""
    user = sign_up_user(email_of(name), PASSWORD, language)
    customer = register_customer(user.id, name)
    of_tier(customer.id, tier)
    open_wallet(customer.id)
    set_pin(customer.id, PIN)
    return customer


def with_money(customer: CustomerView, figure: str) -> CustomerView:
    """Money from a bank, before the story begins."""
    top_up(customer.id, yuan(figure))
    return customer


def pays_at(customer: CustomerView, shop: MerchantView, figure: str, reference: str = "") -> PaymentView:
    """A purchase before the story begins."""
    return a_payment(customer, shop, figure, reference)


def a_bakery(owner: str = "qinghe") -> MerchantView:
    user = sign_up_user(email_of(owner), PASSWORD, "en")
    return sign_up_merchant(user.id, "青禾面包", "Qinghe Bakery", "bakery", verified=True)


@dataclass(frozen=True)
class Desk:
    agent: EmployeeView
    checker: EmployeeView
    books: EmployeeView


def a_desk(language: str = "en") -> Desk:
    """Agent 1024 of Payments, senior agent 0387 of Review, and 0012 who keeps the books."""
    staff = []
    for number, zh, en, team, role in (
        ("1024", "周岚", "Zhou Lan", "payments", "agent"),
        ("0387", "宋知行", "Song Zhixing", "review", "senior_agent"),
        ("0012", "罗敏", "Luo Min", "finance", "finance_officer"),
    ):
        staff.append(a_colleague(number, zh, en, team, role, language))
    return Desk(*staff)


def a_colleague(number: str, zh: str, en: str, team: str, role: str, language: str = "en") -> EmployeeView:
    """Somebody at the desk with an authenticator app, whose pass was used long ago."""
    open_team(team, team, team.title())
    user = sign_up_user(email_of(en), PASSWORD, language)
    an_app(user.id, email_of(en))
    return employ(user.id, number, zh, en, team, role, enrolled=True)


_tokens: dict[UUID, str] = {}


def on_a_known_device(page: Page, address: str) -> None:
    """This window is the one device that the person has had from the first day."""
    for one in users_by_address(address):
        _tokens[one.id] = enrol_device(one.id, "", "first", _tokens.get(one.id, "")).token
        page.context.add_cookies([{"name": "device", "value": _tokens[one.id], "url": page.url}])


def sign_in(page: Page, name: str, door: str) -> Page:
    """By the sign-in page, as everybody does; ends behind ``door``."""
    page.goto("/sign-in/")
    return types_who_they_are(page, name, door)


def types_who_they_are(page: Page, name: str, door: str) -> Page:
    """On the sign-in page, wherever it came from: address, password, and for staff what their app shows."""
    on_a_known_device(page, email_of(name))
    page.fill("input[name=login]", email_of(name))
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    if app := APPS.get(email_of(name)):
        page.fill("#code", app.digits())
        page.press("#code", "Enter")
    page.wait_for_url(f"**{door}**")
    return page


def tops_up(page: Page, figure: str) -> None:
    page.goto("/wallet/top-up/")
    page.fill("input[name=amount]", figure)
    page.get_by_role("button", name="Top up").click()
    expect(page.get_by_text("Arrived")).to_be_visible()


def asks_for(till: Page, figure: str, reference: str, *, anyway: bool = False) -> None:
    """The cashier makes a code for a purchase."""
    till.goto("/till/")
    till.fill("input[name=amount]", figure)
    till.fill("input[name=reference]", reference)
    till.get_by_role("button", name="Show the code").click()
    if anyway:
        till.get_by_role("button", name="Make another code anyway").click()
    expect(till.locator("svg.qr")).to_be_visible()


def photograph(till: Page, folder: Path, name: str) -> Path:
    """What the customer's camera would see."""
    picture = folder / f"{name}.png"
    till.locator("svg.qr").screenshot(path=picture)
    return picture


def scans(phone: Page, picture: Path) -> None:
    phone.goto("/wallet/scan/")
    phone.set_input_files("#picture", picture)
    phone.wait_for_url("**/wallet/pay/**")


def types_pin(phone: Page, pin: str = PIN) -> None:
    """The sheet sends itself when it is full."""
    phone.locator("input[name=pin]").press_sequentially(pin)


def pays(phone: Page) -> None:
    types_pin(phone)
    expect(phone.get_by_role("status").get_by_text("PAID")).to_be_visible()
