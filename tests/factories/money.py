"""Builders for the money wing, made through the rooms' own verbs: people with money, shops, orders, payments.

A bank stands behind every top-up; here it is the fake that ``tests/contracts`` holds to the real one's promises.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tests.factories.foundation import a_user
from tests.factories.trust import a_customer
from tests.fakes.bank import FakeBank
from walletdesk.foundation.amount.public import CNY, Amount, Asset
from walletdesk.foundation.clock.public import now
from walletdesk.money.ledger.public import check_books
from walletdesk.money.merchants.public import MerchantView, sign_up_merchant
from walletdesk.money.payments import ports
from walletdesk.money.payments.public import (
    OrderView,
    Paid,
    PayIntent,
    PaymentView,
    create_order,
    pay,
    payment,
    start_top_up,
    use_bank,
)
from walletdesk.money.wallets.public import WalletView, open_wallet, wallets_for
from walletdesk.trust.customers.public import CustomerView, PinProof

_keys = itertools.count(1)


def a_key() -> str:
    """A fresh idempotency key, as a phone would make one."""
    return f"test-{next(_keys)}"


def yuan(figure: str | int | float) -> Amount:
    """``yuan("38.50")``: an amount in CNY; whole numbers are yuan."""
    whole, _, decimals = str(figure).partition(".")
    return Amount(int(whole) * 100 + int(decimals.ljust(2, "0") or 0), CNY)


@contextmanager
def bank_is(bank: Any) -> Iterator[Any]:
    """For a while, this is the bank."""
    before = list(ports._joined)
    use_bank(bank)
    try:
        yield bank
    finally:
        ports._joined[:] = before


def proof_of(customer_id: UUID) -> PinProof:
    """The PIN was entered just now. What a wrong PIN does is tested with the customers' room."""
    return PinProof(customer_id, now())


def a_payer(balance: str | int = 0, *, asset: Asset = CNY, name: str = "林小雨", **customer: Any) -> CustomerView:
    """A customer with a wallet and money in it, topped up from a bank."""
    made = a_customer(name, **customer)
    open_wallet(made.id, asset.code)
    sum_ = Amount(yuan(balance).minor, asset)
    if sum_.minor:
        top_up(made.id, sum_)
    return made


def top_up(customer_id: UUID, amount: Amount) -> None:
    with bank_is(FakeBank()):
        assert start_top_up(a_key(), customer_id, amount).state == "done"


def a_shop(
    name_zh: str = "青禾面包房", name_en: str = "Qinghe Bakery", category: str = "bakery", **more: Any
) -> MerchantView:
    return sign_up_merchant(more.pop("user_id", None) or a_user().id, name_zh, name_en, category, **more)


def an_order(
    shop: MerchantView, amount: str | int | Amount = "38.00", reference: str = "", note: str = ""
) -> OrderView:
    asked = amount if isinstance(amount, Amount) else yuan(amount)
    return create_order(shop.id, None, None, asked, reference, note)


def to_pay(payer: CustomerView | UUID, order: OrderView, key: str = "", **more: Any) -> PayIntent:
    payer_id = payer if isinstance(payer, UUID) else payer.id
    return PayIntent(key or a_key(), payer_id, order.id, more.pop("proof", None) or proof_of(payer_id), **more)


def a_payment(
    payer: CustomerView | None = None,
    shop: MerchantView | None = None,
    amount: str | int = "38.00",
    reference: str = "",
) -> PaymentView:
    """A payment that went through."""
    shop = shop or a_shop()
    payer = payer or a_payer(1000)
    paid = pay(to_pay(payer, an_order(shop, amount, reference)))
    return the_payment(paid)


def the_payment(paid: Paid | UUID) -> PaymentView:
    found = payment(paid if isinstance(paid, UUID) else paid.payment_id)
    assert found is not None
    return found


def purse(customer: CustomerView | UUID, asset_code: str = "CNY") -> WalletView:
    customer_id = customer if isinstance(customer, UUID) else customer.id
    return wallets_for([customer_id], asset_code)[customer_id]


def has(customer: CustomerView | UUID) -> str:
    """What is available in somebody's wallet, as plain figures: ``62.00``."""
    return purse(customer).available.plain


def books_are_true() -> bool:
    """Every invariant, now; fails with the first wrong record."""
    report = check_books()
    assert report.true, report.first_wrong
    return True
