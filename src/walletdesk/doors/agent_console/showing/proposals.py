"""Proposals as the second person reads them: the list by due time, and one in full with why they may not, in words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors.agent_console.showing import status
from walletdesk.doors.agent_console.showing.customer import HOW
from walletdesk.doors.agent_console.showing.proposal_kinds import KINDS
from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words
from walletdesk.money.payments.public import PaymentView, payments
from walletdesk.money.refunds.public import RefundView
from walletdesk.service.agent_actions.public import RefundSlip
from walletdesk.trust.approvals.public import ProposalView, objections_to
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import level_of

DECIDED = {
    "approved": status.Status(Words("已批准", "Approved"), "go", "done"),
    "rejected": status.Status(Words("已退回", "Sent back"), "bad", "x"),
    "expired": status.Status(Words("过期了", "Ran out"), "plain", "flat"),
    "withdrawn": status.Status(Words("收回了", "Withdrawn"), "plain", "flat"),
    "replaced": status.Status(Words("改过了", "Replaced"), "plain", "flat"),
}
BARRED = {
    "same_person": status.Status(Words("不能自己批", "Not your own"), "bad", "hold"),
    "same_team": status.Status(Words("同组不能批", "Your own team’s"), "bad", "hold"),
    "is_beneficiary": status.Status(Words("与您有关", "You would gain"), "bad", "hold"),
    "somebody_else_drawn": status.Status(Words("抽中了别人", "Drawn for another"), "plain", "hold"),
    "may_not_decide": status.Status(Words("您只能看", "You may look only"), "plain", "hold"),
}
OUTCOMES = {
    "approved": Words("已批准，账本动了一次", "Approved; the ledger moved once"),
    "rejected": Words("已退回，账本没有动", "Sent back; the ledger did not move"),
    "expired": Words("没有人在时限内决定，账本没有动", "Nobody decided in time; the ledger did not move"),
    "withdrawn": Words("提议人收回了，账本没有动", "The maker took it back; the ledger did not move"),
    "replaced": Words("内容改过，这一份作废", "It was changed; this one is void"),
}
NEED_NEW = Words("还要退的话，请提议人重新提", "If it is still needed, the maker proposes again")
YOU = Words("您", "You")
APPROVED_BY = Words("第二人，批准了", "Second person, approved")
REJECTED_BY = Words("第二人，退回了", "Second person, sent it back")


@dataclass(frozen=True, slots=True)
class Row:
    id: uuid.UUID
    href: str
    title: Words
    icon: str
    amount: Amount | None
    maker: Words
    made_at: datetime
    at: datetime | None
    status: status.Status
    barred: bool


def _title(payment: PaymentView | None) -> Words:
    if payment is None:
        return Words("退款", "Refund")
    if payment.duplicate_of:
        return Words(f"退款，{payment.payee.zh}重复扣款", f"Refund, {payment.payee.en} double charge")
    return Words(f"退款，{payment.payee.zh}", f"Refund, {payment.payee.en}")


def _amount(one: ProposalView) -> Amount | None:
    if "amount_minor" not in one.payload:
        return None
    asset = KNOWN_ASSETS.get(one.payload.get("asset", "CNY"), KNOWN_ASSETS["CNY"])
    return Amount(int(one.payload["amount_minor"]), asset)


def rows(found: list[ProposalView], employee: EmployeeView) -> list[Row]:
    """The list: what waits, or what was decided; what this employee may not decide says so."""
    paid = payments({uuid.UUID(one.payload["payment_id"]) for one in found if one.kind == "refund"})
    why = objections_to([one.id for one in found if one.is_open], employee.id)
    result: list[Row] = []
    for one in found:
        objection = why.get(one.id)
        state = DECIDED.get(one.state) or _waiting(one, employee, objection.code if objection else "")
        mine = one.maker.id == employee.id
        maker = YOU if mine else Words(f"工号 {one.maker.employee_number}", f"Agent {one.maker.employee_number}")
        kind = KINDS[one.kind]
        refund = one.kind == "refund"
        title = _title(paid.get(uuid.UUID(one.payload["payment_id"]))) if refund else kind.title(one)
        href, barred = reverse("desk-proposal", args=[one.id]), objection is not None
        result.append(
            Row(one.id, href, title, kind.icon, _amount(one), maker, one.made_at, one.decided_at, state, barred)
        )
    return result


def _waiting(one: ProposalView, employee: EmployeeView, barred: str) -> status.Status:
    """By when, or whose it is by lot and until when; or why this employee may not."""
    if one.drawn_until is not None and not barred and _drawn_now(one) == employee:
        alone = moment_words(one.drawn_until, "clock")
        words = Words(f"抽中您 · 独占至 {alone}", f"Drawn: you · alone until {alone}")
        return status.Status(words, "wait", "half")
    if one.drawn_until is not None and barred == "somebody_else_drawn":
        opens = moment_words(one.drawn_until, "clock")
        words = Words(f"抽中别人 · {opens} 起开放", f"Drawn: another · opens at {opens}")
        return status.Status(words, "plain", "hold")
    hour = moment_words(one.expires_at)
    return BARRED.get(barred, status.Status(Words(f"{hour} 前", f"by {hour}"), "wait", "half"))


def plain(made: ProposalView, employee: EmployeeView) -> dict[str, Any]:
    """A proposal that moves no money: its facts, who made it, who decides, and what follows."""
    kind = KINDS[made.kind]
    refused = objections_to([made.id], employee.id).get(made.id)
    return {
        "id": made.id,
        "open": made.is_open,
        "title": kind.title(made),
        "kind_words": kind.words,
        "lines": kind.lines(made),
        "then": kind.then,
        "maker": made.maker.label,
        "maker_team": made.maker.team_name,
        "made_at": made.made_at,
        "expires_at": made.expires_at,
        "hash": made.payload_hash,
        "mine": made.maker.id == employee.id,
        "barred": _said(refused) if refused and made.is_open else None,
        "outcome": None if made.is_open else _plain_outcome(made),
        "second": _second_of(made, employee, refused),
    }


def one(slip: RefundSlip, employee: EmployeeView, refunded: RefundView | None) -> dict[str, Any]:
    """A proposal in full; ``refunded`` is what came of it."""
    made = slip.proposal
    person = customers([slip.case.customer_id])[slip.case.customer_id]
    return {
        "id": made.id,
        "open": made.is_open,
        "title": _title(slip.payment),
        "amount": slip.amount,
        "case_reference": slip.case.reference,
        "case_href": reverse("desk-case", args=[slip.case.reference]),
        "customer": person.name,
        "payment_number": slip.payment.receipt_number,
        "reason": slip.reason,
        "verified": _verified(slip),
        "maker": made.maker.label,
        "maker_team": made.maker.team_name,
        "made_at": made.made_at,
        "expires_at": made.expires_at,
        "hash": made.payload_hash,
        "mine": made.maker.id == employee.id,
        "barred": _barred(slip) if made.is_open else None,
        "outcome": None if made.is_open else _outcome(made),
        "second": _second(made, slip, employee),
        "refund": refunded,
    }


def _verified(slip: RefundSlip) -> dict[str, Any]:
    level = level_of(slip.case.id)
    if level is None or level.level == 0:
        words = Words("还没有核验", "Not verified")
        return {"words": words, "tone": "bad", "shape": "x", "more": Words("不能退", "No refund")}
    how = HOW.get(level.how, Words(level.how, level.how))
    hour = moment_words(level.at)
    return {
        "words": Words(f"第 {level.level} 级，{how.zh}", f"Level {level.level}, {how.en}"),
        "tone": "go",
        "shape": "done",
        "more": Words(f"暗号一致 {hour}", f"Code matched {hour}"),
    }


def _barred(slip: RefundSlip) -> dict[str, Words] | None:
    """Why this employee may not decide it: the room's own words."""
    objection = slip.objection
    if not isinstance(objection, Refusal):
        return None
    return _said(objection)


