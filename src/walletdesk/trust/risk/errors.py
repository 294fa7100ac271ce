"""Refusals of risk. Each is about one payment; nothing moved.

Refusal
├── NotAllowed  StepUpNeeded     a fresh proof of the person is wanted; the same key then goes on
├── Conflict    PaymentStopped   it will not be made; ``why`` says what was noticed, in the customer's words
│               PaymentOnHold    nothing (or nothing to new payees) goes out until ``until``
├── Invalid     RulesNotUsable   ``where`` names the place; RulesNeedNote, MarkNeedsReason
├── NotFound    RulesNotFound
├── Conflict    RulesPublished, OwnRules (who wrote them does not publish them)
└── about a payee    ReportKindUnknown, ReportOfOneself, ReportedAlready (``reference``), TooManyReports; MarkStands
"""

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, TryLater
from walletdesk.foundation.i18n.words import Words

STILL_THERE = Words(
    "付款没有成功，钱还在您的账户里", "The payment did not go through. Your money is still in your account"
)


class StepUpNeeded(NotAllowed):
    code = "step_up_needed"
    what = Words("付款前，请再确认一次是您本人", "Before this payment, please confirm once more that it is you")
    money = STILL_THERE
    next = Words(
        "用通行密钥、动态口令或另一台设备确认，再继续", "Confirm by passkey, code or another device, then go on"
    )


class PaymentStopped(Conflict):
    code = "payment_stopped"
    what = Words("为了您的安全，这笔付款被拦下了", "We stopped this payment to keep you safe")
    money = STILL_THERE
    next = Words(
        "请先不要再付；在“帮助”里联系我们，我们和您一起看",
        "Do not pay again for now; ask us under Help and we look together",
    )


class PaymentOnHold(Conflict):
    code = "payment_on_hold"
    what = Words("账户刚刚改动过，暂时不能这样转出", "Your account was changed just now; this cannot go out yet")
    money = STILL_THERE
    next = Words("时间到了会自己恢复；着急请联系我们", "It opens by itself in time; if it is urgent, ask us")


class RulesNotUsable(Invalid):
    code = "risk_rules_not_usable"
    what = Words("这里填得不对：{where}", "This cannot be used: {where}")
    next = Words("请填整数，级别从低到高", "Whole numbers, and levels that rise")


class RulesNeedNote(Invalid):
    code = "risk_rules_need_note"
    what = Words("请写一句为什么改", "Say in one sentence why they change")
    next = Words("第二个人和审计会读到", "The second person and the auditor read it")


class MarkNeedsReason(Invalid):
    code = "risk_mark_needs_reason"
    what = Words("请写一句原因", "Say why in one sentence")
    next = Words("它会留在记录里", "It stays in the record")


class RulesNotFound(NotFound):
    code = "risk_rules_not_found"
    what = Words("没有这一版规则", "There is no such version")
    next = Words("请从列表里选", "Choose one from the list")


class RulesPublished(Conflict):
    code = "risk_rules_published"
    what = Words("这一版已经发布过了", "This version is published already")
    next = Words("要改，请写新的一版", "To change it, write a new version")


class OwnRules(NotAllowed):
    code = "risk_rules_own"
    what = Words("自己写的规则要由另一个人发布", "Another person must publish the rules that you wrote")
    next = Words("请另一组的同事看过再发布", "Ask a colleague of another team")


class ReportKindUnknown(Invalid):
    code = "report_kind_unknown"
    what = Words("请选一项发生了什么", "Choose what happened")
    next = Words("选最接近的一项，细节可以写在下面", "Choose the nearest one; details go below it")


class ReportOfOneself(Invalid):
    code = "report_of_oneself"
    what = Words("不能举报自己", "You cannot report yourself")
    next = Words("您的账户有异常，请先冻结", "If your own account looks wrong, freeze it first")


class ReportedAlready(Conflict):
    code = "reported_already"
    what = Words("您已经举报过对方，我们在查", "You have reported them already, and we look into it")
    next = Words("要补充，请在案件 {reference} 里说", "To add something, write it in case {reference}")


class TooManyReports(TryLater):
    code = "too_many_reports"
    what = Words("一天之内举报得太多了", "So many reports within a day are too many")
    next = Words("请明天再来；着急就打热线", "Come back tomorrow; if it is urgent, call the hotline")


class ReviewedAlready(Conflict):
    code = "risk_reviewed_already"
    what = Words("这几天已经有人单独提醒过付款人", "Somebody has warned payers alone within these days")
    next = Words(
        "要继续提醒，请提议标记，由第二个人批准", "To go on warning, propose a mark; a second person approves it"
    )


class MarkStands(Conflict):
    code = "risk_mark_stands"
    what = Words("对方已经有这个标记", "This mark stands on them already")
    next = Words("要改，先去掉它", "To change it, take it off first")
