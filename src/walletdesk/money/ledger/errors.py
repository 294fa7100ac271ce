"""Refusals of the books.

    Invalid
    ├── AssetUnknown            nobody defined this asset
    ├── AccountKindUnknown      the chart of accounts has no such kind
    ├── AccountsUnknown         a freeze of accounts that do not exist
    └── PostingInvalid          an entry that can never be posted as it is
    Conflict
    ├── AssetDefinedOtherwise   the code is taken, with other digits
    └── PostingRefused          an entry that cannot be posted now
        ├── InsufficientAvailable
        ├── AccountFrozen
        └── ReferenceUsed

``post_many`` answers with ``Declined`` and raises nothing, because one bad entry must not fail its neighbours. Who has a
batch of one and wants to raise says ``raise refusal_of(declined)``.
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.rules.batch import Declined


class AssetUnknown(Invalid):
    code = "asset_unknown"
    what = Words("没有这种货币：{asset}", "There is no such currency: {asset}")
    money = Words("没有任何款项变动", "No money has moved")
    next = Words("请使用店铺或钱包的货币", "Use the currency of the shop or wallet")


class AssetDefinedOtherwise(Conflict):
    code = "asset_defined_otherwise"
    what = Words("{asset} 已有 {digits} 位小数的定义", "{asset} is defined already, with {digits} decimals")
    next = Words("换一个代码，或用已有的定义", "Use another code, or the definition that stands")


class AccountKindUnknown(Invalid):
    code = "account_kind_unknown"
    what = Words("科目表里没有 {kind}", "The chart of accounts has no {kind}")
    next = Words("请核对科目表", "Look it up in the chart of accounts")


class AccountsUnknown(Invalid):
    code = "account_unknown"
    what = Words("没有这个账户", "There is no such account")
    next = Words("请核对账户编号", "Check the account number")


class PostingInvalid(Invalid):
    """``posting``: the code of the ``Declined``."""

    code = "posting_invalid"
    what = Words("这笔账不能这样记", "This cannot be booked as it is")
    next = Words("请联系客服，并告诉他们下面的代码", "Ask us, and tell us the code below")


class PostingRefused(Conflict):
    """``posting``: the code of the ``Declined``."""

    code = "posting_refused"
    what = Words("这笔账现在记不了", "This cannot be booked now")
    next = Words("请看余额和钱包状态，再试一次", "Look at the balance and the state of the wallet, then try again")


class InsufficientAvailable(PostingRefused):
    code = "insufficient_available"
    what = Words("可用余额不够", "The available balance is not enough")
    next = Words("请先充值，或换一个金额", "Top up first, or choose another amount")


class AccountFrozen(PostingRefused):
    code = "account_frozen"
    what = Words("这个钱包现在被冻结", "This wallet is frozen at the moment")
    next = Words("请联系客服了解原因", "Ask us why, and how to open it again")


class ReferenceUsed(PostingRefused):
    code = "reference_used"
    what = Words("这个编号已经用于另一笔账", "This reference is used for something else already")
    next = Words("请重新开始", "Please start again")


_CAN_NEVER_BE = {
    "no_lines",
    "amount_not_positive",
    "amount_too_big",
    "account_unknown",
    "same_account",
    "asset_differs",
    "hold_unknown",
    "hold_account_differs",
}
_BY_CODE = {
    "insufficient_available": InsufficientAvailable,
    "account_frozen": AccountFrozen,
    "account_frozen_credit": AccountFrozen,
    "reference_used": ReferenceUsed,
}


def refusal_of(declined: Declined) -> Refusal:
    """The refusal to raise for an answer of the books; ``fields`` carry ``posting`` (the code), account and line."""
    kind = _BY_CODE.get(declined.code) or (PostingInvalid if declined.code in _CAN_NEVER_BE else PostingRefused)
    return kind(posting=declined.code, account=declined.account_id, line=declined.line_no)
