"""A payee is marked by two persons: one reads what people reported and proposes, one of another team looks again.

One person alone may only warn for a short time, and may end what stands (``mark_at_once.py``).
"""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.service.agent_actions.services.mark_at_once import tell_marked, write_down
from walletdesk.service.cases.public import CaseView, cases_of_customer, open_case, the_agent
from walletdesk.trust.approvals.public import (
    ProposalView,
    approve,
    attempts_reported,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.risk.public import (
    LASTING_MARKS,
    MarkNeedsReason,
    MarkStands,
    close_reports,
    flags_of_customer,
    reports_on,
    restrict,
    restrictions_of,
)
from walletdesk.trust.staff.public import employees, insist

KIND = "payee_mark"
CHECK = "payee_check"
LONGEST_REASON = 300
TOLD_LATER = ("reported",)


def propose_payee_mark(employee_id: uuid.UUID, payee_id: uuid.UUID, mark: str, reason: str) -> ProposalView:
    """``mark`` is one of ``LASTING_MARKS``. How many reports and rings there are stands in what the second person approves.

    Refuses, in this order: ``ActNotAllowed``; ``MarkNeedsReason``; ``MarkStands``; approvals' own (``AlreadyProposed``).
    """
    insist(employees([employee_id]).get(employee_id), "edit_rules")
    assert mark in LASTING_MARKS
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise MarkNeedsReason()
    if _stands(payee_id, mark):
        raise MarkStands()
    payload = {
        "payee_id": str(payee_id),
        "mark": mark,
        "reason": said,
        "reports": sum(not one.outcome for one in reports_on(payee_id)),
        "rings": len(flags_of_customer(payee_id)),
    }
    return propose(KIND, str(payee_id), payload, employee_id, None, None)


def _stands(payee_id: uuid.UUID, mark: str) -> bool:
    return any(one.kind == mark for one in restrictions_of(payee_id))


def approve_payee_mark(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """Approval, mark and the end of the reports are one transaction. The customer who was marked is told, but for a mark
    that hides while it stands (``queries.LATER``). Refuses: the two-person rule (an attempt is reported); ``MarkStands``.
    """
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        payee, mark = uuid.UUID(decided.payload["payee_id"]), str(decided.payload["mark"])
        if _stands(payee, mark):
            raise MarkStands()
        actor = f"employee:{checker_id}"
        restrict(payee, mark, None, str(decided.payload["reason"]), by=actor)  # type: ignore[arg-type]
        close_reports(payee, "marked", actor)
        number = write_down(actor, f"mark_{mark}", payee, str(decided.payload["reason"]))
        if mark not in TOLD_LATER:
            tell_marked(payee, number, ended=False)
    return decided


def reject_payee_mark(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker with a reason; the reports stay open. Refuses as ``approvals.reject``."""
    with attempts_reported(proposal_id, checker_id):
        return reject(proposal_id, checker_id, reason)


def withdraw_payee_mark(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back; refuses as ``approvals.withdraw``."""
    return withdraw(proposal_id, employee_id)


def find_payee_sound(employee_id: uuid.UUID, payee_id: uuid.UUID, reason: str) -> int:
    """Looked into, nothing found: the open reports end; how many. Refuses: ``ActNotAllowed``, ``MarkNeedsReason``."""
    insist(employees([employee_id]).get(employee_id), "edit_rules")
    if not reason.strip():
        raise MarkNeedsReason()
    actor = f"employee:{employee_id}"
    with transaction.atomic():
        closed = close_reports(payee_id, "sound", actor)
        if closed:
            write_down(actor, "payee_sound", payee_id, reason.strip()[:LONGEST_REASON])
    return closed


def open_payee_check(employee_id: uuid.UUID, customer_id: uuid.UUID) -> CaseView:
    """The case in which a customer's transfers are looked into, one at a time; from there the account can be frozen and
    let go by the desk's own ways. The customer reads its title, so it accuses nobody. Refuses: ``ActNotAllowed``.
    """
    employee = insist(employees([employee_id]).get(employee_id), "edit_rules")
    standing = next((one for one in cases_of_customer(customer_id) if one.kind == CHECK and one.is_open), None)
    if standing is not None:
        return standing
    actor = the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
    return open_case(CHECK, customer_id, (), actor)
