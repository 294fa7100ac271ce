"""The wallet's pages of what is agreed beforehand: agreements, keys of one's own, transfers for later."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from tests.attacks.everybody import BACKEND
from tests.factories.holding import a_hold, a_later_transfer, a_proposal, an_agreement
from tests.factories.money import a_key, a_payer, a_shop, has, purse
from tests.factories.service import everybody_hears
from tests.factories.trust import PIN
from walletdesk.doors._shared.step_up import PROOFS
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.agreements.public import agreement, end_agreement, own_keys_of
from walletdesk.money.payments.public import VoidIntent, scheduled_of, void
from walletdesk.money.payments.services.make_due_transfers import make_due_transfers
from walletdesk.money.wallets.public import freeze_wallet
from walletdesk.service.notifications.models import Notice
from walletdesk.trust.api_keys.public import parse_secret
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


def at_the_door(customer: CustomerView, *, proved: bool = False) -> Client:
    from django.contrib.auth import get_user_model

    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(pk=customer.user_id), backend=BACKEND)
    if proved:
        session = client.session
        session[PROOFS] = {"totp": now().isoformat()}
        session.save()
    return client


def lin_with(balance: int = 100) -> CustomerView:
    return a_payer(balance, pin=PIN)


def said(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_proposal_is_read_accepted_with_the_pin_listed_and_ended() -> None:
    lin, bakery = lin_with(), a_shop()
    proposed, browser = a_proposal(bakery, title="Bread at seven"), at_the_door(lin)
    address = f"/wallet/agreements/{proposed.id}/"
    page = said(browser.get(address))
    for words in ("Qinghe Bakery", "Bread at seven", "50.00", "100.00", "Waiting for you", "Do not accept"):
        assert words in page
    wrong = browser.post(address, {"pin": "000000"})
    assert (wrong.status_code, agreement(proposed.id).state) == (403, "proposed")
    assert 'name="pin"' in said(wrong)
    assert browser.post(address, {"pin": PIN}).status_code == 302
    assert agreement(proposed.id).customer_id == lin.id
    assert "Qinghe Bakery" in said(browser.get("/wallet/agreements/"))
    assert at_the_door(lin_with()).get(address).status_code == 404, "somebody else's is not there"
    assert browser.post(f"{address}end/").status_code == 302
    assert agreement(proposed.id).state == "ended"
    assert "No longer valid" in said(browser.get("/wallet/agreements/"))
    assert browser.get(address).status_code == 200


def test_what_lapsed_cannot_be_accepted_and_says_so() -> None:
    lin, proposed = lin_with(), a_proposal(a_shop())
    with at(now() + timedelta(days=4)):
        browser = at_the_door(lin)
        answer = browser.post(f"/wallet/agreements/{proposed.id}/", {"pin": PIN})
    assert answer.status_code == 409
    assert "not accepted in time" in said(answer)


A_KEY = {
    "name": "My script", "scopes": ["wallets:read", "transfers:write"], "max_single": "20", "max_day": "30", "days": "30",
    "addresses": "203.0.113.7\n2001:db8::/32", "pin": PIN,
}  # fmt: skip


def test_a_key_of_ones_own_wants_a_fresh_proof_and_the_pin_and_shows_its_secret_once() -> None:
    lin = lin_with()
    assert at_the_door(lin).get("/wallet/me/keys/new/").headers["location"].startswith("/step-up/")
    browser = at_the_door(lin, proved=True)
    form = browser.get("/wallet/me/keys/new/")
    assert "A key moves your money without a PIN" in said(form)
    wrong = browser.post("/wallet/me/keys/new/", A_KEY | {"pin": "000000", "key": a_key()})
    assert (wrong.status_code, own_keys_of(lin.id)) == (403, [])
    sent = A_KEY | {"key": a_key()}
    made = browser.post("/wallet/me/keys/new/", sent)
    assert made.status_code == 201
    (secret,) = set(re.findall(r"wdk_live_\w+", said(made))) - {""}
    (own,) = own_keys_of(lin.id)
    parsed = parse_secret(secret)
    assert parsed is not None
    assert own.key.addresses == ("203.0.113.7/32", "2001:db8::/32")
    assert own.caps is not None
    assert (own.caps.max_single.plain, own.caps.max_day.plain) == ("20.00", "30.00")
    assert browser.post("/wallet/me/keys/new/", sent).headers["location"] == "/wallet/me/keys/", "sent twice: one key"
    listed = said(browser.get("/wallet/me/keys/"))
    assert "My script" in listed
    assert secret not in listed
    assert browser.post(f"/wallet/me/keys/{own.key.id}/revoke/").status_code == 302
    assert browser.post(f"/wallet/me/keys/{own.key.id}/revoke/").status_code == 302, "once more: no harm"
    assert own_keys_of(lin.id)[0].key.standing == "revoked"
    assert at_the_door(lin_with()).post(f"/wallet/me/keys/{own.key.id}/revoke/").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"max_day": ""}, "A key that moves money needs a cap"),
        ({"max_single": "1,5"}, "cannot be read"),
        ({"max_single": "31"}, "cannot be below"),
        ({"scopes": []}, "Choose at least one"),
        ({"scopes": ["refunds:write"]}, "There is no such thing"),
        ({"addresses": "everywhere"}, "203.0.113"),
        ({"name": ""}, "Say where it is used"),
    ],
)
def test_a_key_that_cannot_be_made_keeps_what_was_typed(change: dict, words: str) -> None:
    lin = lin_with()
    answer = at_the_door(lin, proved=True).post("/wallet/me/keys/new/", A_KEY | {"key": a_key()} | change)
    assert answer.status_code == 422
    assert words in said(answer)
    assert PIN not in said(answer)
    assert own_keys_of(lin.id) == []


def test_a_transfer_for_later_is_confirmed_listed_shown_and_cancelled() -> None:
    lin, wang = lin_with(), a_payer(0, name="王明", phone="139 0000 1111")
    browser = at_the_door(lin)
    when = f"{timezone.localtime(now() + timedelta(days=2)):%Y-%m-%dT%H:%M}"
    asked = f"to={quote(wang.number)}&amount=60&note=rent&when={when}"
    sheet = said(browser.get(f"/wallet/transfer/confirm/?{asked}"))
    assert f'value="{when}"' in sheet
    assert "it goes out then" in sheet
    wish = {"to": wang.number, "amount": "60", "note": "rent", "when": when, "pin": PIN, "key": a_key()}
    answer = browser.post("/wallet/transfer/confirm/", wish)
    (planned,) = scheduled_of(lin.id)
    assert answer.headers["location"] == f"/wallet/bills/{planned.id}/"
    assert browser.post("/wallet/transfer/confirm/", wish).headers["location"] == answer.headers["location"]
    assert (has(lin), has(wang)) == ("40.00", "0.00")
    bill = said(browser.get(f"/wallet/bills/{planned.id}/"))
    assert "Goes out when it is due" in bill
    assert "Cancel this transfer" in bill
    assert "rent" in said(browser.get("/wallet/transfer/later/"))
    assert "Planned transfers" in said(browser.get("/wallet/transfer/"))
    assert "Goes out later" in said(browser.get("/wallet/bills/"))
    cancel = f"/wallet/transfer/{planned.id}/cancel/"
    assert at_the_door(wang).post(cancel, {"key": a_key()}).status_code == 404
    assert browser.post(cancel, {"key": a_key()}).status_code == 302
    assert has(lin) == "100.00"
    assert "Cancelled by you" in said(browser.get(f"/wallet/bills/{planned.id}/"))
    assert "Cancelled by you" in said(browser.get("/wallet/transfer/later/"))


def test_what_failed_when_it_was_due_says_why_and_what_is_past_is_refused() -> None:
    lin, wang = lin_with(), a_payer(0, name="王明", phone="139 0000 1111")
    browser = at_the_door(lin)
    past = f"{timezone.localtime(now() - timedelta(hours=1)):%Y-%m-%dT%H:%M}"
    answer = browser.get(f"/wallet/transfer/confirm/?to={quote(wang.number)}&amount=60&when={past}")
    assert answer.status_code == 422
    assert "Choose a moment that lies ahead" in said(answer)
    soon = f"{timezone.localtime(now() + timedelta(hours=2)):%Y-%m-%dT%H:%M}"
    wish = {"to": wang.number, "amount": "60", "note": "", "when": soon, "pin": PIN, "key": a_key()}
    browser.post("/wallet/transfer/confirm/", wish)
    (planned,) = scheduled_of(lin.id)
    browser.post("/wallet/me/freeze/")
    with at(planned.due_at):
        make_due_transfers()
    bill = said(browser.get(f"/wallet/bills/{planned.id}/"))
    assert "the money is still yours" in bill
    assert "frozen" in bill
    assert browser.post(f"/wallet/transfer/{planned.id}/cancel/", {"key": a_key()}).status_code == 302


def test_money_held_for_a_shop_stands_in_the_bills() -> None:
    lin, bakery = lin_with(), a_shop()
    held, browser = a_hold(lin, bakery, 80), at_the_door(lin)
    assert "Held, not charged yet" in said(browser.get("/wallet/bills/"))
    bill = said(browser.get(f"/wallet/bills/{held.id}/"))
    assert "The shop charges before" in bill
    assert at_the_door(lin_with()).get(f"/wallet/bills/{held.id}/").status_code == 404
    an_agreement(lin, bakery)
    assert browser.get("/wallet/me/").status_code == 200


def test_what_opens_the_wallet_without_a_pin_is_told_to_its_owner() -> None:
    lin, wang, bakery = lin_with(), a_payer(), a_shop()
    agreed, held = an_agreement(lin, bakery), a_hold(lin, bakery, 10)
    at_the_door(lin, proved=True).post("/wallet/me/keys/new/", A_KEY | {"key": a_key()})
    planned = a_later_transfer(lin, wang, 60)
    end_agreement(agreed.id, merchant_id=bakery.id)
    void(VoidIntent(a_key(), held.id, bakery.id))
    freeze_wallet(purse(lin).id, "debit", "stolen phone", "test")
    with at(planned.due_at):
        make_due_transfers()
        everybody_hears()
    told = {one.kind: (one.words["en"], one.more["en"]) for one in Notice.objects.filter(audience_id=lin.id)}
    assert told["agreement_accepted"][1].startswith("At most ¥50.00 each time, ¥100.00 a day")
    assert told["api_key_made"][0] == "A new API key, “My script”, was made"
    assert {"agreement_ended", "payment_held", "payment_freed", "transfer_failed"} <= told.keys()
    assert "frozen" in told["transfer_failed"][1]
