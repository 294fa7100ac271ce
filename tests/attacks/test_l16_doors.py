"""L16 at the doors: a frozen wallet pays by no page, and every page says the same code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.money import a_key, a_payer, a_shop, an_order, bank_is, books_are_true, has, purse
from tests.factories.trust import PIN
from tests.factories.wallet_phone import phone_of
from tests.fakes.bank import FakeBank
from walletdesk.money.wallets.public import freeze_wallet
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


def by_scanning(phone: Client) -> Any:
    order = an_order(a_shop(), 1)
    sheet = phone.post("/wallet/scan/", {"code": order.code})
    return phone.post(sheet.headers["Location"], {"pin": PIN, "key": a_key()})


def by_order(phone: Client) -> Any:
    return phone.post(f"/wallet/pay/{an_order(a_shop(), 1).id}/", {"pin": PIN, "key": a_key()})


def to_a_person(phone: Client) -> Any:
    form = {"to": a_payer(name="王明").number, "amount": "1.00", "note": "", "pin": PIN, "key": a_key()}
    return phone.post("/wallet/transfer/confirm/", form)


def from_the_bank(phone: Client) -> Any:
    with bank_is(FakeBank()):
        return phone.post("/wallet/top-up/", {"amount": "10.00", "bank": "linjiang", "key": a_key()})


@pytest.mark.parametrize("mode", ["debit", "full"])
@pytest.mark.parametrize("door", [by_scanning, by_order, to_a_person, from_the_bank])
def test_l16_every_page_refuses_with_the_same_code(door: Callable[[Client], Any], mode: str) -> None:
    if door is from_the_bank and mode == "debit":
        return  # money may still come in
    anna: CustomerView = a_payer(100, pin=PIN)
    phone = phone_of(anna)
    freeze_wallet(purse(anna).id, mode, "手机丢了", "customer")  # type: ignore[arg-type]
    answer = door(phone)
    assert answer.status_code in (403, 409, 423)
    assert re.search(r"\bwallet_frozen\b", answer.content.decode())
    assert has(anna) == "100.00"
    assert books_are_true()
