"""Reads of oversight: alarms, pairs, third looks, openings without a case, canaries, objections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import value
from walletdesk.service.oversight.models import Alarm, BrokenGlass, Canary, Objection, ThirdLook
from walletdesk.service.oversight.services.raise_alarm import sentence
from walletdesk.service.oversight.services.third_looks import pairs_told
from walletdesk.trust.approvals.public import KINDS, decided_pairs
from walletdesk.trust.staff.public import EmployeeView, employees


@dataclass(frozen=True, slots=True)
class AlarmView:
    """``words`` in both languages; ``about`` whom."""

    id: UUID
    kind: str
    at: datetime
    words: dict[str, str]
    about: EmployeeView
    case_id: UUID | None
    subject: str
    answered_by: EmployeeView | None
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class ThirdLookView:
    id: UUID
    proposal_id: UUID
    maker: EmployeeView
    checker: EmployeeView
    why: str
    drawn_at: datetime
    looked_by: EmployeeView | None
    looked_at: datetime | None
    agrees: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class GlassView:
    id: UUID
    employee: EmployeeView
    customer_id: UUID
    reason: str
    opened_at: datetime
    until: datetime
    ended_at: datetime | None

    def stands(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.until


@dataclass(frozen=True, slots=True)
class CanaryView:
    id: UUID
    customer_id: UUID
    placed_by: EmployeeView
    placed_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """``why`` is empty, or the reason why the pair was told of: always, each_other."""

    maker: EmployeeView
    checker: EmployeeView
    approved: int
    rejected: int
    why: str


def alarms(limit: int = 100, *, open_only: bool = False) -> list[AlarmView]:
    """The open ones first, then the latest."""
    rows = Alarm.objects.filter(answered_at=None) if open_only else Alarm.objects.all()
    found: list[Any] = list(rows.order_by("answered_at", "-at") if open_only else rows.order_by("-at"))[:limit]
    people = employees({row.employee_id for row in found} | {row.answered_by_id for row in found if row.answered_by_id})
    return [
        AlarmView(
            id=row.id,
            kind=row.kind,
            at=row.at,
            words=sentence(row.kind, people.get(row.employee_id), row.detail),
            about=people[row.employee_id],
            case_id=row.case_id,
            subject=row.subject,
            answered_by=people.get(row.answered_by_id) if row.answered_by_id else None,
            answered_at=row.answered_at,
            answer=row.answer,
        )
        for row in found
    ]


def open_alarms() -> int:
    return Alarm.objects.filter(answered_at=None).count()


def pair_rows() -> list[PairRow]:
    """Each maker with each checker over the profile's days, all kinds together; ``why`` if one kind is told of."""
    since, told = now() - timedelta(days=value("pairs.days")), dict[tuple[UUID, UUID], str]()
    approved, rejected = Counter[tuple[UUID, UUID]](), Counter[tuple[UUID, UUID]]()
    for kind in KINDS:
        told |= pairs_told(kind)
        for one in decided_pairs(kind, since):
            approved[one.maker_id, one.checker_id] += one.approved
            rejected[one.maker_id, one.checker_id] += one.rejected
    people = employees({person for pair in approved for person in pair})
    return [
        PairRow(people[pair[0]], people[pair[1]], approved[pair], rejected[pair], told.get(pair, ""))
        for pair in sorted(approved)
    ]


def third_looks(limit: int = 50, *, open_only: bool = True) -> list[ThirdLookView]:
    """The oldest that waits first; else the latest that are done."""
    rows = ThirdLook.objects.filter(looked_at__isnull=open_only)
    found = list(rows.order_by("drawn_at" if open_only else "-looked_at")[:limit])
    ids = {row.maker_id for row in found} | {row.checker_id for row in found}
    people = employees(ids | {row.looked_by_id for row in found if row.looked_by_id})
    return [
        ThirdLookView(
            id=row.id,
            proposal_id=row.proposal_id,
            maker=people[row.maker_id],
            checker=people[row.checker_id],
            why=row.why,
            drawn_at=row.drawn_at,
            looked_by=people.get(row.looked_by_id) if row.looked_by_id else None,
            looked_at=row.looked_at,
            agrees=row.agrees,
            words=row.words,
        )
        for row in found
    ]


def glasses(limit: int = 50, employee_id: UUID | None = None) -> list[GlassView]:
    """The latest openings without a case; of one employee, or of all."""
    rows = BrokenGlass.objects.filter(employee_id=employee_id) if employee_id else BrokenGlass.objects.all()
    found = list(rows.order_by("-opened_at")[:limit])
    people = employees({row.employee_id for row in found})
    return [
        GlassView(row.id, people[row.employee_id], row.customer_id, row.reason, row.opened_at, row.until, row.ended_at)
        for row in found
    ]


def canaries() -> list[CanaryView]:
    """Those that stand. Only for who may place them."""
    found = list(Canary.objects.filter(lifted_at=None).order_by("-placed_at"))
    people = employees({row.placed_by_id for row in found})
    return [CanaryView(row.id, row.customer_id, people[row.placed_by_id], row.placed_at, row.note) for row in found]


def objections_of(customer_id: UUID, act_numbers: Iterable[int]) -> dict[int, UUID]:
    """``{act: case}`` for the acts to which this customer objected."""
    rows = Objection.objects.filter(customer_id=customer_id, act_number__in=list(act_numbers))
    return dict(rows.values_list("act_number", "case_id"))
