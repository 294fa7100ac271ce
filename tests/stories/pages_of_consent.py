"""The pages of what is agreed beforehand: agreements, keys of one's own, transfers for later."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page

from tests.factories.holding import a_hold, a_later_transfer, a_proposal, an_agreement
from tests.factories.money import a_key, proof_of, top_up, yuan
from tests.stories.little_town import LittleTown
from tests.stories.signing_in_pages import Shown
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import KeyWish, end_agreement, make_own_key
from walletdesk.money.payments.public import CancelTransferIntent, cancel_transfer


def agreed_pages(town: LittleTown) -> list[Shown]:
    """What is agreed beforehand: agreements, keys of one's own, transfers for later."""
    agreements, keys = "/wallet/agreements/", "/wallet/me/keys/"
    proposed, agreed = a_proposal(town.bakery), an_agreement(town.lin, town.bakery)
    over = an_agreement(town.lin, town.bakery, title="Coffee at ten")
    end_agreement(over.id, customer_id=town.lin.id)
    wish = KeyWish(
        a_key(), town.lin.id, "Bookkeeping", ["wallets:read"], "live", [], now() + timedelta(days=9), yuan(1), yuan(1)
    )
    make_own_key(wish, proof_of(town.lin.id))
    held = a_hold(town.lin, town.bakery, 2)

    def a_wrong_pin_for_it(page: Page) -> None:
        page.goto(f"{agreements}{proposed.id}/")
        page.locator("input[name=pin]").press_sequentially("907218")
        page.locator("main .btn-go").click()
        page.locator("#id_pin_error").wait_for()

    return [
        Shown("agreements", agreements),
        Shown("agreement proposed", f"{agreements}{proposed.id}/"),
        Shown("agreement in use", f"{agreements}{agreed.id}/"),
        Shown("agreement ended", f"{agreements}{over.id}/"),
        Shown("agreement, wrong PIN", a_wrong_pin_for_it),
        Shown("own keys", keys),
        Shown("bill of a hold", f"/wallet/bills/{held.id}/"),
    ]


def later_pages(town: LittleTown) -> list[Shown]:
    """Wang's: Lin has sent all that her own limit allows today."""
    top_up(town.wang.id, yuan(10))
    planned, dropped = (a_later_transfer(town.wang, town.lin, 3, note="tea") for _ in range(2))
    cancel_transfer(CancelTransferIntent(a_key(), dropped.id, town.wang.id))
    confirm = f"/wallet/transfer/confirm/?to={town.lin.number}&amount=3&when={now() + timedelta(days=3):%Y-%m-%dT%H:%M}"
    return [
        Shown("transfers for later", "/wallet/transfer/later/"),
        Shown("bill of a transfer for later", f"/wallet/bills/{planned.id}/"),
        Shown("a transfer for later, confirm", confirm),
        Shown("no agreements", "/wallet/agreements/"),
        Shown("no keys", "/wallet/me/keys/"),
    ]
