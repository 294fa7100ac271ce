"""Builders for limits: sheets of a test's own, people at a limit, and what is left."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.factories.money import a_key, a_payer, an_order, bank_is, proof_of, to_pay, yuan
from tests.factories.trust import of_tier
from tests.fakes.bank import FakeBank
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import set_value
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import Paid, Transferred, pay, start_top_up, transfer
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.money.wallets.public import LimitLine, limits_of
from walletdesk.trust.customers.public import CustomerView, customers


def sheet_for(tier: int, figures: dict[str, str | int], valid_from: datetime | None = None) -> None:
    """``sheet_for(4, {"out.day": "50", "balance": "80"})``: from now on these, in yuan, are the only figures of a tier."""
    minor = {name: yuan(figure).minor for name, figure in figures.items()}
    set_value(f"limits.sheet.test.{tier}", {"CNY": minor}, valid_from=valid_from or now(), source="test")
    in_force = {str(one): [f"test.{one}" if one == tier else "ecny.1"] for one in (4, 3, 2, 1)}
    set_value("limits.in_force", in_force, valid_from=valid_from or now(), source="test")


def a_limited_payer(balance: str | int = 0, tier: int = 4, **more: Any) -> CustomerView:
    """Somebody of a tier with money that came before anybody asked for their tier."""
    made = a_payer(balance, **more)
    of_tier(made.id, tier)
    return customers([made.id])[made.id]


def line(customer: CustomerView | UUID, group: str, kind: str) -> LimitLine:
    view = limits_of(customer if isinstance(customer, UUID) else customer.id)
    assert view is not None
    found = view.line(group, kind)
    assert found is not None, (group, kind)
    return found


def left(customer: CustomerView | UUID, group: str = "out", kind: str = "day") -> str:
    """What is left, as plain figures; ``no limit`` where nothing limits."""
    amount: Amount | None = line(customer, group, kind).left
    return amount.plain if amount is not None else "no limit"


def used(customer: CustomerView | UUID, group: str = "out", kind: str = "day") -> str:
    amount = line(customer, group, kind).used
    assert amount is not None
    return amount.plain


def pays(who: CustomerView, shop: MerchantView, figure: str | int, **more: Any) -> Paid:
    return pay(to_pay(who, an_order(shop, figure), **more))


def sends(who: CustomerView, to: CustomerView, figure: str | int) -> Transferred:
    return transfer(a_key(), who.id, to.id, yuan(figure), "", proof_of(who.id))


def tops_up(who: CustomerView, figure: str | int, **bank: Any) -> str:
    with bank_is(FakeBank(**bank)):
        return start_top_up(a_key(), who.id, yuan(figure)).state


def refunds(paid: Paid, figure: str) -> None:
    refund_once(RefundIntent(a_key(), paid.payment_id, yuan(figure).minor, "merchant"))
