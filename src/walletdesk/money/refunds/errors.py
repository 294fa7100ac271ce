"""Refusals of refunds.

Invalid   ├── RefundNotPositive    ├── RefundOfRefund    money back is not paid back again
          └── RefundExceedsPayment I7: all refunds of a payment together never exceed what was captured
Conflict  ├── MerchantCannotCover  the shop's account has not enough
          ├── MerchantFrozen       the shop's account does not pay out now
          ├── ApprovalNotGiven     I12: not approved, or approved for another payment or sum
          └── ApprovalUsed         an approval moves money once
(others)  PaymentNotFound of payments, WalletIsFrozen of wallets, the key refusals of idempotency
"""

from walletdesk.foundation.errors import Conflict, Invalid, Refusal
from walletdesk.foundation.i18n.words import Words

NOT_MOVED = Words("退款没有发生，账没有动", "The refund was not made; the books have not moved")


class RefundNotPositive(Invalid):
    code = "refund_not_positive"
    what = Words("退款金额要大于零", "A refund must be above zero")
    money = NOT_MOVED
    next = Words("请改一下金额", "Change the amount")


class RefundOfRefund(Invalid):
    code = "refund_of_refund"
    what = Words("退款不能再退", "A refund cannot be refunded")
    money = NOT_MOVED
    next = Words("请选择原来的付款", "Choose the original payment")


class RefundExceedsPayment(Invalid):
    """``left`` is an Amount: what may still go back."""

    code = "refund_exceeds_payment"
    what = Words("超过了还能退的 {left}", "That is more than the {left} that can still go back")
    money = NOT_MOVED
    next = Words("请改成不超过这个数", "Choose no more than that")


class MerchantCannotCover(Conflict):
    code = "merchant_cannot_cover"
    what = Words("店家账上的钱不够退这一笔", "The shop's account does not hold enough for this refund")
    money = Words(
        "退款没有发生；客户的钱还在店家账上", "The refund was not made; the customer's money is still with the shop"
    )
    next = Words("请联系店家补足，或换一种方式赔付", "Ask the shop to add money, or pay the customer another way")


class MerchantFrozen(Conflict):
    code = "merchant_frozen"
    what = Words("店家的账户已冻结，不能退款", "The shop's account is frozen and cannot refund")
    money = NOT_MOVED
    next = Words("请交风险部门处理", "Hand this to the risk team")


class ApprovalNotGiven(Conflict):
    code = "approval_not_given"
    what = Words(
        "这笔退款没有得到批准，或批准的不是这一笔", "This refund is not approved, or the approval is for another one"
    )
    money = NOT_MOVED
    next = Words("请重新提交，由另一个人批准", "Propose it again; a second person approves")


class ApprovalUsed(Conflict):
    code = "approval_used"
    what = Words("这个批准已经用过一次", "This approval was used already")
    money = Words("退款只发生了一次", "The refund was made once")
    next = Words("请在账单里查看", "Look at the payment")


class RefundNotDone(Refusal):
    """Something on our side broke while this one was judged. It was undone; the key may be used again."""

    code = "refund_not_done"
    status = 500
    what = Words("我们这边出了问题，退款没有成功", "Something broke on our side; the refund was not made")
    money = NOT_MOVED
    next = Words("再试一次，不会重复退款", "Try again; it cannot be refunded twice")
