"""How the door itself says no, before or instead of a room. One class a fact, as in any room.

RequestUnreadable 400   HeaderRepeated, CursorUnusable
PathUnknown 404, MethodUnknown 405, NothingAcceptable 406, TooSlow 408, BodyTooBig 413, BodyKindUnknown 415
BodyUnusable 422, ParameterUnusable 422, AmountDiffers 422
TooOften 429
OurFault 500, NotNow 503 (the database, or a house that is full)
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, TryLater
from walletdesk.foundation.i18n.words import Words

READ_THE_DOCS = Words("请看 /v1/docs", "See /v1/docs")
NOTHING_MOVED = Words("没有任何款项变动", "No money has moved")


class RequestUnreadable(Refusal):
    code = "request_unreadable"
    status = 400
    what = Words("这个请求看不懂", "This request cannot be read")
    money = NOTHING_MOVED
    next = READ_THE_DOCS


class HeaderRepeated(RequestUnreadable):
    """Which of the two is meant? Somebody on the way may read the other one."""

    code = "header_repeated"
    what = Words("请求头 {header} 出现了不止一次", "The header {header} is there more than once")
    next = Words("请只发送一次 {header}", "Send {header} once")


class CursorUnusable(RequestUnreadable):
    code = "cursor_unusable"
    what = Words("cursor 不是我们给出的", "This cursor is not one that we gave")
    next = Words("请从第一页重新开始", "Start again from the first page")


class PathUnknown(NotFound):
    code = "path_unknown"
    what = Words("没有这个地址", "There is nothing at this address")
    money = NOTHING_MOVED
    next = READ_THE_DOCS


class ThingUnknown(NotFound):
    """Also what belongs to somebody else: the same answer."""

    code = "thing_not_found"
    what = Words("没有找到，或者不是您的", "There is no such thing, or it is not yours")
    money = NOTHING_MOVED
    next = Words("请核对编号", "Check the id")


class PayeeWarned(Conflict):
    """What stands on the payee was not accepted by name. ``warnings``: each with its ``code`` and ``words``."""

    code = "payee_warned"
    what = Words("付款前请先读关于收款方的提醒", "Read first what we say of this payee")
    money = Words("这次请求没有动钱", "This request moved no money")
    next = Words(
        "读过 data.warnings，本人仍要付，就用同一个键再发，accept_warnings 里写上它的 code",
        "Show data.warnings to whoever pays; to go on, send it under the same key with its code in accept_warnings",
    )


class MethodUnknown(Refusal):
    code = "method_unknown"
    status = 405
    what = Words("这个地址不接受 {method}", "This address does not take {method}")
    money = NOTHING_MOVED
    next = READ_THE_DOCS


class NothingAcceptable(Refusal):
    code = "nothing_acceptable"
    status = 406
    what = Words("没有您要的格式", "There is no such format")
    money = NOTHING_MOVED
    next = Words("请在 Accept 里写 {formats}", "Ask for {formats} in Accept")


class TooSlow(Refusal):
    code = "too_slow"
    status = 408
    what = Words("请求来得太慢", "The request came too slowly")
    money = NOTHING_MOVED
    next = Words("请再发一次", "Send it once more")


class BodyTooBig(Refusal):
    code = "body_too_big"
    status = 413
    what = Words("内容太大，最多 {most} 字节", "The body is too big: {most} bytes at most")
    money = NOTHING_MOVED
    next = Words("请发送小一点的内容", "Send less")


class BodyKindUnknown(Refusal):
    code = "body_kind_unknown"
    status = 415
    what = Words("只接受 {kind}，不接受压缩", "Only {kind} is taken, not compressed")
    money = NOTHING_MOVED
    next = Words("请改一下 Content-Type 和 Content-Encoding", "Change Content-Type and Content-Encoding")


class BodyUnusable(Invalid):
    """``errors`` says where and what, in the words of the description."""

    code = "body_unusable"
    what = Words("内容与说明不符", "The body is not as described")
    money = NOTHING_MOVED
    next = READ_THE_DOCS


class ParameterUnusable(Invalid):
    code = "parameter_unusable"
    what = Words("参数与说明不符", "A parameter is not as described")
    money = NOTHING_MOVED
    next = READ_THE_DOCS


class NotForThisOwner(NotAllowed):
    code = "not_for_this_owner"
    what = Words("这个操作属于{whose}的密钥", "This is for a key of a {whose}")
    money = NOTHING_MOVED
    next = Words("请使用另一把密钥", "Use another key")


class OnlyInTestMode(NotAllowed):
    code = "only_in_test_mode"
    what = Words("只有测试密钥可以用", "Only a test key can do this")
    money = NOTHING_MOVED
    next = Words("请使用测试密钥", "Use a test key")


class TooOften(TryLater):
    code = "too_often"
    what = Words("请求太频繁", "Too many requests")
    money = NOTHING_MOVED
    next = Words("请在 {retry_after} 秒后再试", "Try again in {retry_after} seconds")


class NotFinalCapture(Conflict):
    code = "capture_is_final"
    status = 422
    what = Words("一次扣款即结束这笔预授权", "One capture ends the hold")
    money = Words("没有扣款，预授权照旧", "Nothing was captured; the hold stands as it was")
    next = Words("请不带 final，或写 true", "Leave final out, or say true")


class OurFault(Refusal):
    code = "our_fault"
    status = 500
    what = Words("我们这边出了问题", "Something broke on our side")
    money = Words("同一个键不会生效两次", "The same key never takes effect twice")
    next = Words(
        "请用同一个键再试；报修请告知编号 {number}", "Try again with the same key; to report it, quote {number}"
    )


class NotNow(TryLater):
    """``retry_after`` in seconds. Nothing was done."""

    code = "not_now"
    status = 503
    what = Words("现在忙不过来", "We cannot do this right now")
    money = Words("这个请求没有动任何钱", "This request has moved no money")
    next = Words("请在 {retry_after} 秒后用同一个键再试", "Try again with the same key in {retry_after} seconds")
