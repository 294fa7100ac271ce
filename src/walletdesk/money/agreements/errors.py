"""Refusals of consent.

Refusal
├── NotFound    AgreementNotFound      no such agreement, or not yours: the same answer
├── Conflict    HouseTermsNotOpen      neither in force nor announced
├── Invalid     AgreementTitleNotUsable, AgreementCapsNotUsable, AgreementTimeNotUsable
├── NotAllowed  PinProofStale
└── Conflict    OwnKeyMadeAlready, AgreementLapsed, AgreementOver, AgreementSingleCap (left), AgreementDayCap (left)
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words

STILL_THERE = Words(
    "付款没有成功，钱还在您的账户里", "The payment did not go through. Your money is still in your account"
)
NOTHING_MOVED = Words("没有动任何钱", "No money has moved")


class AgreementNotFound(NotFound):
    code = "agreement_not_found"
    what = Words("没有这个免密协议，或者还没有同意", "There is no such agreement, or nobody accepted it")
    money = NOTHING_MOVED
    next = Words("请让付款人打开协议链接并同意", "Ask the payer to open the agreement and accept it")


class AgreementTitleNotUsable(Invalid):
    code = "agreement_title_not_usable"
    what = Words("名称要有 1 到 {most} 个字", "A name has 1 to {most} characters")
    money = NOTHING_MOVED
    next = Words("请写明是为了什么", "Say in a few words what it is for")


class AgreementCapsNotUsable(Invalid):
    code = "agreement_caps_not_usable"
    what = Words("每天的上限不能小于单笔上限", "The daily cap cannot be below the cap of one payment")
    money = NOTHING_MOVED
    next = Words("请改一下上限", "Change the caps")


class AgreementTimeNotUsable(Invalid):
    """``days``: the longest there may be."""

    code = "agreement_time_not_usable"
    what = Words("有效期要在以后，最长 {days} 天", "It ends in the future, at most {days} days ahead")
    money = NOTHING_MOVED
    next = Words("请改一下有效期", "Change when it ends")


class AgreementLapsed(Conflict):
    code = "agreement_lapsed"
    what = Words("这个协议没有及时同意，已经失效", "This agreement was not accepted in time")
    money = NOTHING_MOVED
    next = Words("请让店家重新发起", "Ask the shop to propose it again")


class PinProofStale(NotAllowed):
    code = "pin_proof_stale"
    what = Words("支付密码要重新输入", "The payment PIN is needed again")
    money = STILL_THERE
    next = Words("请再输入一次支付密码", "Enter your payment PIN once more")


class OwnKeyMadeAlready(Conflict):
    """``key_id``. Its secret was shown once, on the answer to the first time."""

    code = "own_key_made_already"
    what = Words("这把密钥刚才已经建好，密文只显示一次", "This key was made a moment ago, and its secret shown once")
    money = NOTHING_MOVED
    next = Words("没有记下就停用它，再建一把", "If you did not keep it, revoke it and make another")


class AgreementOver(Conflict):
    code = "agreement_over"
    what = Words("这个免密协议已经结束", "This agreement has ended")
    money = STILL_THERE
    next = Words("请让付款人用支付密码付款，或重新签一个协议", "Let the payer pay with the PIN, or agree anew")


class AgreementSingleCap(Conflict):
    """``left`` is an Amount: what one payment may be."""

    code = "agreement_single"
    what = Words("超过了约定的单笔上限 {left}", "This is above the {left} agreed for one payment")
    money = STILL_THERE
    next = Words("请改用支付密码付款", "Let the payer pay with the PIN")


class AgreementDayCap(Conflict):
    """``left`` is an Amount: what the running day still has."""

    code = "agreement_day"
    what = Words(
        "超过了约定的每天上限，今天还剩 {left}", "This is above the cap agreed for a day; {left} is left today"
    )
    money = STILL_THERE
    next = Words("请明天再付，或改用支付密码", "Pay tomorrow, or let the payer use the PIN")


class HouseTermsNotOpen(Conflict):
    code = "house_terms_not_open"
    what = Words("这一版条款现在不能接受", "This edition of the terms cannot be accepted now")
    money = NOTHING_MOVED
    next = Words("请看现在有效的一版", "Read the edition that holds now")
