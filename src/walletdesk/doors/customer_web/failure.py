"""A payment that did not go through, as a page: the money first, what was checked, the one safe next step.

The list follows the order in which paying really checks: what comes after the first failure was not reached, and the
page does not pretend that it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from walletdesk.foundation.i18n.words import Words

STILL_YOURS = Words(
    "付款没有成功，\n钱还在您的账户里", "The payment did not go through. Your money is still in your account"
)
NOT_KNOWN = Words("结果还不知道", "Not known yet")

_CHECKS: tuple[tuple[Words, Words, dict[str, Words]], ...] = (
    (
        Words("付款码", "The code"),
        Words("有效", "Valid"),
        {
            "order_not_found": Words("找不到", "Not found"),
            "code_broken": Words("内容对不上", "Does not add up"),
            "idempotency_body_differs": Words("换了内容", "Was changed"),
        },
    ),
    (
        Words("支付密码", "Your PIN"),
        Words("对", "Right"),
        {
            "pin_not_set": Words("还没设", "Not set"),
            "pin_wrong": Words("不对", "Not right"),
            "pin_locked": Words("已锁", "Locked"),
            "pin_busy": Words("正在核对", "Being checked"),
            "pin_proof_stale": Words("过了时间", "Too long ago"),
        },
    ),
    (
        Words("商户订单", "The shop’s order"),
        Words("等您付款", "Waiting for you"),
        {
            "own_shop": Words("是您自己的店", "It is your own shop"),
            "order_authorised": Words("已经有钱预留", "Money is held for it"),
            "order_paid": Words("已经付过", "Paid already"),
            "order_cancelled": Words("收银员已取消", "Cancelled by the cashier"),
            "order_expired": Words("已过期", "Expired"),
        },
    ),
    (
        Words("账户状态", "Your account"),
        Words("正常", "In order"),
        {
            "wallet_missing": Words("没有这种货币的钱包", "No wallet in this currency"),
            "wallet_frozen": Words("已冻结", "Frozen"),
        },
    ),
    (
        Words("安全检查", "Safety"),
        Words("没有异常", "Nothing odd"),
        {
            "step_up_needed": Words("要您再确认一次", "Wants one more proof"),
            "payment_on_hold": Words("还在暂缓期", "On hold for a while"),
            "payment_stopped": Words("拦下了", "Stopped"),
        },
    ),
    (
        Words("限额", "Your limits"),
        Words("够", "Enough left"),
        {
            "limit_single": Words("这一笔太大", "Too much at once"),
            "limit_day": Words("今天的不够了", "Not enough left today"),
            "limit_month": Words("本月的不够了", "Not enough left this month"),
            "limit_year": Words("今年的不够了", "Not enough left this year"),
            "limit_lifetime": Words("这个等级的用完了", "Used up for this tier"),
            "limit_payee_single": Words("给对方一次不能这么多", "Too much at once to them"),
            "limit_payee_day": Words("今天给对方的不够了", "Not enough left today to them"),
        },
    ),
    (Words("余额够不够", "Enough money"), Words("够", "Yes"), {"not_enough_money": Words("不够", "No")}),
    (
        Words("商户收款", "The shop"),
        Words("正常", "In order"),
        {"shop_cannot_receive": Words("收不了款", "Cannot take it")},
    ),
)


@dataclass(frozen=True, slots=True)
class Check:
    """``how`` is ``ok``, ``no`` or ``later`` (not reached)."""

    words: Words
    found: Words
    how: str


@dataclass(frozen=True, slots=True)
class NextStep:
    words: Words
    href: str


def checks_for(code: str, *, pin_asked: bool = True) -> list[Check]:
    """What was checked before the refusal ``code``; nothing for one that no check gives. ``pin_asked``: a sheet that is
    over before anybody typed a PIN says nothing about the PIN.
    """
    failed_at = next((place for place, (_, _, failures) in enumerate(_CHECKS) if code in failures), None)
    if failed_at is None:
        return []
    return [
        Check(
            words,
            failures[code] if place == failed_at else found,
            _how(place, failed_at, pin_asked),
        )
        for place, (words, found, failures) in enumerate(_CHECKS)
    ]


_PIN = 1


def _how(place: int, failed_at: int, pin_asked: bool) -> str:
    if place == failed_at:
        return "no"
    return "later" if place > failed_at or (place == _PIN and not pin_asked) else "ok"


_TRY_AGAIN = Words("再试一次，不会重复扣款", "Try again; you cannot pay twice")
_SCAN = Words("扫新的码", "Scan a new code")


def next_step(code: str, order_id: UUID, key: str, own_payment: UUID | None) -> NextStep:
    """The one safe next step after a refusal. Trying again carries the same key."""
    pay = f"/wallet/pay/{order_id}/?key={key}"
    if code == "order_paid" and own_payment:
        return NextStep(Words("看这笔的收据", "See the receipt"), f"/wallet/bills/{own_payment}/")
    steps = {
        "not_enough_money": NextStep(Words("去充值", "Top up"), f"/wallet/top-up/?next=/wallet/pay/{order_id}/"),
        "pin_not_set": NextStep(Words("设支付密码", "Set a PIN"), f"/wallet/me/pin/?next=/wallet/pay/{order_id}/"),
        "pin_locked": NextStep(Words("看官方联系方式", "Official contacts"), "/contact/"),
        "wallet_frozen": NextStep(Words("看怎么解冻", "See how to lift it"), "/wallet/me/freeze/"),
        "step_up_needed": NextStep(
            Words("确认是我本人", "Confirm that it is me"), f"/step-up/?{urlencode({'next': pay})}"
        ),
        "payment_on_hold": NextStep(Words("看到什么时候", "See until when"), "/wallet/me/freeze/"),
        "payment_stopped": NextStep(Words("联系我们", "Ask us"), "/wallet/help/"),
        "wallet_missing": NextStep(Words("回到首页", "Back to Home"), "/wallet/"),
        "own_shop": NextStep(Words("回到首页", "Back to Home"), "/wallet/"),
        "outcome_unknown": NextStep(Words("看结果", "See the result"), pay),
        "idempotency_key_in_flight": NextStep(Words("看结果", "See the result"), pay),
        "shop_cannot_receive": NextStep(_SCAN, "/wallet/scan/"),
        "order_not_found": NextStep(_SCAN, "/wallet/scan/"),
        "order_authorised": NextStep(_SCAN, "/wallet/scan/"),
        "order_paid": NextStep(_SCAN, "/wallet/scan/"),
        "order_cancelled": NextStep(_SCAN, "/wallet/scan/"),
        "order_expired": NextStep(_SCAN, "/wallet/scan/"),
        "code_broken": NextStep(_SCAN, "/wallet/scan/"),
    }
    if code.startswith("limit_"):
        return NextStep(Words("看我的限额", "See my limits"), "/wallet/me/limits/")
    return steps.get(code, NextStep(_TRY_AGAIN, pay))


def headline_for(code: str) -> Words:
    if code in ("outcome_unknown", "idempotency_key_in_flight"):
        return NOT_KNOWN
    if code == "order_paid":
        return Words("这笔订单已经付过，\n没有再扣款", "This order is paid already. Nothing more was taken")
    return STILL_YOURS
