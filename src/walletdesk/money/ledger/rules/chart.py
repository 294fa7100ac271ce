"""The chart of accounts.

    1xxx  assets        what the house owns            normal side: debit
    2xxx  liabilities   what the house owes others     normal side: credit
    3xxx  equity        what the house put in          normal side: credit
    4xxx  income        what the house earned          normal side: credit
    5xxx  expenses      what the house gave away       normal side: debit

A customer's wallet is a liability: a *debit* takes money out of it, a *credit* puts money in. ``protected`` kinds may
never go below zero (minus an overdraft agreed for one account); the house's own accounts may stand on either side.
"""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words


@dataclass(frozen=True, slots=True)
class AccountKind:
    """One line of the chart. ``number`` orders it; ``name`` is what code says."""

    number: int
    name: str
    credit_normal: bool
    protected: bool
    words: Words


CHART = (
    AccountKind(1101, "bank_clearing", False, False, Words("银行清算", "Bank clearing")),
    AccountKind(1102, "topup_clearing", False, False, Words("充值清算", "Top-up clearing")),
    AccountKind(2101, "customer_wallet", True, True, Words("客户钱包", "Customer wallets")),
    AccountKind(2201, "merchant_settlement", True, True, Words("商户结算", "Merchant settlement")),
    AccountKind(2901, "suspense", True, False, Words("待查", "Suspense")),
    AccountKind(3901, "play_money", True, False, Words("测试用钱", "Play money")),
    AccountKind(4001, "fee_income", True, False, Words("手续费收入", "Fee income")),
    AccountKind(5001, "refund_loss", False, False, Words("退款损失", "Refund losses")),
    AccountKind(5002, "goodwill", False, False, Words("客户补偿", "Goodwill to customers")),
)
