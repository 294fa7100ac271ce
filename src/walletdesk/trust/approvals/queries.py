"""Reads of approvals. ``ProposalView`` is the only shape in which a proposal leaves this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from walletdesk.foundation.clock.public import now
from walletdesk.trust.approvals.errors import BY_NAME, Objection, SomebodyElseDrawn
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.rules import (
    APPROVED,
    EXPIRED,
    KINDS,
    PROPOSED,
    REJECTED,
    Envelope,
    Person,
    objection,
)
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
    drawn: EmployeeView | None
    drawn_until: datetime | None
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
    people = employees({one for row in rows for one in (row.maker_id, row.checker_id, row.drawn_id) if one})
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
            drawn=people[row.drawn_id] if row.drawn_id else None,
            drawn_until=row.drawn_until,
            checker=people[row.checker_id] if row.checker_id else None,
            decided_at=row.decided_at,
            reason=row.reason,
        )
        for row in rows
    ]


def proposal(proposal_id: UUID) -> ProposalView | None:
    views = as_views(Proposal.objects.filter(pk=proposal_id))
    return views[0] if views else None


def proposal_kinds(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Of what kind each of these is; one that is not there has none."""
    return dict(Proposal.objects.filter(pk__in=list(ids)).values_list("id", "kind"))


def open_proposal_for(kind: str, subject: str) -> ProposalView | None:
    """The one that waits for a decision about this matter now."""
    views = as_views(Proposal.objects.filter(kind=kind, subject=subject, state=PROPOSED, expires_at__gt=now()))
    return views[0] if views else None


def open_proposals(
    limit: int = 50, kinds: Iterable[str] | None = None, reader: UUID | None = None
) -> list[ProposalView]:
    """What waits, the first to run out first; of some ``kinds`` only, or of all. Before them all what is the ``reader``'s alone."""
    moment = now()
    waiting = _of_kinds(kinds).filter(state=PROPOSED, expires_at__gt=moment)
    theirs = Case(When(drawn=reader, drawn_until__gt=moment, then=0), default=1) if reader else Value(1)
    return as_views(waiting.order_by(theirs, "expires_at", "id")[: min(limit, MOST_SHOWN)])


def decided_proposals(since: datetime, limit: int = 50, kinds: Iterable[str] | None = None) -> list[ProposalView]:
    """What was closed in any way since a moment, the latest first."""
    closed = _of_kinds(kinds).filter(decided_at__gte=since)
    return as_views(closed.order_by("-decided_at")[: min(limit, MOST_SHOWN)])


def _of_kinds(kinds: Iterable[str] | None) -> QuerySet[Proposal]:
    return Proposal.objects.all() if kinds is None else Proposal.objects.filter(kind__in=list(kinds))


def kinds_of(employee: EmployeeView) -> frozenset[str]:
    """The kinds in which this employee has a part, as maker or checker; all of them for who reads the acts of all."""
    if may(employee, "see_audit"):
        return frozenset(KINDS)
    return frozenset(name for name, kind in KINDS.items() if may(employee, kind.propose) or may(employee, kind.decide))


def proposals_of_maker(maker: UUID, kind: str, since: datetime) -> list[ProposalView]:
    """What this employee proposed since a moment and what has not died: waiting or approved, the latest first."""
    made = Proposal.objects.filter(maker_id=maker, kind=kind, made_at__gte=since)
    alive = Q(state=APPROVED) | Q(state=PROPOSED, expires_at__gt=now())
    return as_views(made.filter(alive).order_by("-made_at"))


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """How often one checker decided what one maker proposed."""

    maker_id: UUID
    checker_id: UUID
    approved: int
    rejected: int


def decided_pairs(kind: str, since: datetime) -> list[DecidedPair]:
    """Each maker with each checker who decided something of theirs since a moment; one statement."""
    decided = Proposal.objects.filter(kind=kind, decided_at__gte=since, checker_id__isnull=False)
    rows = decided.values("maker_id", "checker_id").annotate(
        approved=Count("id", filter=Q(state=APPROVED)), rejected=Count("id", filter=Q(state=REJECTED))
    )
    return [DecidedPair(**row) for row in rows.order_by("maker_id", "checker_id")]


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
        drawn_id=row.drawn_id,
        drawn_until=row.drawn_until,
    )


def as_checker(kind: str, employee: EmployeeView | None) -> Person | None:
    if employee is None:
        return None
    return Person(employee.id, employee.user_id, employee.team_id, may(employee, KINDS[kind].decide))


def objections_to(proposal_ids: Sequence[UUID], checker: UUID) -> dict[UUID, Objection | None]:
    """For a list on a page: why this employee may not decide each one, or None where they may."""
    employee, moment = employees([checker]).get(checker), now()
    found: dict[UUID, Objection | None] = {}
    for row in Proposal.objects.filter(pk__in=proposal_ids):
        why = objection(envelope_of(row), as_checker(row.kind, employee), moment, seen_hash=None)
        found[row.id] = refusal(why, row) if why else None
    return found


def refusal(why: str, row: Proposal) -> Objection:
    """What this objection says. Who was drawn, and until when, is said with it."""
    if why in BY_NAME or row.drawn_id is None or row.drawn_until is None:
        return BY_NAME[why]()
    return SomebodyElseDrawn(who=employees([row.drawn_id])[row.drawn_id].label, until=row.drawn_until)
