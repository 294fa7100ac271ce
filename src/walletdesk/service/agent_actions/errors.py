"""How an agent's act is refused.

    Refusal
    ├── NoCase                  an account is opened from a case or not at all (O10)
    ├── CaseNotInHand           the case is closed, or another agent has it, or nobody
    ├── FieldNotMasked          there is no such masked field
    ├── NotVerified             money needs level 2
    ├── CheckNotVerified        a safety check is of who has confirmed that it is them
    ├── PaymentNotOnCase        no such payment in this case
    ├── OverCap                 above what this agent may propose
    ├── OverDayCap              above what this agent may propose in a day
    ├── FigureUnknown           no figure of the house has this key
    ├── SourceMissing           a figure needs to say who decided it
    ├── FigureNotUsable         the house could not read it, or it would hold in the past
    ├── FigureMoved             it became another one since it was proposed
    ├── PapersWanted            lifting a freeze needs documents that a second agent accepted
    └── CannotRefund            the payment cannot give this back; ``why`` in both languages

``ReasonMissing`` and ``CaseNotFound`` come from cases, ``ActNotAllowed`` from staff, the two-person rule from approvals.
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words

_NOT_MOVED = Words("账本没有动", "The ledger has not moved")


class NoCase(NotAllowed):
    code = "no_case"
    what = Words("没有案件，不能打开客户的资料", "Without a case a customer’s account stays closed")
    next = Words("请从队列里的案件打开", "Open it from a case in the queue")


class CaseNotInHand(Conflict):
    code = "case_not_in_hand"
    what = Words("这个案件不在您手里，或者已经结案", "This case is not in your hands, or it is closed")
    money = _NOT_MOVED
    next = Words("先接手案件；已结案的先重新打开", "Take the case first; reopen it if it is closed")


class FieldNotMasked(Invalid):
    """Field: ``field``."""

    code = "field_not_masked"
    what = Words("没有这个遮住的字段：{field}", "There is no masked field {field}")
    next = Words("从客户资料里选一个", "Choose one on the customer’s card")


class NotVerified(Conflict):
    """Fields: ``level`` (now) and ``needed``."""

    code = "not_verified"
    what = Words(
        "客户身份只到 {level} 级，动钱要 {needed} 级",
        "The customer is verified to level {level}; money needs level {needed}",
    )
    money = _NOT_MOVED
    next = Words("请客户在自己的手机上确认", "Ask the customer to confirm on their own phone")


class CheckNotVerified(Conflict):
    """Fields: ``level`` (now) and ``needed``."""

    code = "check_not_verified"
    what = Words(
        "还没有确认是本人（{level} 级，要 {needed} 级），不能记下安全检查",
        "A safety check needs a customer verified to level {needed}; this one is at {level}",
    )
    money = _NOT_MOVED
    next = Words(
        "请客户在自己的手机上确认；急的话先冻结",
        "Ask the customer to confirm on their own phone; if it is urgent, freeze first",
    )


class PaymentNotOnCase(NotFound):
    code = "payment_not_on_case"
    what = Words("这笔付款不在本案里", "This payment is not part of the case")
    money = _NOT_MOVED
    next = Words("从案件列出的付款里选", "Choose one that the case lists")


class OverCap(NotAllowed):
    """Field: ``cap``, an amount."""

    code = "refund_over_cap"
    what = Words("超过您可以提议的 {cap}", "This is above the {cap} that you may propose")
    money = _NOT_MOVED
    next = Words("请主管来提议", "Ask a supervisor to propose it")


class OverDayCap(NotAllowed):
    """Field: ``cap``, an amount: the sum of one day."""

    code = "refund_over_day_cap"
    what = Words("超过您一天可以提议的 {cap}", "This is above the {cap} that you may propose in a day")
    money = _NOT_MOVED
    next = Words("请同事或主管来提议", "Ask a colleague or a supervisor to propose it")


class PapersWanted(Conflict):
    code = "papers_wanted"
    what = Words("解冻要先有核对过的身份证件", "Lifting it needs documents that a second agent accepted")
    money = _NOT_MOVED
    next = Words("请客户在案件里交证件，由另一位同事核对", "Ask for them in the case; another agent looks at them")


class CannotRefund(Conflict):
    """Field: ``why``, the first check that failed, in the reader's language."""

    code = "refund_not_possible"
    what = Words("现在不能这样退：{why}", "It cannot be refunded like this: {why}")
    money = _NOT_MOVED
    next = Words("改一下金额，或先处理这一项", "Change the amount, or deal with this first")


_AS_IT_WAS = Words("旧的数字照旧有效", "The old figure still holds")
_WRONG = {
    "json": Words("不是一个写对的值", "it is not written as a value"),
    "same": Words("和现在的一样", "it is the same as now"),
    "kind": Words("和原来的不是一种值", "it is not the kind of value that stood there"),
    "negative": Words("有负数", "a number is below nought"),
    "name": Words("没有叫这个的项目", "no figure has a part of this name"),
    "word": Words("没有叫这个的表", "no figure knows this word"),
    "past": Words("这一天已经开始了", "this day has begun already"),
}


class FigureUnknown(NotFound):
    code = "figure_unknown"
    what = Words("没有这个数字", "There is no such figure")
    money = _AS_IT_WAS
    next = Words("从列表里选", "Choose one from the list")


class SourceMissing(Invalid):
    code = "figure_source_missing"
    what = Words("要写明是谁、什么时候决定的", "It must say who decided it, and when")
    money = _AS_IT_WAS
    next = Words("比如：董事会 2026-12 决议", "Such as: board decision 2026-12")


class FigureNotUsable(Invalid):
    """Field: ``wrong``, what (a key of ``_WRONG``) and where."""

    code = "figure_not_usable"
    what = Words("这个值不能用：{why}", "This value cannot be used: {why}")
    money = _AS_IT_WAS
    next = Words("照原来的样子改，只改数字", "Write it like the old one and change its numbers")

    def __init__(self, wrong: tuple[str, str]) -> None:
        said, where = _WRONG[wrong[0]], f" ({wrong[1]})" if wrong[1] else ""
        super().__init__(why=Words(f"{said.zh}{where}", f"{said.en}{where}"))


class FigureMoved(Conflict):
    code = "figure_moved"
    what = Words("提议以后，这个数字已经改过", "The figure became another one since it was proposed")
    money = _AS_IT_WAS
    next = Words("退回，请提议人照新的再提", "Send it back; the maker proposes it anew")
