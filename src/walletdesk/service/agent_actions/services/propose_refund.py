"""The first person: propose money back, change the proposal, or take it back. Nothing moves here."""

from __future__ import annotations

import uuid

from django.db import connection, transaction

from walletdesk.foundation.amount.public import AmountTooSmall
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.agent_actions.services.preview_refund import RefundSheet, insist_on, sheet
from walletdesk.service.cases.public import (
    CaseNotFound,
    CaseView,
    ReasonMissing,
    note_events,
    proposal_entry,
    the_agent,
)
from walletdesk.trust.approvals.public import ProposalView, proposal, propose, revise, withdraw
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import level_of

LONGEST_REASON = 200


def propose_refund(
    employee_id: uuid.UUID, case_id: uuid.UUID, payment_id: uuid.UUID, amount_minor: int, reason: str
) -> ProposalView:
    """A proposal that waits for a second person of another team. ``reason`` is one that the customer will read.

    Refuses, in this order: a role that may not (``ActNotAllowed``); ``CaseNotFound``; a case that is closed or not in
    this agent's hands (``CaseNotInHand``); no reason (``ReasonMissing``); no amount (``AmountTooSmall``); a payment that
    the case does not list (``PaymentNotOnCase``); a customer below level 2 (``NotVerified``); above the agent's cap
    (``OverCap``) or above the day's (``OverDayCap``); what the payment cannot give back (``CannotRefund``); an open
    proposal for the same payment, or an agent who would gain (approvals).
    """
    employee, found = agent_with_case(employee_id, case_id, "propose_refund")
    with transaction.atomic():
        _one_hand_at_a_time(employee.id)
        drawn, reason = _checked(employee, found, payment_id, amount_minor, reason)
        made = propose("refund", str(payment_id), _payload(drawn, reason), employee.id, found.id, found.customer_id)
        _note(found, made, "proposed", employee)
    return made


def revise_refund(employee_id: uuid.UUID, proposal_id: uuid.UUID, amount_minor: int, reason: str) -> ProposalView:
    """Another amount or reason: the old proposal is void, and the new one needs a new approval.

    Refuses as :func:`propose_refund`, and what is not this agent's open proposal (approvals).
    """
    old = _refund_proposal(proposal_id)
    employee, found = agent_with_case(employee_id, old.case_id, "propose_refund")
    payment_id = uuid.UUID(old.payload["payment_id"])
    with transaction.atomic():
        _one_hand_at_a_time(employee.id)
        drawn, reason = _checked(employee, found, payment_id, amount_minor, reason, replacing=proposal_id)
        made = revise(proposal_id, employee.id, _payload(drawn, reason))
        _note(found, old, "replaced", employee)
        _note(found, made, "proposed", employee)
    return made


def withdraw_refund(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back. Refuses, in this order: as :func:`agent_with_case`; approvals' ``NotMaker`` and the like."""
    old = _refund_proposal(proposal_id)
    employee, found = agent_with_case(employee_id, old.case_id, "propose_refund")
    with transaction.atomic():
        taken_back = withdraw(proposal_id, employee.id)
        _note(found, taken_back, "withdrawn", employee)
    return taken_back


def _one_hand_at_a_time(employee_id: uuid.UUID) -> None:
    """Two proposals of one agent at the same moment must not both find room below the day's cap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"refund-day:{employee_id}"])


def _checked(
    employee: EmployeeView,
    found: CaseView,
    payment_id: uuid.UUID,
    amount_minor: int,
    reason: str,
    replacing: uuid.UUID | None = None,
) -> tuple[RefundSheet, str]:
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing()
    if amount_minor <= 0:
        raise AmountTooSmall()
    drawn = sheet(employee, found, payment_id, amount_minor, reason, replacing)
    level = level_of(found.id)
    insist_on(drawn.checks, level.level if level else 0, drawn.cap, drawn.day_cap)
    return drawn, reason


def _payload(drawn: RefundSheet, reason: str) -> dict[str, str | int]:
    return {
        "payment_id": str(drawn.payment.id),
        "amount_minor": drawn.amount.minor,
        "asset": drawn.amount.asset.code,
        "reason": reason,
    }


def _refund_proposal(proposal_id: uuid.UUID) -> ProposalView:
    found = proposal(proposal_id)
    if found is None or found.kind != "refund":
        raise CaseNotFound()
    return found


def _note(found: CaseView, made: ProposalView, state: str, employee: EmployeeView) -> None:
    agent = the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
    note_events([proposal_entry(found.id, made.id, state, agent)])
