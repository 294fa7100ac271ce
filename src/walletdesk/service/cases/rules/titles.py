"""How a case is called, from its kind and the shop it concerns; and what is promised when it opens."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

WITH_SHOP = {
    "duplicate_charge": Words("{shop}扣了两次", "Charged twice, {shop}"),
    "payment_problem": Words("付给{shop}的款有问题", "Payment problem, {shop}"),
    "not_mine": Words("这笔不是我付的，{shop}", "I did not pay this, {shop}"),
    "refund_request": Words("向{shop}申请退款", "Refund asked for, {shop}"),
    "record_wrong": Words("账单记录不对，{shop}", "The record is wrong, {shop}"),
    "question": Words("关于{shop}的问题", "A question about {shop}"),
}
WITHOUT_SHOP = {
    "duplicate_charge": Words("扣了两次", "Charged twice"),
    "payment_problem": Words("付款有问题", "Payment problem"),
    "not_mine": Words("这笔不是我付的", "I did not pay this"),
    "refund_request": Words("申请退款", "Refund asked for"),
    "record_wrong": Words("账单记录不对", "The record is wrong"),
    "question": Words("咨询", "A question"),
    "frozen_account": Words("账户被冻结", "Account frozen"),
    "locked_out": Words("进不去账户", "Locked out of the account"),
    "objection": Words("对一次操作有异议", "Objection to an act of ours"),
    "scam_report": Words("举报收款方", "A payee reported"),
    "payee_check": Words("核对几笔转账", "Some transfers to be checked"),
}
URGENT = {"frozen_account": 3, "not_mine": 2, "scam_report": 2, "duplicate_charge": 1, "objection": 1, "locked_out": 1}
"""Priority at opening (rules/queue_order.py); 0 for all others."""

ANSWER = {"zh-hans": "答复您", "en": "Answer"}
"""What the promise made at opening promises; pages add the time: “14:32 前答复您”, “Answer by 14:32”."""


def title(kind: str, shop: Words | None) -> dict[str, str]:
    """The title in both languages; ``shop`` is the merchant's name. ``KeyError`` for an unknown kind."""
    return WITH_SHOP[kind].both(shop=shop) if shop is not None else WITHOUT_SHOP[kind].both()


def knows(kind: str) -> bool:
    return kind in WITHOUT_SHOP
