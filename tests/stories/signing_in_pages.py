"""The pages of signing in and of devices, and how to come to each; ``Shown``: one page that is looked at."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.stories.people import PASSWORD, PIN, email_of

_numbers = itertools.count(1)


def new_number() -> int:
    """For an address that nobody has yet."""
    return next(_numbers)


@dataclass(frozen=True)
class Shown:
    """One page: its address, or how to come to it; ``status`` other than 200 where the page says no."""

    name: str
    opens: str | Callable[[Page], object]
    status: int = 200


def security_pages() -> list[Shown]:
    def proves_it(page: Page) -> None:
        page.goto("/security/totp/")
        page.wait_for_url("**/step-up/**")
        page.fill("#password", PASSWORD)
        page.locator("input[name=pin]").press_sequentially(PIN)
        page.locator("form:has(#password) .btn-go").click()
        page.locator("#secret").wait_for()

    def wrong_digits(page: Page) -> None:
        page.fill("#code", "12345")
        page.locator("main .btn-go").click()
        page.get_by_role("alert").wait_for()

    def weak_password(page: Page) -> None:
        page.goto("/security/password/")
        page.fill("#id_password1", "password1")
        page.locator("main .btn-go").click()
        page.get_by_role("alert").wait_for()

    def new_codes(page: Page) -> None:
        page.goto("/security/codes/")
        page.locator("main .btn-go").click()
        page.locator(".codes li").first.wait_for()

    def address_waiting(page: Page) -> None:
        page.goto("/security/address/?again=1")
        page.fill("#address", f"lin.{new_number()}@example.com")
        page.locator("main .btn-go").click()
        page.locator("#old_code").wait_for()

    return [
        Shown("security", "/security/"),
        Shown("step up", "/step-up/"),
        Shown("new authenticator", proves_it),
        Shown("new authenticator, wrong digits", wrong_digits),
        Shown("new passkey", "/security/passkey/"),
        Shown("recovery codes", "/security/codes/"),
        Shown("recovery codes, new", new_codes),
        Shown("security with codes", "/security/"),
        Shown("new password", "/security/password/"),
        Shown("new password, weak", weak_password),
        Shown("addresses", "/security/address/"),
        Shown("addresses, waiting", address_waiting),
    ]


def new_device_pages() -> list[Shown]:
    def second_factor(page: Page) -> None:
        page.goto("/sign-in/")
        page.fill("input[name=login]", email_of("Wang Fang"))
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/sign-in/second/")

    def sent(page: Page) -> None:
        page.get_by_role("button", name="w***@").click()
        page.locator("#sent").wait_for()

    def asked(page: Page) -> None:
        page.locator("section[aria-labelledby=other-device] button").click()
        page.locator(".matchnumber").wait_for()

    return [
        Shown("second factor", second_factor),
        Shown("second factor, code sent", sent),
        Shown("second factor, other device asked", asked),
    ]
