"""How oversight says no.

Refusal
├── WatchReasonMissing      an act that needs a reason came without
├── CustomerNotFound        no customer has this number
├── CanaryStands, CanaryNotFound
├── GlassNotFound           no such opening, or not yours: the same answer
├── GlassMended             its time is over
├── AlarmNotFound
├── AlarmAnswered           somebody was first
├── AboutYourself           nobody answers, reviews or recovers in their own matter
├── ThirdLookNotFound, LookedAlready
├── TooManyUnmaskings       the shift's ceiling is reached
├── RecoveryNotFound
└── ActNotFound             no act of staff on this customer has this number
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words


class WatchReasonMissing(Invalid):
    code = "watch_reason_missing"
    what = Words("请写明理由", "A reason is needed")
    next = Words("写一句别人看得懂的话", "One sentence that others understand")


class CustomerNotFound(NotFound):
    code = "customer_number_unknown"
    what = Words("没有这个客户编号", "No customer has this number")
    next = Words("请核对编号，包括最后一位校验码", "Check the number, its last digit too")


class CanaryStands(Conflict):
    code = "canary_stands"
    what = Words("这个账户已经是诱饵", "This account is a canary already")
    next = Words("请看诱饵列表", "Look at the list of canaries")


class CanaryNotFound(NotFound):
    code = "canary_not_found"
    what = Words("没有这个诱饵", "There is no such canary")
    next = Words("请从诱饵列表里选", "Choose one from the list of canaries")


class GlassNotFound(NotFound):
    code = "glass_not_found"
    what = Words("没有这次应急打开", "There is no such emergency opening")
    next = Words("还需要的话，写明理由打开一次", "If it is needed, open one with a reason")


class GlassMended(Conflict):
    code = "glass_mended"
    what = Words("这次应急打开已经结束", "This emergency opening is over")
    next = Words("还需要的话，写明理由再打开一次", "If it is still needed, open it again with a reason")


class AlarmNotFound(NotFound):
    code = "alarm_not_found"
    what = Words("没有这个警报", "There is no such alarm")
    next = Words("请从警报列表里打开", "Open it from the list of alarms")


class AlarmAnswered(Conflict):
    code = "alarm_answered"
    what = Words("已经有人处理了这个警报", "Somebody has answered this alarm")
    next = Words("请看处理结果", "Read the answer")


class AboutYourself(NotAllowed):
    """The law: nobody judges in their own matter."""

    code = "about_yourself"
    what = Words("这件事和您自己有关，要由别人来处理", "This is about yourself; somebody else has to")
    next = Words("请转给另一位同事", "Hand it to a colleague")


class ThirdLookNotFound(NotFound):
    code = "third_look_not_found"
    what = Words("没有这份抽查", "There is no such third look")
    next = Words("请从抽查列表里打开", "Open it from the list of third looks")


class LookedAlready(Conflict):
    code = "looked_already"
    what = Words("这份抽查已经有结果", "This third look is done")
    next = Words("请看结果，不用再做什么", "Read the result; nothing more to do")


class TooManyUnmaskings(NotAllowed):
    """Field: ``ceiling``."""

    code = "too_many_unmaskings"
    what = Words(
        "这一班已经看了 {ceiling} 个遮住的字段，不能再看", "{ceiling} fields were uncovered in this shift; no more"
    )
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words("请主管接手，或等下一班", "Ask a supervisor to take over, or wait for the next shift")


class RecoveryNotFound(NotFound):
    code = "recovery_not_found"
    what = Words("没有这份员工找回的提议", "There is no such staff recovery")
    next = Words("请从员工找回的列表里打开", "Open it from the list of staff recoveries")


class ActNotFound(NotFound):
    code = "act_not_found"
    what = Words("没有这条记录", "There is no such entry")
    next = Words("请在“谁看过我的账户”里选一条", "Choose an entry under Who touched my account")
