"""How this room says no.

NotFound
├── NoticeNotFound          no such notice, or another's
└── SubscriptionNotFound    no such browser, or another's
Invalid
├── (NotAllowed) ReceiptNotSigned    a call back that is not our carrier's, or not of this moment
├── (Conflict) ReceiptTooEarly       about a text whose handing over has not ended here
├── ChoicesNotUsable        a channel, a sum or hours that mean nothing
└── SubscriptionNotUsable   what a browser never gives out, or a push service that we do not know
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words


class NoticeNotFound(NotFound):
    """No such notice, or another's: the same answer."""

    code = "notice_not_found"
    what = Words("没有找到这条消息", "This message was not found")
    next = Words("请从消息列表打开", "Open it from the list of messages")


class ReceiptNotSigned(NotAllowed):
    """W04: whoever cannot sign says nothing here, and a captured call is good for five minutes only."""

    code = "receipt_not_signed"
    what = Words("签名不对，没有采用", "Not signed, or not of this moment; not taken")
    next = Words("请核对密钥和时钟", "Check the secret and the clock")


class ReceiptTooEarly(Conflict):
    code = "receipt_too_early"
    what = Words("这条短信还在交出，请稍后再报", "This text is still being handed over; tell us again")
    next = Words("过一会儿再试", "Try again in a moment")


class SubscriptionNotFound(NotFound):
    """No such browser, or another's: the same answer."""

    code = "subscription_not_found"
    what = Words("没有找到这台设备", "This device was not found")
    next = Words("请刷新页面再看", "Reload the page")


class ChoicesNotUsable(Invalid):
    code = "choices_not_usable"
    what = Words("这些设置不能用", "These choices cannot be kept")
    next = Words(
        "金额在 0 到 1,000,000 元之间；安静时段的开始和结束不能一样",
        "The sum is between 0 and 1,000,000 yuan; quiet hours begin and end at different times",
    )


class SubscriptionNotUsable(Invalid):
    """Protects: nobody makes us call an address of their choice (W01)."""

    code = "subscription_not_usable"
    what = Words("这个浏览器的推送服务我们不认识", "We do not know the push service of this browser")
    next = Words("短信和邮件照常；也可以换一个浏览器", "Texts and mail work as before; another browser may do")
