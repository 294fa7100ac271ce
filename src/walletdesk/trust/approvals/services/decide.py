"""The second person approves or sends back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.approvals.errors import ChangedSince, ProposalNotFound, ReasonMissing
from walletdesk.trust.approvals.events import ProposalDecided
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.queries import ProposalView, as_checker, as_views, envelope_of, refusal
from walletdesk.trust.approvals.rules import APPROVED, REJECTED, objection
from walletdesk.trust.approvals.services.propose import seal
from walletdesk.trust.staff.public import EmployeeView, employees


def approve(proposal_id: UUID, checker: UUID, payload_hash: str) -> ProposalView:
    """``checker`` is an employee's id, ``payload_hash`` the hash of what they looked at. Act on the view that comes
    back, in the same transaction: rolled back together, the proposal is open again.

    Refuses, in this order: ``ProposalNotFound``, ``AlreadyDecided``, ``Expired``, ``ChangedSince``, ``SamePerson``,
    ``SameTeam``, ``IsBeneficiary``, ``MayNot``, ``SomebodyElseDrawn``. Publishes ``ProposalDecided``.
    """
    with transaction.atomic():
        row, employee, moment = _judged(proposal_id, checker, payload_hash)
        if seal(row.kind, row.subject, row.payload) != row.payload_hash:
            raise ChangedSince()  # opened behind our back, by somebody with the database's own keys
        return _close(row, employee, APPROVED, "", moment)


def reject(proposal_id: UUID, checker: UUID, reason: str) -> ProposalView:
    """Send it back with a reason for the maker.

    Refuses, in this order: all that :func:`approve` refuses but ``ChangedSince``; ``ReasonMissing``.
    """
    with transaction.atomic():
        row, employee, moment = _judged(proposal_id, checker, None)
        if not reason.strip():
            raise ReasonMissing()
        return _close(row, employee, REJECTED, reason.strip()[:500], moment)


def _judged(proposal_id: UUID, checker: UUID, seen_hash: str | None) -> tuple[Proposal, EmployeeView, datetime]:
    """The locked proposal and its checker, against whom nothing speaks."""
    row = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if row is None:
        raise ProposalNotFound()
    employee, moment = employees([checker]).get(checker), now()
    why = objection(envelope_of(row), as_checker(row.kind, employee), moment, seen_hash=seen_hash)
    if why is not None:
        raise refusal(why, row)
    assert employee is not None
    return row, employee, moment


def _close(row: Proposal, checker: EmployeeView, state: str, reason: str, moment: datetime) -> ProposalView:
    row.state, row.reason, row.decided_at = state, reason, max(moment, row.made_at)
    row.checker_id, row.checker_user_id, row.checker_team_id = checker.id, checker.user_id, checker.team_id
    row.save(update_fields=["state", "reason", "decided_at", "checker", "checker_user_id", "checker_team"])
    record_act(
        f"employee:{checker.id}",
        "approve" if state == APPROVED else "reject",
        f"proposal:{row.id}",
        reason=reason,
        case_id=row.case_id,
        customer_id=row.beneficiary_id,
        detail={"payload_hash": row.payload_hash, "maker": str(row.maker_id)},
    )
    publish(
        ProposalDecided(row.id, row.kind, row.subject, row.case_id, state, row.maker_id, checker.id, reason, moment)
    )
    return as_views([row])[0]
