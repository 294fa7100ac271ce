"""The till's pages in each state that can be looked at, those for the shop's own software too."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.factories.api_log import a_logged_request
from tests.factories.money import an_order
from tests.stories.little_town import LittleTown
from tests.stories.people import PASSWORD
from tests.stories.signing_in_pages import Shown
from walletdesk.service.webhooks.ports import Answer
from walletdesk.service.webhooks.public import Owner, add_endpoint, send_test
from walletdesk.service.webhooks.services.claim_letters import claim_letters
from walletdesk.service.webhooks.services.note_answers import note_answers
from walletdesk.trust.api_keys.public import make_key


def till_pages(town: LittleTown) -> list[Shown]:
    waiting = an_order(town.bakery, "23.00", "QH-0102")

    def paid_already(page: Page) -> None:
        page.goto("/till/")
        page.fill("input[name=amount]", "38.00")
        page.fill("input[name=reference]", "QH-0001")
        page.locator(".neworder .btn-go").click()
        page.locator("button[name=anyway]").wait_for()

    def odd_amount(page: Page) -> None:
        page.goto("/till/")
        page.fill("input[name=amount]", "1.234")
        page.locator(".neworder .btn-go").click()
        page.locator(".is-bad").wait_for()

    return [
        Shown("till", "/till/"),
        Shown("messages", "/till/notices/"),
        Shown("paid already", paid_already),
        Shown("odd amount", odd_amount),
        Shown("code", f"/till/orders/{waiting.id}/"),
        Shown("paid", f"/till/orders/{town.twice.order_id}/"),
        Shown("takings", "/till/takings/"),
        Shown("cases", "/till/cases/"),
        Shown("case", f"/till/cases/{town.talk.reference}/"),
        Shown("shop", "/till/shop/"),
        *software_pages(town),
    ]


def software_pages(town: LittleTown) -> list[Shown]:
    """API keys and requests of the shop. The form of a new key stands behind a fresh proof."""
    key, _ = make_key("merchant", town.bakery.id, "Web shop", ["orders:write"], "live", None, [], "member:story")
    request, part = a_logged_request(key), a_logged_request(key, status=409, code="order_paid", whole=False)

    def prove_and_make(page: Page) -> None:
        page.goto("/till/keys/new/")
        if "/step-up/" in page.url:
            page.fill("input[name=password]", PASSWORD)
            page.locator("main .btn-go").click()
            page.wait_for_url("**/till/keys/new/")

    def the_secret(page: Page) -> None:
        prove_and_make(page)
        page.fill("#name", "Till two")
        page.locator("main .btn-go").click()
        page.locator("#secret").wait_for()

    keys, requests = "/till/keys/", "/till/requests/"
    return [
        Shown("keys", keys),
        Shown("key", f"{keys}{key.id}/"),
        Shown("new key", prove_and_make),
        Shown("the key's secret", the_secret),
        Shown("requests", requests),
        Shown("requests, nothing found", f"{requests}?text=nothing-of-the-kind"),
        Shown("request", f"{requests}{request.id}/"),
        Shown("request that is not whole", f"{requests}{part.id}/"),
        *webhook_pages(town),
    ]


def webhook_pages(town: LittleTown) -> list[Shown]:
    """Addresses that hear what happens; one whose receiver has gone, with a log of how."""
    owner = Owner("merchant", town.bakery.id)
    well, _ = add_endpoint(
        owner, "https://shop.example.com/walletdesk", ("payment.captured", "refund.posted"), "Web shop"
    )
    gone, _ = add_endpoint(owner, "https://old.example.com/hook", (), "Old till")
    fresh, tried = send_test(owner, well.id), send_test(owner, gone.id)
    (letter,) = (one for one in claim_letters(100) if one.delivery_id == tried.id)
    note_answers([(letter, Answer("answered", 410, words="this shop has moved", took_ms=84))])

    def refused(page: Page) -> None:
        page.goto(f"/till/webhooks/{well.id}/")
        page.fill("#address", "https://192.168.1.7/hook")
        page.locator("button", has_text=re.compile("保存|Save")).click()
        page.locator(".is-bad, .banner-bad, [role=alert]").first.wait_for()

    def prove_and_ask(page: Page) -> None:
        page.goto("/till/webhooks/new/")
        if "/step-up/" in page.url:
            page.fill("input[name=password]", PASSWORD)
            page.locator("main .btn-go").click()
            page.wait_for_url("**/till/webhooks/new/")

    def the_secret(page: Page) -> None:
        prove_and_ask(page)
        page.fill("#address", "https://shop.example.com/second")
        page.locator("main .btn-go").click()
        page.locator("#secret").wait_for()

    return [
        Shown("webhooks", "/till/webhooks/"),
        Shown("webhook", f"/till/webhooks/{well.id}/"),
        Shown("webhook whose receiver has gone", f"/till/webhooks/{gone.id}/"),
        Shown("webhook refused", refused),
        Shown("new webhook", prove_and_ask),
        Shown("the webhook's secret", the_secret),
        Shown("delivery on its way", f"/till/webhook-deliveries/{fresh.id}/"),
        Shown("delivery given up", f"/till/webhook-deliveries/{tried.id}/"),
    ]
