"""How the cases' room says no.

Refusal
├── CaseNotFound        no such case, or not yours: the same answer
├── CaseKindUnknown     no promise is known for this kind of matter
├── CaseEventRefused    the case stands where this cannot happen
├── CaseTaken           another agent has it
├── AboutYou            the case complains about this agent
├── ReasonMissing       an act that needs a reason came without
├── RatingRefused       not one to five stars, or too many words
├── RatedAlready        one rating for each closing
└── OpenedElsewhere     the same payment and kind has an open case
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words


class CaseNotFound(NotFound):
    code = "case_not_found"
    what = Words("没有找到这个案件", "This case was not found")
    next = Words("请从“帮助”里的案件列表打开", "Open it from the list of cases under Help")


class CaseKindUnknown(Invalid):
    code = "case_kind_unknown"
    what = Words("我们不认识这类问题：{kind}", "We do not know this kind of matter: {kind}")
    next = Words("请从页面上的选项里选一个", "Choose one of those on the page")


class CaseEventRefused(Conflict):
    """Fields: ``state`` and ``event``, each by its name and ``state_words`` as people read it."""

    code = "case_event_refused"
    what = Words("案件现在是“{state_words}”，不能做这一步", "The case is “{state_words}”; this cannot be done now")
    next = Words(
        "请刷新看看现在的情况；已结案的可以重新打开", "Reload to see where it stands; a closed case can be reopened"
    )


class CaseTaken(Conflict):
    code = "case_taken"
    what = Words("工号 {number} 已经在处理", "Agent {number} already has it")
    next = Words("请联系同事，或请主管转交", "Ask your colleague, or a supervisor to hand it over")


class AboutYou(NotAllowed):
    """The law: who is complained about never handles it."""

    code = "case_about_you"
    what = Words("这个案件和您自己有关，要由别人处理", "This case is about you; somebody else handles it")
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words("请交给另一位同事", "Leave it to a colleague")


class ReasonMissing(Invalid):
    code = "reason_missing"
    what = Words("请写明原因", "A reason is needed")
    next = Words("写一句客户能看懂的话", "Write one sentence that the customer would understand")


class RatingRefused(Invalid):
    code = "rating_not_usable"
    what = Words("请选一到五颗星，文字不超过 1,000 字", "Choose one to five stars and at most 1,000 characters")
    next = Words("改一下再提交", "Change it and send again")


class RatedAlready(Conflict):
    code = "rated_already"
    what = Words("这次结案您已经评价过", "You have rated this closing already")
    next = Words("谢谢，您的评价已经留在案件里", "Thank you; your rating is on the case")


class OpenedElsewhere(Conflict):
    """Field: ``reference`` of the open case that already has this payment and kind."""

    code = "case_open_elsewhere"
    what = Words("这件事已经在另一个案件里处理：{reference}", "This is in hand in another case: {reference}")
    next = Words("请打开那个案件", "Open that case")
