"""The way back for staff who lost their factors: one administrator proposes, another of another team decides.

Approved, the old factors are gone, every session ends, and the desk is closed to them until a pass is handed over in
person and used with a new factor (``staff.make_pass``). No one person can do it, and nobody for themselves.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import end_all_sessions, remove_factors
from walletdesk.foundation.outbox.public import publish
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.service.oversight.errors import AboutYourself, RecoveryNotFound, WatchReasonMissing
from walletdesk.service.oversight.events import StaffRecovered
from walletdesk.trust.approvals.public import (
    ProposalView,
    approve,
    attempts_reported,
    proposal,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.staff.public import EmployeeNotFound, EmployeeView, close_way_in, employees, insist, staff_list

KIND, ACT = "staff_recovery", "recover_staff"
RECOVERED = Words("{agent}的验证方式已作废，等本人重新登记", "The factors of {agent} are void; they enrol anew")
BY_TWO = Words("{maker}提议，{checker}批准", "Proposed by {maker}, approved by {checker}")


def propose_recovery(maker_id: UUID, employee_id: UUID, reason: str, seen_how: str) -> ProposalView:
    """``seen_how`` says how the person was recognised, such as in person with their badge.

    Refuses, in this order: ``ActNotAllowed``; ``EmployeeNotFound`` (also who has left); one's own (``AboutYourself``);
    no reason or no word of how they were recognised (``WatchReasonMissing``); what ``approvals.propose`` refuses.
    """
    insist(employees([maker_id]).get(maker_id), ACT)
    employee = employees([employee_id]).get(employee_id)
    if employee is None or not employee.active:
        raise EmployeeNotFound()
    if employee_id == maker_id:
        raise AboutYourself()
    payload = {"reason": " ".join(reason.split())[:300], "seen_how": " ".join(seen_how.split())[:300]}
    if not all(payload.values()):
        raise WatchReasonMissing()
    return propose(KIND, str(employee_id), payload, maker_id, None, None, beneficiary_user_id=employee.user_id)


def approve_recovery(checker_id: UUID, proposal_id: UUID, payload_hash: str) -> ProposalView:
    """Approval and effect: all or nothing.

    Refuses, in this order: ``RecoveryNotFound``; the two-person rule (approvals; an attempt against it is reported).
    """
    _of_this_kind(proposal_id)
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        _take_effect(decided)
    return decided


def reject_recovery(checker_id: UUID, proposal_id: UUID, reason: str) -> ProposalView:
    """Refuses, in this order: ``RecoveryNotFound``; as ``approvals.reject`` (an attempt is reported)."""
    _of_this_kind(proposal_id)
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        return reject(proposal_id, checker_id, reason)


def withdraw_recovery(maker_id: UUID, proposal_id: UUID) -> ProposalView:
    """Refuses, in this order: ``RecoveryNotFound``; as ``approvals.withdraw``."""
    _of_this_kind(proposal_id)
    return withdraw(proposal_id, maker_id)


def _of_this_kind(proposal_id: UUID) -> None:
    found = proposal(proposal_id)
    if found is None or found.kind != KIND:
        raise RecoveryNotFound()


def _take_effect(decided: ProposalView) -> None:
    employee = employees([UUID(decided.subject)])[UUID(decided.subject)]
    remove_factors(employee.user_id)
    end_all_sessions(employee.user_id)
    close_way_in(employee.id)
    publish(StaffRecovered(employee.id, decided.id, now()))
    _tell(employee, decided)


def _tell(employee: EmployeeView, decided: ProposalView) -> None:
    assert decided.checker is not None
    words = RECOVERED.both(agent=employee.label)
    more = BY_TWO.both(maker=decided.maker.label, checker=decided.checker.label)
    hear = [one for one in staff_list() if one.role == "administrator" or one.id == employee.id]
    link = f"/desk/staff/{employee.employee_number}/"
    tell_many([NoticeDraft("employee", one.id, KIND, words, more, link, str(decided.id)) for one in hear])
