"""Refusals about wallets.

NotFound  └── WalletMissing         this customer has no wallet in that asset
Conflict  ├── WalletIsFrozen          the same answer on every path that would move the money
          ├── AlreadyFrozen         it is frozen like this already
          └── NotFrozen             there is nothing to lift
Invalid   ├── FreezeModeUnknown
          └── ReasonMissing         a freeze says why
"""

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
