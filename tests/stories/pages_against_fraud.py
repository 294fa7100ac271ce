"""The pages that protect from fraud, for whoever looks at every page: for anybody, in the wallet, at the desk of risk."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.stories.little_town import LittleTown
from tests.stories.signing_in_pages import Shown
from walletdesk.trust.risk.models import RiskDecision


def is_this_you(page: Page) -> None:
    page.goto("/check/")
    page.fill("input[name=what]", "https://walletdesk.example@elsewhere.example")
    page.locator("main .btn-go").click()
    page.get_by_role("status").wait_for()


def fraud_pages_for_anybody() -> list[Shown]:
    return [
        Shown("is this you", is_this_you),
        Shown("a lesson", "/lessons/posed-as-us/"),
        Shown("terms", "/terms/"),
    ]


def fraud_pages_of_the_wallet(town: LittleTown) -> list[Shown]:
    return [
        Shown("a scam reported", f"/wallet/report/?to={town.wang.number}"),
        Shown("details that leaked", "/wallet/me/exposure/"),
        Shown("terms accepted", "/wallet/me/terms/"),
    ]


def risk_pages() -> list[Shown]:
    last = RiskDecision.objects.latest("at")
    return [
        Shown("risk", "/desk/risk/"),
        Shown("risk decision", f"/desk/risk/decisions/{last.id}/"),
        Shown("a payee", f"/desk/risk/payees/{last.customer_id}/"),
        Shown("risk rules", "/desk/risk/rules/"),
        Shown("risk rules, one version", "/desk/risk/rules/1/"),
        Shown("canaries", "/desk/oversight/canaries/"),
    ]
