"""Reads about refunds, and the sheet that shows what one would do before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.public import MerchantView, merchant
from walletdesk.money.payments.public import PaymentNotFound, PaymentView, payment, payments
from walletdesk.money.refunds import rules
from walletdesk.money.refunds.models import Refund
from walletdesk.money.wallets.public import WalletView, wallet


@dataclass(frozen=True, slots=True)
class RefundView:
    id: UUID
    number: str
    payment_id: UUID
    amount: Amount
    fee_back: Amount
    entry_id: UUID
    authority: str
    approval_id: UUID | None
    reason: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What one line of the books will do."""

    from_label: Words
    to_label: Words
    amount: Amount


@dataclass(frozen=True, slots=True)
class PreviewBalance:
    label: Words
    before: Amount
    after: Amount


@dataclass(frozen=True, slots=True)
class PreviewCheck:
    words: Words
    ok: bool


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """Exactly what the books would do now. ``possible`` when every check is good; nothing is promised by looking."""

    payment: PaymentView
    amount: Amount
    lines: tuple[PreviewLine, ...]
    customer: PreviewBalance
    merchant: PreviewBalance
    fee_back: Amount
    checks: tuple[PreviewCheck, ...]

    @property
    def possible(self) -> bool:
        return all(check.ok for check in self.checks)


def paid_so_far(paid: PaymentView) -> rules.PaidSoFar:
    return rules.PaidSoFar(paid.amount.minor, paid.fee.minor, paid.refunded.minor, paid.fee_returned.minor)


def preview_refund(payment_id: UUID, amount: Amount) -> RefundPreview:
    """What a refund of ``amount`` would do now. Refuses a payment that does not exist (``PaymentNotFound``); everything
    else that stands in the way is a check that is not good.
    """
    paid = payment(payment_id)
    if paid is None:
        raise PaymentNotFound()
    shop, into = merchant(paid.merchant_id), wallet(paid.wallet_id)
    if shop is None or into is None:
        raise PaymentNotFound()
    within = 0 < amount.minor <= paid.left.minor and amount.asset == paid.amount.asset
    fee = rules.fee_share(paid_so_far(paid), amount.minor) if within else 0
    fee_back = Amount(fee, paid.amount.asset)
    has = ledger.balances([shop.ledger_account])[shop.ledger_account]
    before = Amount(has.available, paid.amount.asset)
    purse = Words("客户钱包", "Customer’s wallet")
    lines = [PreviewLine(shop.name, purse, amount)]
    if fee:
        lines.insert(0, PreviewLine(Words("手续费收入", "Fee income"), shop.name, fee_back))
    return RefundPreview(
        payment=paid,
        amount=amount,
        lines=tuple(lines),
        customer=PreviewBalance(purse, into.available, _sum(into.available, amount)),
        merchant=PreviewBalance(shop.name, before, _sum(before, fee_back, -amount)),
        fee_back=fee_back,
        checks=_checks(paid, amount, shop, into, has, fee, within=within),
    )


def _sum(first: Amount, *others: Amount) -> Amount:
    """The sum, where all are of one asset; else as it was (a check says why)."""
    return Amount(first.minor + sum(o.minor for o in others if o.asset == first.asset), first.asset)


def _checks(
    paid: PaymentView,
    amount: Amount,
    shop: MerchantView,
    into: WalletView,
    has: ledger.Balance,
    fee: int,
    *,
    within: bool,
) -> tuple[PreviewCheck, ...]:
    left = paid.left
    return (
        PreviewCheck(Words(f"不超过还能退的 {left}", f"No more than the {left} that can still go back"), within),
        PreviewCheck(
            Words("退回原来付款的钱包", "Goes back to the wallet that paid"), into.customer_id == paid.customer_id
        ),
        PreviewCheck(Words("客户的钱包可以收钱", "The wallet can receive"), into.freeze in ("none", "debit")),
        PreviewCheck(
            Words(f"{shop.name_zh} 可以付出", f"{shop.name_en} can pay out"), has.freeze in ("none", "credit")
        ),
        PreviewCheck(
            Words(f"{shop.name_zh} 账上够退", f"{shop.name_en} has enough"), has.available + fee >= amount.minor
        ),
    )


def _view(row: Refund, paid: PaymentView) -> RefundView:
    return RefundView(
        id=row.id,
        number=row.number,
        payment_id=row.payment_id,
        amount=Amount(row.amount_minor, paid.amount.asset),
        fee_back=Amount(row.fee_back_minor, paid.amount.asset),
        entry_id=row.entry_id,
        authority=row.authority,
        approval_id=row.approval_id,
        reason=row.reason,
        made_at=row.made_at,
    )


def refunds_of(payment_ids: Iterable[UUID]) -> list[RefundView]:
    """All refunds of these payments, the oldest first."""
    rows = list(Refund.objects.filter(payment_id__in=set(payment_ids)).order_by("made_at", "id"))
    paid = payments({row.payment_id for row in rows})
    return [_view(row, paid[row.payment_id]) for row in rows]


def refund(refund_id: UUID) -> RefundView | None:
    row = Refund.objects.filter(id=refund_id).first()
    return _view(row, payments([row.payment_id])[row.payment_id]) if row else None


def refund_of_approval(approval_id: UUID) -> RefundView | None:
    """The refund that an approval made, if it made one."""
    row = Refund.objects.filter(approval_id=approval_id).first()
    return _view(row, payments([row.payment_id])[row.payment_id]) if row else None
