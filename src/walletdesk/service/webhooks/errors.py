"""How this room says no. Nothing here moves money.

NotFound
├── WebhookNotFound         no such endpoint, or another's: the same answer
├── DeliveryNotFound        no such delivery, or another's
└── EventNotFound
Invalid
├── WebhookAddressNotUsable an address that is never called; ``why`` in one word
├── EventTypeUnknown        ``type``
└── WebhookNameNotUsable
Conflict
├── TooManyEndpoints        ``most``
├── RotatedJustNow          two secrets hold already; ``until``
├── WebhookDisabled         nothing is sent to it until it is switched on
└── StillOnItsWay           a delivery that is tried by itself needs no replay
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotFound
from walletdesk.foundation.i18n.words import Words

NO_MONEY = Words("这不涉及资金", "No money is concerned")


class WebhookNotFound(NotFound):
    code = "webhook_not_found"
    what = Words("没有这个通知地址", "There is no such webhook")
    money = NO_MONEY
    next = Words("请从列表里选一个", "Choose one from the list")


class DeliveryNotFound(NotFound):
    code = "delivery_not_found"
    what = Words("没有这次投递", "There is no such delivery")
    money = NO_MONEY
    next = Words("请从投递记录里选一次", "Choose one from the delivery log")


class EventNotFound(NotFound):
    code = "event_not_found"
    what = Words("没有这个事件，或者已经过了保存期", "There is no such event, or it is no longer kept")
    money = NO_MONEY
    next = Words("请直接查询它所说的对象", "Ask for the thing it was about")


class WebhookAddressNotUsable(Invalid):
    """We call only https on public machines; ``why`` says what stood in the way (docs/reference/webhooks.md)."""

    code = "webhook_address_not_usable"
    what = Words("这个地址不能用来接收通知（{why}）", "This address cannot receive webhooks ({why})")
    money = NO_MONEY
    next = Words(
        "请给一个公网上的 https 地址，端口 443 或 1024 以上",
        "Give an https address of a public machine, port 443 or above 1023",
    )


class EventTypeUnknown(Invalid):
    code = "event_type_unknown"
    what = Words("没有 {type} 这种事件", "There is no event {type}")
    money = NO_MONEY
    next = Words("请从列表里选择，或留空接收全部", "Choose from the list, or name none to hear all")


class WebhookNameNotUsable(Invalid):
    code = "webhook_name_not_usable"
    what = Words("名称最多 {most} 个字", "A name has at most {most} characters")
    money = NO_MONEY
    next = Words("请写短一点", "Please make it shorter")


class TooManyEndpoints(Conflict):
    code = "too_many_webhooks"
    what = Words("最多 {most} 个通知地址", "There are {most} webhooks already")
    money = NO_MONEY
    next = Words("请先删掉不用的", "Remove one that is not used")


class RotatedJustNow(Conflict):
    code = "webhook_rotated_just_now"
    what = Words(
        "上一次更换还没过 24 小时，两个密钥现在都有效", "The secret was changed less than 24 hours ago; both hold"
    )
    money = NO_MONEY
    next = Words(
        "请等旧密钥失效后再换；密钥泄露时请新建一个通知地址",
        "Wait until the old one ends; if a secret leaked, remove this webhook and add another",
    )


class WebhookDisabled(Conflict):
    code = "webhook_disabled"
    what = Words("这个通知地址已停用", "This webhook is switched off")
    money = NO_MONEY
    next = Words("请先启用它", "Switch it on first")


class StillOnItsWay(Conflict):
    code = "delivery_on_its_way"
    what = Words("这次投递还在进行", "This delivery is still on its way")
    money = NO_MONEY
    next = Words("请等它结束", "Wait until it has ended")
