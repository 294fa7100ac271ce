"""A new colleague comes to the desk: employed, a factor of their own, a pass from an administrator's hand. Then the phone is
lost, and two administrators let them in again.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.databases import FreshDatabase
from tests.factories.authenticator import App
from tests.product import RunningProduct
from tests.stories.conftest import Window
from tests.stories.people import PASSWORD, a_colleague, email_of, on_a_known_device, sign_in
from walletdesk.foundation.identity.public import sign_up_user


def adds_an_app(page: Page) -> App:
    """From the page of enrolment to the security page, by password once more, and back."""
    page.get_by_role("link", name="Add one").click()
    page.locator("a[href^='/security/totp/']").click()
    if "/step-up/" in page.url:
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
    app = App(page.locator("#secret").inner_text().replace(" ", ""))
    page.fill("#code", app.digits())
    page.press("#code", "Enter")
    page.get_by_role("link", name="Later").click()  # recovery codes do not open the desk
    page.wait_for_url("**/desk/enrol/**")
    return app


def by_password(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    on_a_known_device(page, email_of(name))
    page.fill("input[name=login]", email_of(name))
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/enrol/**")


def hands_over_a_pass(admin: Page) -> str:
    admin.get_by_role("button", name="Hand over a pass").click()
    return admin.locator(".passcode").inner_text()


@pytest.mark.usefixtures("product")
def test_a_new_colleague_and_a_lost_phone(
    fresh_database: FreshDatabase, product: RunningProduct, window: Window
) -> None:
    a_colleague("0601", "江帆", "Jiang Fan", "systems", "administrator")
    a_colleague("0602", "程越", "Cheng Yue", "audit", "administrator")
    sign_up_user(email_of("Gu Wen"), PASSWORD, "en")

    admin = sign_in(window(), "Jiang Fan", "/desk/staff/")
    admin.fill("#email", email_of("Gu Wen"))
    admin.fill("#number", "2001")
    admin.fill("#name_zh", "顾文")
    admin.fill("#name_en", "Gu Wen")
    admin.get_by_role("button", name="Employ").click()
    expect(admin.get_by_text("Gu Wen is employed")).to_be_visible()

    gu = window()
    by_password(gu, "Gu Wen")
    expect(gu.get_by_role("button", name="Open the desk")).to_be_disabled()
    adds_an_app(gu)
    gu.fill("#pass", hands_over_a_pass(admin))
    gu.get_by_role("button", name="Open the desk").click()
    gu.wait_for_url("**/desk/")

    admin.goto("/desk/staff/2001/")
    admin.get_by_text("Lost their phone?").click()
    admin.fill("#r-why", "Left it on the train")
    admin.fill("#r-how", "In person, with the badge")
    admin.get_by_role("button", name="Propose the recovery").click()
    expect(admin.get_by_text("Proposed; an administrator of another team decides")).to_be_visible()

    other = sign_in(window(), "Cheng Yue", "/desk/staff/")
    other.goto("/desk/approvals/")
    expect(other.get_by_text("Left it on the train")).to_be_visible()
    other.get_by_role("button", name="Approve; it takes effect now").click()
    expect(other.get_by_role("status").get_by_text("Approved")).to_be_visible()

    gu.goto("/desk/")
    gu.wait_for_url("**/sign-in/**")  # the session ended with the factor
    by_password(gu, "Gu Wen")
    adds_an_app(gu)
    other.goto("/desk/staff/2001/")
    gu.fill("#pass", hands_over_a_pass(other))
    gu.get_by_role("button", name="Open the desk").click()
    gu.wait_for_url("**/desk/")
