"""Refusals about wallets.

NotFound  └── WalletMissing         this customer has no wallet in that asset
Conflict  ├── WalletIsFrozen          the same answer on every path that would move the money
          ├── AlreadyFrozen         it is frozen like this already
          ├── NotFrozen             there is nothing to lift
          ├── LimitReached          ``kind``, ``limit``, ``left``, ``resets_at``, ``own``; one subclass for each kind:
          │   SingleLimit, DayLimit, MonthLimit, YearLimit, LifetimeLimit, BalanceLimit, PayeeSingleLimit, PayeeDayLimit
          └── NoRaiseToCancel       nothing of one's own limits is waiting to rise
Invalid   ├── FreezeModeUnknown
          ├── ReasonMissing         a freeze says why
          ├── OwnLimitUnknown       what a customer cannot set
          ├── PayeeNeverPaid        a limit for one payee is for somebody who was paid before
          └── OwnLimitAboveTier     ``most``: one's own limit is never above the house's
"""

from __future__ import annotations

from datetime import datetime

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Conflict, Invalid, NotFound
from walletdesk.foundation.i18n.words import Words


class WalletMissing(NotFound):
    code = "wallet_missing"
    what = Words("您还没有这种货币的钱包", "You have no wallet in this currency yet")
    next = Words("请先开一个，或换一种货币", "Open one first, or use another currency")


class WalletIsFrozen(Conflict):
    """Whoever asks, by code, page, agent or refund: a frozen wallet says the same."""

    code = "wallet_frozen"
    what = Words("这个钱包已冻结，钱现在不能动", "This wallet is frozen; its money cannot move now")
    money = Words("钱还在钱包里，没有动", "The money is still in the wallet, untouched")
    next = Words("请在“帮助”里联系我们解冻", "Ask us under “Help” to lift the freeze")


class AlreadyFrozen(Conflict):
    code = "wallet_already_frozen"
    what = Words("这个钱包已经冻结了", "This wallet is frozen already")
    next = Words("不用再做什么", "There is nothing more to do")


class NotFrozen(Conflict):
    code = "wallet_not_frozen"
    what = Words("这个钱包没有冻结", "This wallet is not frozen")
    next = Words("不用再做什么", "There is nothing more to do")


class FreezeModeUnknown(Invalid):
    code = "freeze_mode_unknown"
    what = Words("没有这种冻结方式", "There is no such kind of freeze")
    next = Words("请选择：只出、只进，或全部", "Choose outgoing, incoming, or all")


class ReasonMissing(Invalid):
    code = "freeze_reason_missing"
    what = Words("冻结要写明原因", "A freeze needs a reason")
    next = Words("请写一句原因，客户会看到", "Write one sentence; the customer will see it")


STILL_THERE = Words("钱还在您的账户里", "The money is still in your account")
SEE_LIMITS = Words(
    "在“我的 › 限额”里看还剩多少、什么时候恢复", "Me › Limits says what is left and when it starts again"
)


class LimitReached(Conflict):
    """Reaching a limit is allowed, passing it is not. ``left`` could still be moved; ``resets_at`` (UTC) is when the window
    starts again, None where nothing starts again; ``own``: the customer set this limit.
    """

    code = "limit_reached"
    kind = ""
    what = Words("超过了限额", "This is above the limit")
    money = STILL_THERE
    next = SEE_LIMITS

    def __init__(self, *, limit: Amount, left: Amount, resets_at: datetime | None, group: str, own: bool) -> None:
        super().__init__(kind=self.kind, limit=limit, left=left, resets_at=resets_at, group=group, own=own)
        self.limit, self.left, self.resets_at, self.group, self.own = limit, left, resets_at, group, own


class SingleLimit(LimitReached):
    code = "limit_single"
    kind = "single"
    what = Words("超过了单笔限额", "This is more than the limit for one payment")
    next = Words("在“我的 › 限额”里看单笔最多多少", "Me › Limits says how much one payment may be")


class DayLimit(LimitReached):
    code = "limit_day"
    kind = "day"
    what = Words("超过了今天的限额", "This is above today’s limit")


class MonthLimit(LimitReached):
    code = "limit_month"
    kind = "month"
    what = Words("超过了本月的限额", "This is above this month’s limit")


class YearLimit(LimitReached):
    code = "limit_year"
    kind = "year"
    what = Words("超过了今年的限额", "This is above this year’s limit")


class LifetimeLimit(LimitReached):
    code = "limit_lifetime"
    kind = "lifetime"
    what = Words("超过了这个等级的累计限额", "This is above all that this tier may ever move")
    next = Words("在“我的 › 限额”里看怎么提高等级", "Me › Limits says how to raise your tier")


class BalanceLimit(LimitReached):
    code = "limit_balance"
    kind = "balance"
    what = Words("超过了钱包余额上限", "The wallet would hold more than it may")
    money = Words("银行卡里的钱没有动", "The money in your bank account has not moved")
    next = Words("在“我的 › 限额”里看还能充多少、怎么提高", "Me › Limits says how much still fits and how to raise it")


SEE_PAYEE_LIMITS = Words(
    "在“我的 › 限额”里看给对方设的限额；调高要等一等",
    "Me › Limits shows the limit you set for them; raising it takes a while",
)


class PayeeSingleLimit(LimitReached):
    code = "limit_payee_single"
    kind = "single"
    what = Words("超过了您给对方设的单笔限额", "This is more than you allow in one payment to them")
    next = SEE_PAYEE_LIMITS


class PayeeDayLimit(LimitReached):
    code = "limit_payee_day"
    kind = "day"
    what = Words("超过了您给对方设的每天限额", "This is above what you allow to go to them in a day")
    next = SEE_PAYEE_LIMITS


class PayeeNeverPaid(Invalid):
    code = "payee_never_paid"
    what = Words("您还没有付过这一方", "You have not paid them yet")
    next = Words("付过一次以后，在那笔账单上设", "Pay them once, then set it on that bill")


class OwnLimitUnknown(Invalid):
    code = "own_limit_unknown"
    what = Words("这一项不能自己设", "This is not a limit you can set")
    next = Words(
        "可以设：全部付款或转账，单笔、每天、每月", "You can limit payments or transfers, each, a day or a month"
    )


class OwnLimitAboveTier(Invalid):
    code = "own_limit_above_tier"
    what = Words("您的等级最多是 {most}", "Your tier allows {most} at most")
    next = Words("请填小一点，或先提高等级", "Choose less, or raise your tier first")


class NoRaiseToCancel(Conflict):
    code = "no_raise_to_cancel"
    what = Words("没有等待生效的提高", "No raise is waiting")
    next = Words("不用再做什么", "There is nothing more to do")
