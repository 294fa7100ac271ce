"""A second agent looks at the papers and says yes, or what is to be done again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.public import customers, set_tier
from walletdesk.trust.staff.public import EmployeeView, employees, insist
from walletdesk.trust.verification.errors import NotForYou, PapersDecided, PapersNotFound, ReasonMissing
from walletdesk.trust.verification.events import PapersDecided as PapersWereDecided
from walletdesk.trust.verification.models import IdentityPapers, PhotosLetGo, Recovery, ResetOrder
from walletdesk.trust.verification.models.papers import ACCEPTED, REJECTED, WAITING
from walletdesk.trust.verification.queries.papers import PapersView, as_view
from walletdesk.trust.verification.rules.papers import TIER
from walletdesk.trust.verification.services.let_go_of_photos import let_go_of_photos
from walletdesk.trust.verification.services.prove_recovery import add_proof, open_row

TIER_BY_PAPERS = 2
"""What a checked document opens (the e-CNY style ladder: 2 is a person who has shown papers)."""


def accept_papers(employee_id: UUID, papers_id: UUID, handler_id: UUID | None = None) -> PapersView:
    """``handler_id`` is the employee who has the case. For ``unlock`` the papers become a proof of the way back; for
    ``tier`` the customer's tier rises: at the desk this is the second person's yes (``agent_actions.approve_tier``).

    Refuses, in this order: a role that may not (``ActNotAllowed``); ``PapersNotFound`` (also when their photos have gone:
    such papers can only be sent back); ``PapersDecided``; ``NotForYou`` (who has the case, who started the reset, the
    customer themselves). Publishes ``PapersDecided``.
    """
    with transaction.atomic():
        employee, row = _acceptable(employee_id, papers_id, handler_id)
        _decide(employee, row, ACCEPTED, "")
        if row.purpose == TIER:
            set_tier(row.customer_id, TIER_BY_PAPERS, f"employee:{employee.id}", f"papers:{row.id}")
        elif row.recovery_id is not None:
            way: Recovery | None = open_row(row.recovery_id)
            if way is not None:
                add_proof(way, "papers", now(), row.id)
        return as_view(row)


def could_accept(employee_id: UUID, papers_id: UUID, handler_id: UUID | None = None) -> PapersView:
    """The papers, undecided: for who looks first where two must. Refuses as :func:`accept_papers`."""
    with transaction.atomic():
        return as_view(_acceptable(employee_id, papers_id, handler_id)[1])


def reject_papers(employee_id: UUID, papers_id: UUID, reason: str, handler_id: UUID | None = None) -> PapersView:
    """``reason`` tells the customer what to do again. Refuses as :func:`accept_papers`, then ``ReasonMissing``."""
    with transaction.atomic():
        employee, row = _judged(employee_id, papers_id, handler_id)
        words = " ".join(reason.split())[:300]
        if not words:
            raise ReasonMissing()
        _decide(employee, row, REJECTED, words)
        return as_view(row)


def may_judge(employee: EmployeeView, papers: PapersView, handler_id: UUID | None) -> bool:
    """Whether this employee is a second person for these papers."""
    person = customers([papers.customer_id])[papers.customer_id]
    started = (
        papers.case_id is not None
        and ResetOrder.objects.filter(case_id=papers.case_id, employee_id=employee.id).exists()
    )
    return employee.id != handler_id and employee.user_id != person.user_id and not started


def _acceptable(employee_id: UUID, papers_id: UUID, handler_id: UUID | None) -> tuple[EmployeeView, IdentityPapers]:
    employee, row = _judged(employee_id, papers_id, handler_id)
    if PhotosLetGo.objects.filter(papers=row).exists():
        raise PapersNotFound()
    return employee, row


def _judged(employee_id: UUID, papers_id: UUID, handler_id: UUID | None) -> tuple[EmployeeView, IdentityPapers]:
    employee = insist(employees([employee_id]).get(employee_id), "review_documents")
    row = IdentityPapers.objects.select_for_update(of=("self",)).filter(id=papers_id).first()
    if row is None:
        raise PapersNotFound()
    if row.state != WAITING:
        raise PapersDecided()
    if not may_judge(employee, as_view(row), handler_id):
        raise NotForYou()
    return employee, row


def _decide(employee: EmployeeView, row: IdentityPapers, state: str, reason: str) -> None:
    row.state, row.reviewer_id, row.reason, row.decided_at = state, employee.id, reason, now()
    row.save(update_fields=["state", "reviewer", "reason", "decided_at"])
    record_act(
        f"employee:{employee.id}",
        "accept_papers" if state == ACCEPTED else "reject_papers",
        f"customer:{row.customer_id}",
        reason,
        row.case_id,
        row.customer_id,
        {"papers": str(row.id), "purpose": row.purpose},
    )
    let_go_of_photos(row, f"employee:{employee.id}", "decided")
    publish(
        PapersWereDecided(
            row.id, row.customer_id, row.purpose, row.case_id, state == ACCEPTED, reason, employee.id, row.decided_at
        )
    )
