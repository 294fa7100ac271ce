"""How the hotline says no.

Refusal
├── CallNotFound            no such call, or not yours: the same answer
├── OfferGone               the offer was taken back, has run out, or is another's
├── AlreadyEngaged          one agent, one call
├── PresenceRefused         from this state nobody goes there by themselves
├── ReasonUnknown           a pause needs one of its reasons
├── SeatMissing             who wants calls needs a page that rings
├── NotYourCall             somebody else speaks with this caller
├── LineUnknown             no such line in the dial plan
├── NotDialled              the dial plan, or its cap, does not allow this call
├── WrappedAlready          a conversation is written down once
├── WrapUpNotUsable         how it ended, what was said to be done, and by when
├── MenuNotUsable           the tree cannot be read, or has a dead end
├── MenuNotFound            no such version
├── OwnMenuDraft            a second person puts it live
├── RecordingNotFound       no such recording, or not yours
├── RecordingErased         it was kept for its time and is gone
├── HearingReasonMissing    a recording is not played without a reason
├── SecondPersonNeeded      somebody else's call is heard with a second person's yes
├── RecordingDamaged        the file is not what was sealed
├── TooManyTokens           calls from one page in a short time
└── ApprovalNotFound        no such question, answered, or too late
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, TryLater
from walletdesk.foundation.i18n.words import Words


class CallNotFound(NotFound):
    code = "call_not_found"
    what = Words("没有找到这通电话", "This call was not found")
    next = Words("请从列表中打开", "Open it from the list")


class OfferGone(Conflict):
    code = "offer_gone"
    what = Words("这通来电已经不在您这里", "This call is no longer yours to take")
    next = Words("请等下一通", "Wait for the next one")


class AlreadyEngaged(Conflict):
    code = "agent_on_a_call"
    what = Words("您正在和一位客户通话", "You are with a caller already")
    next = Words("请先结束现在的通话", "End the present call first")


class PresenceRefused(Conflict):
    """Fields: ``state_words`` and ``wish_words``."""

    code = "presence_refused"
    what = Words(
        "现在是“{state_words}”，不能改成“{wish_words}”", "You are “{state_words}”; “{wish_words}” is not possible now"
    )
    next = Words("通话结束后自动生效，或刷新看看", "It takes effect after the call; or reload")


class ReasonUnknown(Invalid):
    code = "pause_reason_unknown"
    what = Words("暂停需要选择一个原因", "A pause needs one of the reasons")
    next = Words("请选择一个原因", "Choose a reason")


class SeatMissing(Invalid):
    code = "seat_missing"
    what = Words("这个页面还没有接通软电话", "This page has no telephone yet")
    next = Words("请允许使用麦克风，再试一次", "Allow the microphone and try again")


class NotYourCall(NotAllowed):
    code = "not_your_call"
    what = Words("这通电话由另一位客服处理", "Another agent speaks with this caller")
    next = Words("请联系那位同事", "Ask your colleague")


class LineUnknown(Invalid):
    code = "line_unknown"
    what = Words("拨号计划里没有“{line}”", "The dial plan has no “{line}”")
    next = Words("请从列表里选一条线路", "Choose a line from the list")


class NotDialled(NotAllowed):
    """Field: ``why`` (inbound_only, not_a_number, not_allowed, cap)."""

    code = "not_dialled"
    what = Words("拨号计划不允许这通电话", "The dial plan does not allow this call")
    next = Words("请联系主管", "Ask a supervisor")


class WrappedAlready(Conflict):
    code = "wrapped_already"
    what = Words("这通电话已经整理过", "This call has been wrapped up already")
    next = Words("补充内容请写在案件里", "Add what is missing on the case")


class WrapUpNotUsable(Invalid):
    """Field: ``field`` that needs another look."""

    code = "wrap_up_not_usable"
    what = Words("请写明怎么结束、说好办什么、什么时候之前", "Say how it ended, what was said to be done, and by when")
    next = Words("请补充“{field}”", "Please complete “{field}”")


class MenuNotUsable(Invalid):
    """Field: ``problems``: each in both languages."""

    code = "menu_not_usable"
    what = Words("菜单还有问题，不能上线", "The menu still has problems and cannot go live")
    next = Words("请先改好列出的每一处", "Mend each of those listed first")


class MenuNotFound(NotFound):
    code = "menu_not_found"
    what = Words("没有这个版本的菜单", "There is no such version of the menu")
    next = Words("请从版本列表里打开", "Open it from the list of versions")


class OwnMenuDraft(NotAllowed):
    """Protects: what every caller will hear was read by two people."""

    code = "own_menu_draft"
    what = Words("您写的菜单要由另一位同事上线", "A colleague publishes the menu that you wrote")
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words("请主管或编辑看过再上线", "Ask a supervisor or an editor to look at it")


class RecordingNotFound(NotFound):
    code = "recording_not_found"
    what = Words("没有找到这段录音", "This recording was not found")
    next = Words("请从案件或通话里打开", "Open it from its case or call")


class RecordingErased(Conflict):
    code = "recording_erased"
    what = Words("这段录音已过保存期，已经销毁", "This recording was kept for its time and has been erased")
    next = Words("请看案件里的文字记录", "Read what stands on the case")


class HearingReasonMissing(Invalid):
    code = "hearing_reason_missing"
    what = Words("听录音需要写明原因", "A reason is needed to hear a recording")
    next = Words("写一句话，会和这次播放一起记下", "Write one sentence; it is noted with this play")


class SecondPersonNeeded(NotAllowed):
    code = "second_person_needed"
    what = Words("听别人的通话需要第二个人同意", "To hear somebody else’s call needs a second person’s yes")
    next = Words("请先提出申请", "Ask for it first")


class RecordingDamaged(Conflict):
    code = "recording_damaged"
    what = Words("录音文件和当时封存的不一致", "The recording’s file is not what was sealed")
    next = Words("请通知管理员", "Tell an administrator")


class TooManyTokens(TryLater):
    code = "too_many_calls"
    what = Words("您刚刚已经拨打过几次", "You have just placed several calls")
    next = Words("请在 {retry_after} 秒后再试", "Try again in {retry_after} seconds")


class ApprovalNotFound(NotFound):
    code = "call_approval_not_found"
    what = Words("这个确认已经失效", "This question is no longer open")
    next = Words("如果您正在通话，请按语音提示操作", "If you are on the line, follow the prompts")
