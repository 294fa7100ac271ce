"""Money back: how much, on whose word, and what both sides see."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from tests.factories.money import (
    a_key,
    a_payer,
    a_payment,
    a_shop,
    an_order,
    books_are_true,
    has,
    pay,
    purse,
    the_payment,
    to_pay,
    yuan,
)
from tests.factories.trust import an_employee
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyBodyDiffers
from walletdesk.money.ledger.public import Entry, Line, post_many, set_freeze, system_account
from walletdesk.money.merchants.public import shop_balance
from walletdesk.money.payments.public import PaymentNotFound, PaymentView, activity, payment
from walletdesk.money.refunds import errors
from walletdesk.money.refunds.models import Refund
from walletdesk.money.refunds.public import (
    Refunded,
    RefundIntent,
    RefundRefused,
    preview_refund,
    refund,
    refund_many,
    refund_of_approval,
    refund_once,
    refunds_of,
)
from walletdesk.money.wallets.public import WalletIsFrozen, freeze_wallet
from walletdesk.trust.approvals.public import approve, propose

pytestmark = pytest.mark.django_db


def back(paid: PaymentView, amount: str | int = "38.00", key: str = "", reason: str = "算错了") -> Refunded:
    """The shop gives back by itself."""
    return refund_once(RefundIntent(key or a_key(), paid.id, yuan(amount).minor, "merchant", None, reason))


def approved(paid: PaymentView, minor: int, *, decided: bool = True) -> UUID:
    maker, checker = an_employee("agent", "care"), an_employee("finance_officer", "finance")
    payload = {"payment_id": str(paid.id), "amount_minor": minor}
    made = propose("refund", str(paid.id), payload, maker.id, None, paid.customer_id)
    if decided:
        approve(made.id, checker.id, made.payload_hash)
    return made.id


def by_approval(paid: PaymentView, minor: int, approval: UUID | None, key: str = "") -> Refunded:
    return refund_once(RefundIntent(key or a_key(), paid.id, minor, "approval", approval, "charged twice"))


def test_everything_goes_back_and_both_link_to_each_other() -> None:
    anna, shop = a_payer(100), a_shop()
    paid = a_payment(anna, shop)
    made = back(paid)
    assert has(anna) == "100.00"
    balance = shop_balance(shop.id)
    assert balance is not None
    assert balance.posted.minor == 0, "price and fee are both undone"
    after = the_payment(paid.id)
    assert (after.state, after.refunds[0].refund_id, after.refunds[0].number) == (
        "refunded",
        made.refund_id,
        made.number,
    )
    found = refund(made.refund_id)
    assert found is not None
    assert (found.payment_id, refunds_of([paid.id])) == (paid.id, [found])
    assert made.number.startswith("R ")
    assert books_are_true()


def test_the_customer_sees_it_in_the_bills() -> None:
    anna = a_payer(100)
    paid = a_payment(anna)
    back(paid, "8.00")
    newest, purchase = activity(anna.id).rows[:2]
    assert (newest.kind, newest.amount.plain, newest.payment_id, newest.note) == ("refund", "8.00", paid.id, "算错了")
    assert (purchase.kind, purchase.state) == ("payment", "partly_refunded")


def test_parts_add_up_to_the_whole_with_the_fee() -> None:
    anna, shop = a_payer(100), a_shop()
    paid = a_payment(anna, shop, "10.00")
    for part in ("3.33", "3.33", "3.34"):
        back(paid, part)
    after = the_payment(paid.id)
    assert (after.refunded, after.fee_returned, after.state) == (paid.amount, paid.fee, "refunded")
    with pytest.raises(errors.RefundExceedsPayment) as too_much:
        back(paid, "0.01")
    assert too_much.value.fields["left"] == yuan(0)
    assert has(anna) == "100.00"
    assert books_are_true()


def test_what_stands_in_the_way() -> None:
    paid = a_payment()
    made = back(paid, "1.00")
    expect(errors.RefundOfRefund, made.refund_id, 100)
    expect(PaymentNotFound, uuid7(), 100)
    expect(errors.RefundNotPositive, paid.id, 0)
    expect(errors.RefundNotPositive, paid.id, -5)
    expect(errors.RefundExceedsPayment, paid.id, 3701)


def expect(refusal: type[Refusal], payment_id: UUID, minor: int) -> None:
    with pytest.raises(refusal):
        refund_once(RefundIntent(a_key(), payment_id, minor, "merchant"))


def test_one_key_is_one_refund() -> None:
    paid = a_payment()
    first, again = back(paid, 1, key="k"), back(paid, 1, key="k")
    assert (again.replayed, again.body) == (True, first.body)
    with pytest.raises(KeyBodyDiffers):
        back(paid, 2, key="k")
    assert the_payment(paid.id).refunded == yuan(1)


def test_a_shop_whose_account_is_empty_cannot_cover_it() -> None:
    anna, shop = a_payer(100), a_shop()
    paid = a_payment(anna, shop)
    empty(shop.ledger_account, paid.amount.minor - paid.fee.minor)
    seen = preview_refund(paid.id, paid.amount)
    assert not seen.possible
    assert [check.ok for check in seen.checks] == [True, True, True, True, False]
    with pytest.raises(errors.MerchantCannotCover) as refused:
        back(paid)
    assert "not made" in type(refused.value).money.en
    assert has(anna) == "62.00"


def empty(account: int, minor: int) -> None:
    """A payout, as far as the books see it."""
    payout = Entry(uuid7(), "payout", a_key(), (Line(account, system_account("bank_clearing", "CNY"), minor),))
    post_many([payout])


def test_a_frozen_shop_does_not_pay_out() -> None:
    shop = a_shop()
    paid = a_payment(None, shop)
    set_freeze([shop.ledger_account], "debit")
    with pytest.raises(errors.MerchantFrozen):
        back(paid)


def test_a_frozen_customer_receives_unless_nothing_may_come_in() -> None:
    anna = a_payer(100)
    paid = a_payment(anna)
    freeze_wallet(purse(anna).id, "debit", "lost phone", "customer")
    back(paid, 1)
    freeze_wallet(purse(anna).id, "full", "checked", "risk")
    with pytest.raises(WalletIsFrozen):
        back(paid, 1)
    assert purse(anna).posted == yuan(63)


def test_the_preview_is_exactly_what_the_books_then_do() -> None:
    anna, shop = a_payer(100), a_shop()
    paid = a_payment(anna, shop)
    seen = preview_refund(paid.id, yuan("19.00"))
    assert seen.possible
    assert [line.amount.plain for line in seen.lines] == ["0.12", "19.00"]
    assert (seen.customer.before.plain, seen.customer.after.plain) == ("62.00", "81.00")
    back(paid, "19.00")
    balance = shop_balance(shop.id)
    assert balance is not None
    assert (balance.available, purse(anna).available) == (seen.merchant.after, seen.customer.after)
    with pytest.raises(PaymentNotFound):
        preview_refund(uuid7(), yuan(1))


def test_an_approval_moves_money_once_and_only_as_it_says() -> None:
    paid = a_payment()
    approval = approved(paid, 3800)
    with pytest.raises(errors.ApprovalNotGiven):
        by_approval(paid, 3700, approval)
    with pytest.raises(errors.ApprovalNotGiven):
        by_approval(a_payment(), 3800, approval)
    made = by_approval(paid, 3800, approval)
    with pytest.raises(errors.ApprovalUsed):
        by_approval(paid, 3800, approval)
    found = refund_of_approval(approval)
    assert found is not None
    assert found.id == made.refund_id
    assert books_are_true()


def test_without_an_approval_there_is_no_refund_by_the_desk() -> None:
    paid = a_payment()
    for wrong in (None, uuid7(), approved(paid, 3800, decided=False)):
        with pytest.raises(errors.ApprovalNotGiven):
            by_approval(paid, 3800, wrong)
    with pytest.raises(errors.ApprovalNotGiven):
        refund_once(RefundIntent(a_key(), paid.id, 1, "nobody"))
    assert payment(paid.id) == paid


def test_the_database_asks_for_the_approval_whoever_writes() -> None:
    paid = a_payment()
    unapproved = approved(paid, 3800, decided=False)
    with pytest.raises(DatabaseError, match="no approval"), transaction.atomic():
        Refund.objects.create(
            number="R x",
            payment_id=paid.id,
            amount_minor=3800,
            asset_code="CNY",
            fee_back_minor=0,
            entry_id=uuid7(),
            authority="approval",
            approval_id=unapproved,
            made_at=now(),
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Refund.objects.filter(payment_id=paid.id).update(amount_minor=1)


def test_a_batch_answers_each_and_two_parts_of_one_payment_follow_each_other() -> None:
    first, second = a_payment(), a_payment()
    wishes = [
        RefundIntent(a_key(), first.id, 3000, "merchant"),
        RefundIntent(a_key(), first.id, 3000, "merchant"),
        RefundIntent(a_key(), second.id, 3800, "merchant"),
        RefundIntent(a_key(), first.id, 800, "merchant"),
    ]
    said = [r.refusal.code if isinstance(r, RefundRefused) else "back" for r in refund_many(wishes)]
    assert said == ["back", "refund_exceeds_payment", "back", "back"]
    assert books_are_true()


def test_a_refund_of_a_purchase_from_a_shop_that_has_only_this() -> None:
    anna, shop = a_payer(100), a_shop()
    paid = the_payment(pay(to_pay(anna, an_order(shop, "0.05"))))
    back(paid, "0.05")
    assert has(anna) == "100.00"


def test_a_shops_key_refunds_its_own_payments_alone_under_its_own_keys() -> None:
    lin, bakery, books = a_payer(200), a_shop(), a_shop("书店", "Books")
    first, second = a_payment(lin, bakery), a_payment(lin, bakery)
    for wish in (
        RefundIntent(a_key(), first.id, 100, "merchant", merchant_id=books.id),
        RefundIntent(a_key(), first.id, 100, "approval", uuid7(), merchant_id=books.id),
    ):
        with pytest.raises(PaymentNotFound):
            refund_once(wish)
    with pytest.raises(errors.ApprovalNotGiven):
        refund_once(RefundIntent(a_key(), first.id, 100, "approval", uuid7(), merchant_id=bakery.id))
    done = refund_once(RefundIntent("one", first.id, 100, "merchant", merchant_id=bakery.id))
    assert refund_once(RefundIntent("one", first.id, 100, "merchant", merchant_id=bakery.id)).replayed
    with pytest.raises(KeyBodyDiffers):
        refund_once(RefundIntent("one", second.id, 100, "merchant", merchant_id=bakery.id))
    assert done.body["amount_minor"] == 100
    assert books_are_true()