def _said(objection: Refusal) -> dict[str, Words]:
    """Its sentences, filled in."""
    return {"words": _filled(objection, objection.what), "more": _filled(objection, objection.next)}


def _filled(objection: Refusal, words: Words) -> Words:
    return Words(*(words.in_language(language, **objection.fields) for language in (CHINESE, ENGLISH)))


def _drawn_now(made: ProposalView) -> EmployeeView | None:
    """Whom the lot fell on, while their time runs."""
    return made.drawn if made.drawn_until and made.drawn_until > now() else None


def _outcome(made: ProposalView) -> dict[str, Any]:
    state = DECIDED[made.state]
    if made.state == "rejected":
        more = Words(f"理由：{made.reason}", f"Reason: {made.reason}")
    elif made.state == "approved":
        more = Words(
            "原付款与退款互相连着，客户和商户已经收到原因", "Payment and refund are linked; customer and shop know why"
        )
    else:
        more = NEED_NEW
    return {"tone": state.tone, "shape": state.shape, "words": OUTCOMES[made.state], "more": more}


def _plain_outcome(made: ProposalView) -> dict[str, Any]:
    state = DECIDED[made.state]
    more = Words(f"理由：{made.reason}", f"Reason: {made.reason}") if made.reason else Words("", "")
    return {"tone": state.tone, "shape": state.shape, "words": state.words, "more": more}


def _second(made: ProposalView, slip: RefundSlip, employee: EmployeeView) -> dict[str, Any]:
    return _second_of(made, employee, slip.objection)


def _second_of(made: ProposalView, employee: EmployeeView, objection: Exception | None) -> dict[str, Any]:
    """The right half of the two hands: who decided, or who could."""
    role = Words("第二人，批准", "Second person, approves")
    if made.checker is not None:
        approved = made.state == "approved"
        said = APPROVED_BY if approved else REJECTED_BY
        mark = {"tone": "go" if approved else "", "icon": "check" if approved else "back"}
        return mark | {"role": said, "name": made.checker.label, "at": made.decided_at, "status": None}
    if made.is_open and objection is None:
        you = status.Status(Words("您", "you"), "wait", "half")
        return {"tone": "wait", "icon": "usercheck", "role": role, "name": employee.label, "at": None, "status": you}
    waits = status.Status(Words("等", "waits"), "wait", "half") if made.is_open else DECIDED[made.state]
    drawn = _drawn_now(made) if made.is_open else None
    name = drawn.label if drawn else Words("另一组的一位同事", "A colleague of another team")
    return {"tone": "wait", "icon": "people", "role": role, "name": name, "at": None, "status": waits}
