"""The pages of the way back, for whoever looks at every page: before anybody has signed in, and at the desk."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.factories.way_back import a_case_of, begun, photos, proves
from walletdesk.service.cases.public import cases_of_customer
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import hand_in_to_unlock

Step = str | Callable[[Page], None]


def way_back_pages() -> list[tuple[str, Step]]:
    """For anybody; the name is nobody's, which looks the same."""

    def prove(page: Page) -> None:
        page.goto("/recover/")
        page.fill("input[name=name]", "nobody@story.example")
        page.press("input[name=name]", "Enter")
        page.wait_for_url("**/recover/prove/**")

    def wrong_digits(page: Page) -> None:
        page.fill("#typed-totp", "000000")
        page.locator("#totp .btn-go").click()
        page.get_by_role("alert").wait_for()

    return [
        ("how to unlock", "/unlock/"),
        ("get back in", "/recover/"),
        ("prove that it is you", prove),
        ("a wrong proof", wrong_digits),
    ]


def papers_to_judge(customer: CustomerView, agent: EmployeeView) -> str:
    """Somebody locked out has handed in papers, once; the reference of their case, which this agent has."""
    known = [case.reference for case in cases_of_customer(customer.id) if case.kind == "locked_out"]
    if known:
        return known[0]
    way = proves(begun(customer), "email")
    case = a_case_of(way, agent)
    hand_in_to_unlock(way.id, "passport", photos("front", "face"))
    return case.reference
