"""Before anything moves: exactly what the ledger will do, what was checked, and what the customer will read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import PaymentView, payments
from walletdesk.money.refunds.public import RefundPreview, preview_refund
from walletdesk.service.agent_actions.errors import CannotRefund, NotVerified, OverCap, OverDayCap, PaymentNotOnCase
from walletdesk.service.agent_actions.rules.masking import ENOUGH
from walletdesk.service.agent_actions.rules.refund_checks import (
    Caps,
    CheckLine,
    case_checks,
    decision_checks,
    message_after,
)
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.cases.public import CaseNotFound, CaseView, case
from walletdesk.trust.approvals.public import (
    ProposalView,
    TwoPersonRule,
    objections_to,
    open_proposal_for,
    proposal,
    proposals_of_maker,
)
from walletdesk.trust.staff.public import EmployeeView, day_began, employees, insist, may, staff_list
from walletdesk.trust.verification.public import level_of


@dataclass(frozen=True, slots=True)
class RefundSheet:
    """What stands on the sheet before a proposal is made. ``deciders`` other people could decide it now."""

    case: CaseView
    payment: PaymentView
    amount: Amount
    ledger: RefundPreview
    checks: list[CheckLine]
    message: Words
    cap: Amount
    day_cap: Amount
    deciders: int

    @property
    def can_propose(self) -> bool:
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class RefundSlip:
    """What the second person looks at. ``objection`` says why this employee may not decide it, ``None`` if they may."""

    proposal: ProposalView
    case: CaseView
    payment: PaymentView
    amount: Amount
    reason: str
    ledger: RefundPreview
    checks: list[CheckLine]
    message: Words
    objection: Exception | None


def preview(
    employee_id: uuid.UUID, case_id: uuid.UUID, payment_id: uuid.UUID, amount_minor: int | None = None, reason: str = ""
) -> RefundSheet:
    """The sheet for a refund of ``amount_minor`` (what is left of the payment, unless told).

    Refuses, in this order: as :func:`agent_with_case`; a payment that the case does not list (``PaymentNotOnCase``);
    what the refund room cannot draw at all. What merely speaks against it stands in ``checks``.
    """
    employee, found = agent_with_case(employee_id, case_id, "propose_refund")
    return sheet(employee, found, payment_id, amount_minor, reason)


def sheet(
    employee: EmployeeView,
    found: CaseView,
    payment_id: uuid.UUID,
    amount_minor: int | None,
    reason: str,
    replacing: uuid.UUID | None = None,
) -> RefundSheet:
    """The sheet, for an agent who holds the case; a proposal that is being replaced does not stand in its own way."""
    payment = payments([payment_id]).get(payment_id) if payment_id in found.payment_ids else None
    if payment is None:
        raise PaymentNotOnCase()
    amount = payment.left if amount_minor is None else Amount(amount_minor, payment.amount.asset)
    ledger = preview_refund(payment_id, amount)
    waiting = open_proposal_for("refund", str(payment_id))
    in_the_way = waiting is not None and waiting.id != replacing
    checks = [CheckLine(check.words, check.ok) for check in ledger.checks]
    caps = Caps(
        employee.refund_cap_minor,
        employee.refund_day_cap_minor,
        proposed_today(employee.id, amount.asset.code, replacing),
    )
    checks += case_checks(_level(found), ENOUGH, amount, caps, in_the_way)
    return RefundSheet(
        case=found,
        payment=payment,
        amount=amount,
        ledger=ledger,
        checks=checks,
        message=message_after(amount, reason, employee.employee_number),
        cap=Amount(employee.refund_cap_minor, payment.amount.asset),
        day_cap=Amount(employee.refund_day_cap_minor, payment.amount.asset),
        deciders=_deciders(employee),
    )


def proposed_today(employee_id: uuid.UUID, asset_code: str, replacing: uuid.UUID | None = None) -> int:
    """What this agent proposed since the operator's midnight in one asset, minor units: what waits and what was approved."""
    made = proposals_of_maker(employee_id, "refund", day_began())
    return sum(
        int(one.payload["amount_minor"]) for one in made if one.payload["asset"] == asset_code and one.id != replacing
    )


def insist_on(checks: list[CheckLine], level: int, cap: Amount, day_cap: Amount) -> None:
    """Refuse the first check that fails: ``NotVerified``, ``OverCap``, ``OverDayCap``, else ``CannotRefund`` with its words.

    An open proposal is left to the approvals room, which says which one.
    """
    failed = {check.code: check for check in checks if not check.ok and check.code != "proposal_open"}
    if "not_verified" in failed:
        raise NotVerified(level=level, needed=ENOUGH)
    if "refund_over_cap" in failed:
        raise OverCap(cap=cap)
    if "refund_over_day_cap" in failed:
        raise OverDayCap(cap=day_cap)
    if failed:
        raise CannotRefund(why=next(iter(failed.values())).words)


def preview_proposal(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> RefundSlip:
    """What the second person sees before deciding.

    Refuses, in this order: a role that may not see approvals (``ActNotAllowed``); no such refund proposal
    (``CaseNotFound``).
    """
    insist(employees([employee_id]).get(employee_id), "see_approvals")
    made = proposal(proposal_id)
    if made is None or made.kind != "refund" or made.case_id is None:
        raise CaseNotFound()
    found, payment_id = case(made.case_id), uuid.UUID(made.payload["payment_id"])
    payment = payments([payment_id])[payment_id]
    amount = Amount(made.payload["amount_minor"], payment.amount.asset)
    ledger = preview_refund(payment_id, amount)
    objection = objections_to([proposal_id], employee_id).get(proposal_id)
    since = [note for note in payment.refunds if note.made_at >= made.made_at]
    checks = [CheckLine(check.words, check.ok) for check in ledger.checks]
    checks += decision_checks(moved_since=bool(since), has_part=isinstance(objection, TwoPersonRule))
    return RefundSlip(
        proposal=made,
        case=found,
        payment=payment,
        amount=amount,
        reason=made.payload["reason"],
        ledger=ledger,
        checks=checks,
        message=message_after(amount, made.payload["reason"], made.maker.employee_number),
        objection=objection,
    )


def _level(found: CaseView) -> int:
    level = level_of(found.id)
    return level.level if level else 0


def _deciders(maker: EmployeeView) -> int:
    return sum(may(one, "decide_refund") and one.team_id != maker.team_id for one in staff_list())
