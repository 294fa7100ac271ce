"""L16: a frozen payer pays by no path, and every path says the same. R21: a freeze against fifty payments (I10)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import (
    a_key,
    a_payer,
    a_payment,
    a_shop,
    an_order,
    bank_is,
    books_are_true,
    has,
    pay,
    proof_of,
    purse,
    to_pay,
    yuan,
)
from tests.fakes.bank import FakeBank
from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.public import Paid, PayIntent, Refused, pay_many, read_code, start_top_up, transfer
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.money.wallets.public import WalletIsFrozen, freeze_wallet
from walletdesk.trust.customers.public import CustomerView

PATHS: dict[str, Callable[[CustomerView], object]] = {
    "by code": lambda anna: pay(
        PayIntent(a_key(), anna.id, read_code(an_order(a_shop(), 1).code).id, proof_of(anna.id))
    ),
    "by order": lambda anna: pay(to_pay(anna, an_order(a_shop(), 1))),
    "in a batch": lambda anna: _raised(pay_many([to_pay(anna, an_order(a_shop(), 1))])[0]),
    "more than there is": lambda anna: pay(to_pay(anna, an_order(a_shop(), 10_000))),
    "to a person": lambda anna: transfer(a_key(), anna.id, a_payer().id, yuan(1), "", proof_of(anna.id)),
    "from the bank": lambda anna: _from_the_bank(anna),
}


def _raised(result: object) -> None:
    assert isinstance(result, Refused)
    raise result.refusal


def _from_the_bank(anna: CustomerView) -> object:
    with bank_is(FakeBank()):
        return start_top_up(a_key(), anna.id, yuan(1))


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_l16_every_path_is_refused_with_the_same_code(path: str) -> None:
    anna = a_payer(100)
    freeze_wallet(purse(anna).id, "full", "手机丢了", "customer")
    with pytest.raises(WalletIsFrozen) as refused:
        PATHS[path](anna)
    assert refused.value.code == "wallet_frozen"
    assert has(anna) == "100.00"
    assert books_are_true()


@pytest.mark.django_db
def test_l16_the_refund_path_too() -> None:
    anna = a_payer(100)
    paid = a_payment(anna)
    freeze_wallet(purse(anna).id, "full", "手机丢了", "customer")
    with pytest.raises(WalletIsFrozen) as refused:
        refund_once(RefundIntent(a_key(), paid.id, 100, "merchant"))
    assert refused.value.code == "wallet_frozen"


@pytest.mark.parametrize("time", range(5))
def test_r21_after_the_freeze_nothing_goes_out(fresh_database: FreshDatabase, time: int) -> None:
    anna, shop = a_payer(1000), a_shop()
    wishes = [to_pay(anna, an_order(shop, 1)) for _ in range(50)]

    def freeze() -> str:
        freeze_wallet(purse(anna).id, "debit", "手机丢了", "customer")
        return f"{has(anna)}"

    *answers, left_at_freeze = fresh_database.at_once(*[lambda wish=wish: pay(wish) for wish in wishes], freeze)
    assert all(isinstance(answer, Paid | WalletIsFrozen) for answer in answers), answers
    paid = sum(isinstance(answer, Paid) for answer in answers)
    assert has(anna) == left_at_freeze == f"{1000 - paid}.00"
    with pytest.raises(Refusal):
        pay(to_pay(anna, an_order(shop, 1)))
    assert books_are_true()
