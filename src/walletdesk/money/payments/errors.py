"""Refusals of paying. The law each protects stands in its docstring or in ``rules/``.

    Refusal
    ├── NotFound    OrderNotFound, PaymentNotFound, TopUpNotFound, PayeeNotFound, TransferNotFound,
    │               StopLinkOver
    ├── Invalid     CodeNotRead, CodeBroken, CodeNotOurs, OrderReferenceNotUsable, NoteTooLong, TransferToSelf,
    │               CaptureAboveHold, WhenNotUsable
    ├── NotAllowed  PinProofStale (of agreements), OwnShop
    ├── Conflict    OrderExpired, OrderPaid, OrderCancelled, OrderAuthorised, OrderNotWaiting, NotEnoughMoney,
    │               ShopCannotReceive, PayeeCannotReceive, ReferenceUsed, HoldEnded, HoldExpired, TransferEnded,
    │               TooManyPlanned
    ├── TryLater    BankUnavailable
    └──             BankDeclined, PaymentNotDone (our fault, nothing moved), OutcomeUnknown (we do not know yet)

A frozen wallet is ``WalletIsFrozen`` and a missing one ``WalletMissing``, both of ``wallets``: the same on every path.
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, TryLater
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import PinProofStale as PinProofStale

NEW_CODE = Words("请让收银员重新出一个码", "Ask the cashier for a new code")
STILL_THERE = Words(
    "付款没有成功，钱还在您的账户里", "The payment did not go through. Your money is still in your account"
)


class OrderNotFound(NotFound):
    code = "order_not_found"
    what = Words("没有找到这笔订单", "There is no such order")
    money = STILL_THERE
    next = NEW_CODE


class PaymentNotFound(NotFound):
    code = "payment_not_found"
    what = Words("没有找到这笔付款", "There is no such payment")
    next = Words("请核对付款单号", "Check the payment number")


class TopUpNotFound(NotFound):
    code = "top_up_not_found"
    what = Words("没有找到这笔充值", "There is no such top-up")
    next = Words("请在账单里查看", "Look under Bills")


class PayeeNotFound(NotFound):
    code = "payee_not_found"
    what = Words("没有找到收款人", "There is no such person to pay")
    next = Words("请核对对方的编号、邮箱或电话", "Check their number, e-mail or telephone")


class CodeNotRead(Invalid):
    code = "code_not_read"
    what = Words("这不是付款码，或者没有读全", "This is not a payment code, or not all of it was read")
    money = STILL_THERE
    next = Words("请对准再扫一次，或让收银员重新出码", "Scan it once more, or ask the cashier for a new code")


class CodeBroken(Invalid):
    """What the person is shown is what is charged (L11): a payload that differs from the order is never paid."""

    code = "code_broken"
    what = Words("这个码的内容对不上，没有用它付款", "This code does not add up, so it was not paid")
    money = STILL_THERE
    next = NEW_CODE


class CodeNotOurs(Invalid):
    code = "code_not_ours"
    what = Words("这是别家的收款码", "This code belongs to another network")
    money = STILL_THERE
    next = Words("请店家出示本钱包的码", "Ask the shop for a code of this wallet")


class OrderExpired(Conflict):
    code = "order_expired"
    what = Words("这个码已过期", "This code has expired")
    money = STILL_THERE
    next = NEW_CODE


class OrderPaid(Conflict):
    """An order pays once."""

    code = "order_paid"
    what = Words("这笔订单已经付过了，不会再扣款", "This order is paid already; nothing more is taken")
    money = Words("没有再扣您的钱", "Nothing more was taken from you")
    next = Words("请在账单里查看收据", "Find the receipt under Bills")


class OrderCancelled(Conflict):
    code = "order_cancelled"
    what = Words("收银员已取消这笔订单", "The cashier has cancelled this order")
    money = STILL_THERE
    next = NEW_CODE


class OrderAuthorised(Conflict):
    """Money is set aside for it: the shop captures or gives it free."""

    code = "order_authorised"
    what = Words("这笔订单已经有钱预留了", "Money is set aside for this order already")
    money = Words("没有再动钱", "Nothing more was moved")
    next = Words("等店家扣款或撤销", "The shop will charge it or set it free")


class OrderNotWaiting(Conflict):
    code = "order_not_waiting"
    what = Words("这笔订单已经结束，不能取消", "This order is over and cannot be cancelled")
    money = Words("已付的钱要退，请用退款", "To give back what was paid, make a refund")
    next = Words("请开一笔新的订单", "Start a new order")


class OrderReferenceNotUsable(Invalid):
    code = "order_reference_not_usable"
    what = Words(
        "订单号最多 25 位，只用字母、数字和 - _ . / #", "An order number has at most 25 letters, digits and - _ . / #"
    )
    next = Words("请改一下订单号，也可以不填", "Change it, or leave it out")


class NoteTooLong(Invalid):
    code = "note_too_long"
    what = Words("附言最多 {most} 个字", "A note has at most {most} characters")
    next = Words("请写短一点", "Please make it shorter")


class OwnShop(NotAllowed):
    code = "own_shop"
    what = Words("不能付款给自己的店", "You cannot pay at your own shop")
    money = STILL_THERE
    next = Words("请让别人来付", "Somebody else has to pay")


class NotEnoughMoney(Conflict):
    """The books decide. ``short_by`` is an Amount: what is missing."""

    code = "not_enough_money"
    what = Words("余额不足，还差 {short_by}", "Not enough money: {short_by} short")
    money = STILL_THERE
    next = Words("请先充值，再付一次", "Top up, then pay again")


class ShopCannotReceive(Conflict):
    code = "shop_cannot_receive"
    what = Words("这家店现在不能收款。不是您的问题", "This shop cannot take payments now. It is not your fault")
    money = STILL_THERE
    next = Words("请换一种方式付", "Pay another way")


class PayeeCannotReceive(Conflict):
    code = "payee_cannot_receive"
    what = Words("对方现在不能收款", "They cannot receive money now")
    money = Words("钱还在您的账户里", "The money is still in your account")
    next = Words("请联系对方", "Ask them")


class TransferToSelf(Invalid):
    code = "transfer_to_self"
    what = Words("不能转给自己", "You cannot send money to yourself")
    money = Words("钱还在您的账户里", "The money is still in your account")
    next = Words("请选择另一个人", "Choose somebody else")


class ReferenceUsed(Conflict):
    code = "booked_already"
    what = Words("这笔款已经记过账了", "This is in the books already")
    money = Words("没有再记一次", "It was not booked again")
    next = Words("请在账单里查看", "Look under Bills")


class HoldEnded(Conflict):
    """``state``: captured, voided or expired (L07)."""

    code = "hold_ended"
    what = Words(
        "这笔预留的钱已经有了结果，不能再扣或撤销", "This hold has ended; it cannot be captured or voided again"
    )
    money = Words("没有再动钱", "Nothing more was moved")
    next = Words("请查看这笔付款的状态", "Look at the state of the payment")


class HoldExpired(Conflict):
    code = "hold_expired"
    what = Words("预留的钱已过期，回到付款人那里", "The hold has expired; the money is the payer's again")
    money = Words("没有扣款", "Nothing was charged")
    next = Words("请开一笔新的订单", "Start a new order")


class CaptureAboveHold(Invalid):
    """``held`` is an Amount: what is set aside."""

    code = "capture_above_hold"
    what = Words("超过了预留的 {held}", "That is more than the {held} that is held")
    money = Words("没有扣款，钱还预留着", "Nothing was charged; the money is still held")
    next = Words("请改成不超过这个数", "Capture no more than that")


class WhenNotUsable(Invalid):
    """``days``: the longest one may plan ahead."""

    code = "transfer_when_not_usable"
    what = Words("转账时间要在以后，最长 {days} 天", "The moment lies ahead, at most {days} days")
    money = Words("钱还在您的账户里", "The money is still in your account")
    next = Words("请改一下时间，或马上转", "Choose another moment, or send it now")


class TooManyPlanned(Conflict):
    """``most``: as many transfers of one person may wait for their time."""

    code = "too_many_planned"
    what = Words("最多可以安排 {most} 笔以后的转账", "At most {most} transfers may wait for their time")
    money = Words("钱还在您的账户里", "The money is still in your account")
    next = Words("请在账单里取消一笔，或等一笔转出", "Cancel one under Bills, or wait until one is made")


class TransferNotFound(NotFound):
    code = "transfer_not_found"
    what = Words("没有找到这笔转账", "There is no such transfer")
    next = Words("请在账单里查看", "Look under Bills")


class TransferEnded(Conflict):
    """``state``: made, cancelled or failed."""

    code = "transfer_ended"
    what = Words("这笔转账已经有了结果，不能取消", "This transfer has ended and cannot be cancelled")
    money = Words("没有再动钱", "Nothing more was moved")
    next = Words("请在账单里查看", "Look under Bills")


class StopLinkOver(NotFound):
    """Used, run out, or never ours: one answer, so that it tells nobody anything."""

    code = "stop_link_over"
    what = Words("这个链接已经用过、过期，或者不对", "This link was used, has run out, or is not right")
    money = Words("没有动任何钱", "No money was moved")
    next = Words("请登录看账单，或联系我们", "Sign in and look under Bills, or ask us")


class TransferLate(Conflict):
    """We were down for so long that the money was set free before it could be sent."""

    code = "transfer_late"
    what = Words("到了时间我们没能转出", "We could not send it when it was due")
    money = Words("钱还在您的账户里", "The money is still in your account")
    next = Words("请重新转一次", "Send it once more")


class BankDeclined(Conflict):
    """``reason`` is the bank's own word."""

    code = "bank_declined"
    what = Words("银行没有同意这笔充值", "The bank declined this top-up")
    money = Words("银行卡里的钱没有动", "The money in your bank account has not moved")
    next = Words("请换一张卡，或联系您的银行", "Use another card, or ask your bank")


class BankUnavailable(TryLater):
    code = "bank_unavailable"
    status = 503
    what = Words("银行暂时连不上，充值没有发出", "The bank cannot be reached; the top-up was not sent")
    money = Words(
        "银行卡里的钱没有动，钱包照常可用", "The money in your bank account has not moved; your wallet works as ever"
    )
    next = Words("请过几分钟再试", "Try again in a few minutes")


class PaymentNotDone(Refusal):
    """Something on our side broke while this one was judged. It was undone; the key may be used again."""

    code = "payment_not_done"
    status = 500
    what = Words("我们这边出了问题，付款没有成功", "Something broke on our side; the payment was not made")
    money = STILL_THERE
    next = Words("再试一次，不会重复扣款", "Try again; you cannot pay twice")


class OutcomeUnknown(Refusal):
    """The connection was lost around the commit. Only the key can say what happened: never a guess."""

    code = "outcome_unknown"
    status = 202
    what = Words("结果还不知道", "Not known yet")
    money = Words("请不要再付，也不会重复扣款", "Do not pay again; you cannot be charged twice")
    next = Words("请刷新这一页看结果", "Refresh this page for the result")
