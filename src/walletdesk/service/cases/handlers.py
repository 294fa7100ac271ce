"""What the cases' room does when something happened elsewhere. Each handler is set-based and safe to run twice."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from walletdesk.foundation.amount.public import Amount, Asset
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import asset
from walletdesk.money.merchants.public import merchants
from walletdesk.money.payments.public import DuplicateSuspected, payments
from walletdesk.money.refunds.public import RefundPosted
from walletdesk.service.cases.queries import CaseView, open_cases_of_payments
from walletdesk.service.cases.recovery_handlers import (
    on_papers_decided,
    on_papers_handed_in,
    on_proof_given,
    on_recovery_finished,
    on_reset_started,
)
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor, the_agent, the_customer
from walletdesk.service.cases.services.money_entries import proposal_entry, refund_entry
from walletdesk.service.cases.services.note_events import Entry, note_events
from walletdesk.service.cases.services.open_cases import CaseDraft, open_cases
from walletdesk.service.cases.services.raise_alarm import raise_priority
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.approvals.public import ProposalDecided, ProposalExpired, ProposalMade
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.public import AgentDisowned, CustomerVerified, VerificationAsked

__all__ = [
    "on_agent_disowned",
    "on_customer_verified",
    "on_duplicate_suspected",
    "on_papers_decided",
    "on_papers_handed_in",
    "on_proof_given",
    "on_proposal_decided",
    "on_proposal_expired",
    "on_proposal_made",
    "on_recovery_finished",
    "on_refund_posted",
    "on_reset_started",
    "on_verification_asked",
]

FOUND = Words(
    "系统发现同一笔消费可能扣了两次，相隔 {apart}，建立了案件",
    "The system found what may be one purchase charged twice, {apart} apart, and opened this case",
)
SECONDS, MINUTES = Words("{n} 秒", "{n} s"), Words("{n} 分钟", "{n} min")
TOLD = Words("{shop}可能多扣了您 {amount}", "{shop} may have charged you {amount} twice")
TOLD_MORE = Words(
    "{due} 前答复您，案件 {reference}。不用再付，也不用做什么。",
    "Answer by {due}, case {reference}. Do not pay again; you need not do anything.",
)
TOLD_SHOP = Words("一笔订单可能收了两次，{amount}", "One order may have been charged twice, {amount}")
TOLD_SHOP_MORE = Words(
    "案件 {reference}。请看看收银记录，告诉我们您看到的",
    "Case {reference}. Please look at your till’s log and tell us what you see",
)
ASKED = Words("工号 {number} {name}请您在手机上确认", "Agent {number}, {name}, asked you to confirm on your phone")
VERIFIED = {
    "own_device": Words("您在自己的手机上确认了身份，{level} 级", "You confirmed on your own device; level {level}"),
    "proofs": Words("您给出了两样凭证，{level} 级", "You gave two proofs; level {level}"),
    "papers": Words("您的证件经第二人核对，{level} 级", "Your papers were seen by a second person; level {level}"),
}
DISOWNED = Words(
    "您说对方不是我们的人。已报告安全小组", "You said that it was not one of us. The security team has been told"
)


def on_duplicate_suspected(facts: Sequence[DuplicateSuspected]) -> None:
    """Open a case for each pair, with both payments on its first line, and tell both sides."""
    paid = payments({payment for one in facts for payment in (one.first_payment_id, one.second_payment_id)})
    opened = open_cases(
        [
            CaseDraft(
                "duplicate_charge",
                one.customer_id,
                THE_SYSTEM,
                (one.first_payment_id, one.second_payment_id),
                words=_found(one),
                detail=_both_payments(one, paid),
                at=one.at,
            )
            for one in facts
        ]
    )
    note_events(
        [
            Entry(
                case.id, "duplicate_found", _found(one), THE_SYSTEM, _both_payments(one, paid),
                once=f"duplicate_found:{one.second_payment_id}", at=one.at,
            )
            for one, case in zip(facts, opened, strict=True)
            if case.opened_by != "system"
        ]
    )  # fmt: skip
    _tell_both_sides(facts, opened)


def _found(one: DuplicateSuspected) -> dict[str, str]:
    apart = one.seconds_apart
    return FOUND.both(apart=_Spoken(SECONDS, apart) if apart < 120 else _Spoken(MINUTES, apart // 60))


class _Spoken:
    """A figure with its unit, in the language of the sentence around it."""

    def __init__(self, words: Words, figure: int) -> None:
        self.words, self.figure = words, figure

    def __str__(self) -> str:
        return self.words.say(n=self.figure)


def _both_payments(one: DuplicateSuspected, paid: dict) -> dict:
    return {
        "payments": [
            {
                "id": str(payment),
                "receipt_number": paid[payment].receipt_number,
                "at": paid[payment].captured_at.isoformat(),
                "amount_minor": one.amount_minor,
                "asset": one.asset,
                "role": role,
            }
            for payment, role in ((one.first_payment_id, "purchase"), (one.second_payment_id, "likely_double"))
        ],
        "order_reference": paid[one.second_payment_id].order_reference,
        "seconds_apart": one.seconds_apart,
        "reason": one.reason,
        "confidence": one.confidence,
    }


def _tell_both_sides(facts: Sequence[DuplicateSuspected], opened: list[CaseView]) -> None:
    shops, people = merchants({one.merchant_id for one in facts}), customers({one.customer_id for one in facts})
    assets = _assets(facts)
    drafts: list[NoticeDraft] = []
    for one, case in zip(facts, opened, strict=True):
        amount, about = Amount(one.amount_minor, assets[one.asset]), str(one.second_payment_id)
        zone = ZoneInfo(people[one.customer_id].time_zone)
        due = f"{case.promise.due_at.astimezone(zone):%H:%M}" if case.promise else ""
        words = TOLD.both(shop=shops[one.merchant_id].name, amount=amount)
        more = TOLD_MORE.both(due=due, reference=case.reference)
        link = f"/wallet/cases/{case.reference}/"
        drafts.append(NoticeDraft("customer", one.customer_id, "charged_twice", words, more, link, about, at=one.at))
        words, more = TOLD_SHOP.both(amount=amount), TOLD_SHOP_MORE.both(reference=case.reference)
        link = f"/till/cases/{case.reference}/"
        drafts.append(NoticeDraft("merchant", one.merchant_id, "charged_twice", words, more, link, about, at=one.at))
    tell_many(drafts)


def on_refund_posted(facts: Sequence[RefundPosted]) -> None:
    """A line on the case that asked for it, and on every open case about that payment."""
    concerned = open_cases_of_payments({one.payment_id for one in facts})
    assets = _assets(facts)
    entries: list[Entry] = []
    for one in facts:
        amount = Amount(one.amount_minor, assets[one.asset])
        cases = {case.id for case in concerned.get(one.payment_id, [])} | ({one.case_id} if one.case_id else set())
        entries += [refund_entry(case, one.refund_id, one.number, one.payment_id, amount, one.at) for case in cases]
    note_events(entries)


def on_verification_asked(facts: Sequence[VerificationAsked]) -> None:
    agents = _agents({one.employee_id for one in facts})
    note_events(
        [
            Entry(
                one.case_id, "verification_asked",
                ASKED.both(number=agents[one.employee_id].number, name=agents[one.employee_id].name),
                agents[one.employee_id], once=f"verification_asked:{one.prompt_id}", at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_customer_verified(facts: Sequence[CustomerVerified]) -> None:
    """A line for each proof; being signed in (level 1) is no news to anybody."""
    note_events(
        [
            Entry(
                one.case_id, "customer_verified", VERIFIED[one.how].both(level=one.level), the_customer(one.customer_id),
                {"level": one.level, "how": one.how}, once=f"customer_verified:{one.at.isoformat()}", at=one.at,
            )
            for one in facts
            if one.level >= 2
        ]
    )  # fmt: skip


def on_agent_disowned(facts: Sequence[AgentDisowned]) -> None:
    """An alarm: said on the timeline, and the case goes to the front of the queue."""
    raise_priority([one.case_id for one in facts])
    note_events(
        [
            Entry(
                one.case_id, "agent_disowned", DISOWNED.both(), the_customer(one.customer_id),
                {"employee_id": str(one.employee_id)}, once=f"agent_disowned:{one.prompt_id}", at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_proposal_made(facts: Sequence[ProposalMade]) -> None:
    agents = _agents({one.maker_id for one in facts})
    note_events(
        [
            proposal_entry(one.case_id, one.proposal_id, "proposed", agents[one.maker_id], at=one.at)
            for one in facts
            if one.case_id
        ]
    )


def on_proposal_decided(facts: Sequence[ProposalDecided]) -> None:
    """Approved and rejected by the checker; withdrawn and replaced by the maker."""
    agents = _agents({one.checker_id or one.maker_id for one in facts})
    note_events(
        [
            proposal_entry(
                one.case_id, one.proposal_id, one.state, agents[one.checker_id or one.maker_id], one.reason, one.at
            )
            for one in facts
            if one.case_id
        ]
    )


def on_proposal_expired(facts: Sequence[ProposalExpired]) -> None:
    note_events(
        [proposal_entry(one.case_id, one.proposal_id, "expired", THE_SYSTEM, at=one.at) for one in facts if one.case_id]
    )


def _assets(facts: Sequence[DuplicateSuspected] | Sequence[RefundPosted]) -> dict[str, Asset]:
    return {code: asset(code) for code in {one.asset for one in facts}}


def _agents(ids: set[uuid.UUID]) -> dict[uuid.UUID, Actor]:
    return {
        id_: the_agent(id_, view.employee_number, view.name_zh, view.name_en) for id_, view in employees(ids).items()
    }
