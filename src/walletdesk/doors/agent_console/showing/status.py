"""A status: a word, a shape and a tone, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseView


@dataclass(frozen=True, slots=True)
class Status:
    """``tone``: go, wait, bad, plain or nothing (unknown); ``shape``: a row of icons.svg."""

    words: Words
    tone: str
    shape: str


IN_HAND = Status(Words("处理中", "In hand"), "wait", "half")
UNCLAIMED = Status(Words("待接", "Unclaimed"), "plain", "ring")
DUE_SOON = Status(Words("快到点", "Soon due"), "bad", "tri")
LATE = Status(Words("已超时", "Overdue"), "bad", "tri")
_BY_STATE = {
    "waiting_customer": Status(Words("等客户", "Customer"), "wait", "half"),
    "waiting_other": Status(Words("等商户", "Shop"), "wait", "half"),
    "resolved": Status(Words("等确认", "To confirm"), "go", "ring"),
    "closed": Status(Words("已结案", "Closed"), "plain", "flat"),
}


def of_case(case: CaseView) -> Status:
    """How a case stands, as an agent says it."""
    if case.state in _BY_STATE:
        return _BY_STATE[case.state]
    return IN_HAND if case.assigned_id else UNCLAIMED


def of_row(case: CaseView) -> Status:
    """The same in the queue, where a promise that runs out speaks first."""
    standing = case.promise.standing if case.promise and not case.promise.clock.is_fulfilled else ""
    if case.is_open and standing == "broken":
        return LATE
    if case.is_open and standing == "at_risk":
        return DUE_SOON
    return of_case(case)


KIND_WORDS = {
    "duplicate_charge": Words("重复扣款", "Duplicate charge"),
    "payment_problem": Words("付款问题", "Payment problem"),
    "not_mine": Words("不是本人付的", "Not theirs"),
    "refund_request": Words("申请退款", "Refund request"),
    "record_wrong": Words("记录不对", "Record wrong"),
    "frozen_account": Words("账户冻结", "Account frozen"),
    "objection": Words("对操作有异议", "Objection to an act"),
    "question": Words("咨询", "Question"),
    "locked_out": Words("进不去账户", "Locked out"),
    "scam_report": Words("举报诈骗", "Scam reported"),
    "payee_check": Words("核对转账", "Transfers to check"),
}
KIND_ICONS = {
    "duplicate_charge": "copy",
    "payment_problem": "warn",
    "not_mine": "shield",
    "refund_request": "refund",
    "record_wrong": "receipt",
    "frozen_account": "freeze",
    "objection": "flag",
    "question": "chat",
    "locked_out": "lock",
    "scam_report": "flag",
    "payee_check": "eye",
}


def kind_words(kind: str) -> Words:
    return KIND_WORDS.get(kind, Words(kind, kind))


def kind_icon(kind: str) -> str:
    return KIND_ICONS.get(kind, "chat")
