"""What the ledger will do, as the maker and the second person see it: lines, sum, before and after, what was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.refunds.public import PreviewBalance, RefundPreview, RefundView

MERCHANT = Words("商户待结算", "Merchant payable")
WALLET = Words("客户钱包", "Customer wallet")
FEE = Words("手续费，退还商户", "the fee, back to the shop")
FEE_INCOME = Words("手续费收入", "Fee income")
AVAILABLE = Words("可用", "available")
PAYABLE = Words("待结算", "payable")


@dataclass(frozen=True, slots=True)
class Side:
    """One account of a line: what kind it is, whose, its number in the chart."""

    words: Words
    whose: Words | str
    number: str


@dataclass(frozen=True, slots=True)
class Line:
    source: Side
    target: Side
    amount: Amount


@dataclass(frozen=True, slots=True)
class BalanceRow:
    words: Words
    before: Amount
    after: Amount
    rises: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """``seen`` stands for everything drawn here: when it differs at the next step, the books have moved meanwhile."""

    amount: Amount
    total: Amount
    lines: list[Line]
    balances: list[BalanceRow]
    checks: list[Any]
    blocked: bool
    seen: str


def draw(ledger: RefundPreview, checks: Iterable[Any], customer_name: str, blocked: bool = False) -> Drawn:
    lines = [
        Line(_side(line.from_label, ledger, customer_name), _side(line.to_label, ledger, customer_name), line.amount)
        for line in ledger.lines
    ]
    total = Amount(sum(line.amount.minor for line in lines), ledger.amount.asset)
    balances = [
        _balance(Words(f"{customer_name}，{AVAILABLE.zh}", f"{customer_name}, {AVAILABLE.en}"), ledger.customer),
        _balance(
            Words(f"{ledger.merchant.label.zh}，{PAYABLE.zh}", f"{ledger.merchant.label.en}, {PAYABLE.en}"),
            ledger.merchant,
        ),
    ]
    return Drawn(ledger.amount, total, lines, balances, list(checks), blocked, _seen(lines))


def posted(made: RefundView, shop: Words, customer_name: str) -> Drawn:
    """What the ledger did, of a refund that was made: no balances, since others have moved them since."""
    lines = (
        [Line(Side(FEE_INCOME, FEE, "4001"), Side(MERCHANT, shop, "2201"), made.fee_back)]
        if made.fee_back.minor
        else []
    )
    lines.append(Line(Side(MERCHANT, shop, "2201"), Side(WALLET, customer_name, "2101"), made.amount))
    total = Amount(sum(line.amount.minor for line in lines), made.amount.asset)
    return Drawn(made.amount, total, lines, [], [], False, _seen(lines))


def _side(label: Words, ledger: RefundPreview, customer_name: str) -> Side:
    if label == ledger.customer.label:
        return Side(WALLET, customer_name, "2101")
    if label == ledger.merchant.label:
        return Side(MERCHANT, label, "2201")
    return Side(label, FEE, "4001")


def _balance(words: Words, balance: PreviewBalance) -> BalanceRow:
    return BalanceRow(words, balance.before, balance.after, balance.before < balance.after)


def _seen(lines: list[Line]) -> str:
    text = ";".join(f"{line.source.number}>{line.target.number}:{line.amount.plain}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
