"""Reads of approvals. ``ProposalView`` is the only shape in which a proposal leaves this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.trust.approvals.errors import BY_NAME, ChangedSince, ProposalClosed, TwoPersonRule
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.rules import EXPIRED, KINDS, PROPOSED, Envelope, Person, objection
from walletdesk.trust.staff.public import EmployeeView, employees, may

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ProposalView:
    """``state`` reads expired as soon as the time is over, also before the task has come by."""

    id: UUID
    kind: str
    subject: str
    case_id: UUID | None
    payload: dict[str, Any]
    payload_hash: str
    beneficiary_customer_id: UUID | None
    maker: EmployeeView
    maker_team_id: UUID
    made_at: datetime
    expires_at: datetime
    replaces: UUID | None
    state: str
    checker: EmployeeView | None
    decided_at: datetime | None
    reason: str

    @property
    def maker_id(self) -> UUID:
        return self.maker.id

    @property
    def is_open(self) -> bool:
        return self.state == PROPOSED


def as_views(rows: Iterable[Proposal]) -> list[ProposalView]:
    """Two statements for any number of rows."""
    rows, moment = list(rows), now()
    people = employees({row.maker_id for row in rows} | {row.checker_id for row in rows if row.checker_id})
    return [
        ProposalView(
            id=row.id,
            kind=row.kind,
            subject=row.subject,
            case_id=row.case_id,
            payload=row.payload,
            payload_hash=row.payload_hash,
            beneficiary_customer_id=row.beneficiary_id,
            maker=people[row.maker_id],
            maker_team_id=row.maker_team_id,
            made_at=row.made_at,
            expires_at=row.expires_at,
            replaces=row.replaces_id,
            state=EXPIRED if row.state == PROPOSED and row.expires_at <= moment else row.state,
            checker=people[row.checker_id] if row.checker_id else None,
            decided_at=row.decided_at,
            reason=row.reason,
        )
        for row in rows
    ]


def proposal(proposal_id: UUID) -> ProposalView | None:
    views = as_views(Proposal.objects.filter(pk=proposal_id))
    return views[0] if views else None


def open_proposal_for(kind: str, subject: str) -> ProposalView | None:
    """The one that waits for a decision about this matter now."""
    views = as_views(Proposal.objects.filter(kind=kind, subject=subject, state=PROPOSED, expires_at__gt=now()))
    return views[0] if views else None


def open_proposals(limit: int = 50) -> list[ProposalView]:
    """What waits, the first to run out first."""
    waiting = Proposal.objects.filter(state=PROPOSED, expires_at__gt=now())
    return as_views(waiting.order_by("expires_at", "id")[: min(limit, MOST_SHOWN)])


def decided_proposals(since: datetime, limit: int = 50) -> list[ProposalView]:
    """What was closed in any way since a moment, the latest first."""
    return as_views(Proposal.objects.filter(decided_at__gte=since).order_by("-decided_at")[: min(limit, MOST_SHOWN)])


def proposals_of_case(case_id: UUID) -> list[ProposalView]:
    """All of a case, the latest first."""
    return as_views(Proposal.objects.filter(case_id=case_id).order_by("-made_at")[:MOST_SHOWN])


def envelope_of(row: Proposal) -> Envelope:
    return Envelope(
        state=row.state,
        expires_at=row.expires_at,
        payload_hash=row.payload_hash,
        maker_id=row.maker_id,
        maker_user_id=row.maker_user_id,
        maker_team_id=row.maker_team_id,
        beneficiary_user_id=row.beneficiary_user_id,
    )


def as_checker(kind: str, employee: EmployeeView | None) -> Person | None:
    if employee is None:
        return None
    return Person(employee.id, employee.user_id, employee.team_id, may(employee, KINDS[kind].decide))


def objections_to(
    proposal_ids: Sequence[UUID], checker: UUID
) -> dict[UUID, ProposalClosed | ChangedSince | TwoPersonRule | None]:
    """For a list on a page: why this employee may not decide each one, or None where they may."""
    employee, moment = employees([checker]).get(checker), now()
    found: dict[UUID, ProposalClosed | ChangedSince | TwoPersonRule | None] = {}
    for row in Proposal.objects.filter(pk__in=proposal_ids):
        why = objection(envelope_of(row), as_checker(row.kind, employee), moment, seen_hash=None)
        found[row.id] = BY_NAME[why]() if why else None
    return found
