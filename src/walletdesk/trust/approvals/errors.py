"""Refusals of the two-person rule.

KindUnknown, PayloadNotUsable, ReasonMissing, BeneficiaryUnknown
AlreadyProposed             one open proposal per matter; ``proposal_id`` which
ProposalNotFound
ProposalClosed              nobody decides this any more
├── AlreadyDecided          approved, rejected, withdrawn or replaced
└── Expired                 its time is over
ChangedSince                what you looked at is not what stands here
NotMaker                    only who made it may change or withdraw it
SomebodyElseDrawn           the lot fell on another; ``who``, ``until`` when only they decide
TwoPersonRule               this person may not
├── SamePerson              you made it
├── SameTeam                a colleague of your own team made it
├── IsBeneficiary           you would gain
└── MayNot                  your role does not allow it
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words

_NOTHING_MOVED = Words("账本没有动", "The ledger has not moved")
_OTHER_PERSON = Words("请另一组有权的同事来定", "Somebody of another team who may has to decide")


class KindUnknown(Invalid):
    code = "proposal_kind_unknown"
    what = Words("没有这种提议", "There is no such kind of proposal")
    next = Words("请从案件里重新提", "Propose it anew from the case")


class PayloadNotUsable(Invalid):
    code = "proposal_payload_not_usable"
    what = Words("提议的内容写不下来", "The proposal cannot be written down")
    next = Words("请核对填写的内容，再提一次", "Check what you filled in and propose again")


class ReasonMissing(Invalid):
    code = "proposal_reason_missing"
    what = Words("退回要写原因", "Sending it back needs a reason")
    next = Words("写一句话，让提议人知道该改什么", "One sentence, so that the maker knows what to change")


class BeneficiaryUnknown(NotFound):
    code = "beneficiary_not_found"
    what = Words("没有找到收款的客户", "The customer who would gain was not found")
    next = Words("请核对客户编号", "Check the customer number")


class AlreadyProposed(Conflict):
    code = "proposal_open"
    what = Words("这件事已有一个待审批的提议", "This matter has an open proposal already")
    money = _NOTHING_MOVED
    next = Words("请先处理那一个", "Deal with that one first")


class ProposalNotFound(NotFound):
    code = "proposal_not_found"
    what = Words("没有这个提议", "There is no such proposal")
    next = Words("请从待审批列表里打开", "Open it from the list of proposals")


class ProposalClosed(Conflict):
    code = "proposal_closed"
    money = _NOTHING_MOVED
    next = Words(
        "请看结果；还需要的话，请提议人重新提", "Look at the result; if it is still needed, the maker proposes again"
    )


class AlreadyDecided(ProposalClosed):
    code = "proposal_decided"
    what = Words("这个提议已经有结果了", "This proposal is decided already")
    money = Words("这一次点击没有动账本", "This click has not moved the ledger")
    next = Words("请看结果，不用再做什么", "Look at the result; nothing more to do")


class Expired(ProposalClosed):
    code = "proposal_expired"
    what = Words("这个提议已经过期", "This proposal has run out")
    next = Words("请提议人重新提", "The maker has to propose again")


class ChangedSince(Conflict):
    """The law: what is approved is what was seen."""

    code = "proposal_changed"
    what = Words("提议在您看的时候变了", "The proposal changed while you looked")
    money = _NOTHING_MOVED
    next = Words("请重新看一遍再定", "Look again, then decide")


class NotMaker(NotAllowed):
    code = "proposal_not_yours"
    what = Words("只有提议人能改或撤回", "Only who made it may change or withdraw it")
    money = _NOTHING_MOVED
    next = Words("请提议人来改，或写原因退回", "Ask the maker to change it, or send it back with a reason")


class SomebodyElseDrawn(Conflict):
    """No attempt against the law: after ``until`` (UTC; the sentence shows it in the reader's zone) this person may."""

    code = "somebody_else_drawn"
    what = Words(
        "抽签抽中了{who}，{until_shown} 之前由对方来定", "The lot fell on {who}; until {until_shown} they decide"
    )
    money = _NOTHING_MOVED
    next = Words("过了这个时间，您也可以定", "After that time you may decide it too")

    def __init__(self, *, who: Words, until: datetime) -> None:
        super().__init__(who=who, until=until, until_shown=timezone.localtime(until).strftime("%H:%M"))


class TwoPersonRule(NotAllowed):
    """The law: each effect on money has two people, neither of whom gains (I12)."""

    code = "two_person_rule"
    money = _NOTHING_MOVED
    next = _OTHER_PERSON


class SamePerson(TwoPersonRule):
    code = "same_person"
    what = Words("这是您自己提的，不能自己批", "You proposed this, so you cannot decide it")


class SameTeam(TwoPersonRule):
    code = "same_team"
    what = Words("提议人和您同组，要由另一组来定", "The maker is of your team; another team decides")


class IsBeneficiary(TwoPersonRule):
    code = "is_beneficiary"
    what = Words("这笔钱会到您自己手里，您不能经手", "The money would reach you, so you cannot take part")


class MayNot(TwoPersonRule):
    code = "may_not_decide"
    what = Words("您的岗位不能做这件事", "Your role does not allow this")


Objection = ProposalClosed | ChangedSince | SomebodyElseDrawn | TwoPersonRule
BY_NAME: dict[str, type[ProposalClosed | ChangedSince | TwoPersonRule]] = {
    "already_decided": AlreadyDecided,
    "expired": Expired,
    "changed_since": ChangedSince,
    "same_person": SamePerson,
    "same_team": SameTeam,
    "is_beneficiary": IsBeneficiary,
    "may_not": MayNot,
}
