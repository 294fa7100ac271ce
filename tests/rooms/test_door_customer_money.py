"""Paying by phone: scan, see, confirm, and be told the truth whatever happens to the money."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories.money import a_key, a_payer, a_shop, an_order, bank_is, has
from tests.factories.trust import PIN
from tests.factories.wallet_phone import pay_by_phone, phone_of, text_of
from tests.fakes.bank import FakeBank
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import cancel_order, order
from walletdesk.money.wallets.public import freeze_wallet, wallets_of
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
WRONG_PIN = "907218"
NOBODYS = uuid.UUID(int=7)


@pytest.fixture
def lin() -> CustomerView:
    """Lin Xiaoyu with 1,000.00 and a PIN."""
    return a_payer(1000, pin=PIN, email="lin@example.com")


@pytest.fixture
def zhou() -> CustomerView:
    return a_payer(200, name="周明", phone="139 0000 1111", pin=PIN, email="zhou@example.com")


@pytest.fixture
def shop() -> MerchantView:
    return a_shop("青禾面包", "Qinghe Bakery")


@pytest.fixture
def phone(lin: CustomerView) -> Client:
    return phone_of(lin)


# -- scan and pay -----------------------------------------------------------------------------------------------------


def test_scan_see_pay_and_get_a_receipt(phone: Client, lin: CustomerView, shop: MerchantView) -> None:
    asked = an_order(shop, "38.00", "QH-1")
    sheet = phone.post("/wallet/scan/", {"code": asked.code}).headers["Location"]
    assert sheet == f"/wallet/pay/{asked.id}/"
    shown = text_of(phone.get(sheet))
    assert "Qinghe Bakery" in shown and "You pay¥38.00" in shown and "Balance afterwards ¥962.00" in shown
    answer = pay_by_phone(phone, asked.id)
    receipt = text_of(phone.get(answer.headers["Location"]))
    assert "PAID" in receipt and "¥38.00" in receipt and "QH-1" in receipt
    assert has(lin) == "962.00"


def test_the_same_key_pays_once_however_often_it_is_sent(phone: Client, lin: CustomerView, shop: MerchantView) -> None:
    asked, key = an_order(shop, "38.00"), a_key()
    receipts = {pay_by_phone(phone, asked.id, key=key).headers["Location"] for _ in range(3)}
    assert len(receipts) == 1 and has(lin) == "962.00"


def test_a_wrong_pin_keeps_the_key_and_says_how_many_tries_are_left(phone: Client, shop: MerchantView) -> None:
    asked, key = an_order(shop, "38.00"), str(uuid.uuid4())
    answer = pay_by_phone(phone, asked.id, WRONG_PIN, key)
    assert answer.status_code == 403
    assert "Tries left: 4" in text_of(answer)
    assert f'value="{key}" data-key data-kept' in answer.content.decode()
    assert WRONG_PIN not in answer.content.decode()


def test_trying_again_leads_back_with_the_same_key(phone: Client, shop: MerchantView) -> None:
    asked, key = an_order(shop, "38.00"), str(uuid.uuid4())
    assert f'value="{key}" data-key data-kept' in phone.get(f"/wallet/pay/{asked.id}/?key={key}").content.decode()
    paid = pay_by_phone(phone, asked.id, key=key).headers["Location"]
    assert phone.get(f"/wallet/pay/{asked.id}/?key={key}").headers["Location"] == paid


def test_the_fifth_wrong_pin_locks_and_the_page_says_until_when(
    phone: Client, lin: CustomerView, shop: MerchantView
) -> None:
    asked = an_order(shop, "38.00")
    answers = [pay_by_phone(phone, asked.id, WRONG_PIN) for _ in range(5)]
    assert answers[-1].status_code == 429
    assert "Try again at" in text_of(answers[-1]) and "/contact/" in answers[-1].content.decode()
    assert pay_by_phone(phone, asked.id, PIN).status_code == 429
    assert has(lin) == "1000.00"


def _cancelled(asked: Any, lin: CustomerView) -> None:
    cancel_order(asked.id, asked.merchant_id)


def _frozen(asked: Any, lin: CustomerView) -> None:
    freeze_wallet(wallets_of(lin.id)[0].id, "debit", "odd sign-in", "system")


@pytest.mark.parametrize(
    ("amount", "trouble", "code", "next_address"),
    [
        ("4000.00", None, "not_enough_money", "/wallet/top-up/"),
        ("38.00", _cancelled, "order_cancelled", "/wallet/scan/"),
        ("38.00", _frozen, "wallet_frozen", "/wallet/me/freeze/"),
    ],
)
def test_a_refused_payment_says_where_the_money_is_and_the_one_next_step(
    phone: Client,
    lin: CustomerView,
    shop: MerchantView,
    amount: str,
    trouble: Callable | None,
    code: str,
    next_address: str,
) -> None:
    asked = an_order(shop, amount)
    if trouble:
        trouble(asked, lin)
    answer = pay_by_phone(phone, asked.id)
    page, markup = text_of(answer), answer.content.decode()
    assert answer.status_code == 409
    assert "Your money is still in your account" in page and "Untouched" in page
    assert code in page and f'class="btn btn-go btn-wide" href="{next_address}' in markup
    assert markup.count('<li class="no">') == 1
    assert has(lin) == "1000.00"


def test_a_code_that_waited_too_long_is_not_paid(phone: Client, lin: CustomerView, shop: MerchantView) -> None:
    with at(now() - timedelta(minutes=6)):
        asked = an_order(shop, "38.00")
    for answer in (phone.get(f"/wallet/pay/{asked.id}/"), pay_by_phone(phone, asked.id)):
        assert answer.status_code == 409 and "order_expired" in text_of(answer)
    assert has(lin) == "1000.00"


def test_an_order_that_is_paid_leads_its_payer_to_the_receipt(phone: Client, shop: MerchantView) -> None:
    asked = an_order(shop, "38.00")
    pay_by_phone(phone, asked.id)
    again = pay_by_phone(phone, asked.id)
    assert again.status_code == 409 and "paid already" in text_of(again)
    paid = order(asked.id)
    assert paid is not None and f"/wallet/bills/{paid.payment_id}/" in again.content.decode()


def test_a_sheet_that_is_over_says_nothing_about_a_pin_nobody_typed(phone: Client, shop: MerchantView) -> None:
    asked = an_order(shop, "38.00")
    cancel_order(asked.id, shop.id)
    page = phone.get(f"/wallet/pay/{asked.id}/")
    assert page.status_code == 409
    assert re.search(r'<li class="later">.{0,120}Your PIN', page.content.decode(), re.S)


def test_paying_without_a_pin_leads_to_setting_one(shop: MerchantView) -> None:
    newcomer = phone_of(a_payer(100))
    asked = an_order(shop, "38.00")
    assert f"/wallet/me/pin/?next=/wallet/pay/{asked.id}/" in newcomer.get(f"/wallet/pay/{asked.id}/").content.decode()
    assert pay_by_phone(newcomer, asked.id).status_code == 409


@pytest.mark.parametrize(
    "noise", ["hello", "", "000201" + "9" * 900, "<script>alert(1)</script>", "https://evil.example/"]
)
def test_a_code_that_is_none_is_refused_and_stays_in_the_field(phone: Client, noise: str) -> None:
    answer = phone.post("/wallet/scan/", {"code": noise})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert "nothing" in text_of(answer).lower() or "Your money" in text_of(answer)


def test_an_order_that_does_not_exist_is_404(phone: Client) -> None:
    assert phone.get(f"/wallet/pay/{NOBODYS}/").status_code == 404


# -- top up -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bank", "words", "balance"),
    [
        (FakeBank(), "Arrived", "1100.00"),
        (FakeBank(decline="insufficient_funds"), "Declined by the bank", "1000.00"),
        (FakeBank(lose_answer=True), "Not known yet", "1000.00"),
        (FakeBank(down=True), "Not sent", "1000.00"),
    ],
)
def test_a_top_up_is_shown_as_it_is(phone: Client, lin: CustomerView, bank: FakeBank, words: str, balance: str) -> None:
    with bank_is(bank):
        answer = phone.post("/wallet/top-up/", {"amount": "100", "bank": "linjiang", "key": a_key()})
    assert words in text_of(phone.get(answer.headers["Location"]))
    assert has(lin) == balance


def test_a_top_up_under_the_same_key_is_asked_of_the_bank_once(phone: Client, lin: CustomerView) -> None:
    key = a_key()
    with bank_is(FakeBank()) as bank:
        for _ in range(3):
            phone.post("/wallet/top-up/", {"amount": "100", "bank": "linjiang", "key": key})
    assert len(bank.asked) == 1 and has(lin) == "1100.00"


@pytest.mark.parametrize(
    "amount", ["-5", "0", "1,5", "1e3", "NaN", "0.001", "９９", "99999999999999999999", "", "1'--"]
)
def test_an_odd_amount_is_said_to_be_odd_and_stays(phone: Client, amount: str) -> None:
    """L10 at the door."""
    for address, more in (("/wallet/top-up/", {"bank": "linjiang"}), ("/wallet/transfer/confirm/", {"to": "x@y.zz"})):
        answer = phone.post(address, {"amount": amount, "key": a_key(), **more})
        assert answer.status_code == 422
        assert not amount or f'value="{amount}"'.replace("'", "&#x27;") in answer.content.decode()


# -- transfer ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["zhou@example.com", "139 0000 1111", "number"])
def test_money_goes_to_whom_the_masked_name_showed(
    phone: Client, lin: CustomerView, zhou: CustomerView, address: str
) -> None:
    to = zhou.number if address == "number" else address
    sheet = phone.get("/wallet/transfer/confirm/", {"to": to, "amount": "88", "note": "lunch"})
    assert zhou.masked_name in text_of(sheet) and zhou.name not in text_of(sheet)
    sent = phone.post(
        "/wallet/transfer/confirm/", {"to": to, "amount": "88", "note": "lunch", "pin": PIN, "key": a_key()}
    )
    assert "¥88.00" in text_of(phone.get(sent.headers["Location"]))
    assert (has(lin), has(zhou)) == ("912.00", "288.00")


def test_money_goes_to_nobody_unknown_and_not_to_oneself(phone: Client, lin: CustomerView) -> None:
    unknown = phone.get("/wallet/transfer/confirm/", {"to": "nobody@example.com", "amount": "88"})
    own = phone.get("/wallet/transfer/confirm/", {"to": lin.number, "amount": "88"})
    assert unknown.status_code == 404 and "no such person" in text_of(unknown)
    assert own.status_code == 422 and "yourself" in text_of(own)
    assert 'value="nobody@example.com"' in unknown.content.decode()
