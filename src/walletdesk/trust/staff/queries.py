"""Reads about staff, and the question every door asks: may they?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.staff.errors import ActNotAllowed
from walletdesk.trust.staff.models import Employee, EnrolmentPass, Shift, Team
from walletdesk.trust.staff.rules import ROLES, role_may


@dataclass(frozen=True, slots=True)
class TeamView:
    id: UUID
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class EmployeeView:
    """An employee as other rooms see one. The caps are those that count: their own, else the profile's.
    ``enrolled``: the way to the desk is open to their factor.
    """

    id: UUID
    user_id: UUID
    employee_number: str
    name_zh: str
    name_en: str
    team_id: UUID
    team_code: str
    team_name: Words
    role: str
    active: bool
    refund_cap_minor: int
    refund_day_cap_minor: int
    enrolled: bool

    @property
    def name(self) -> Words:
        return Words(self.name_zh, self.name_en)

    @property
    def label(self) -> Words:
        """How the person is named to a customer: ``工号 1024 周岚``, ``Agent 1024, Zhou Lan``."""
        return Words(f"工号 {self.employee_number} {self.name_zh}", f"Agent {self.employee_number}, {self.name_en}")

    @property
    def role_words(self) -> Words:
        return ROLES[self.role]


def team_view(row: Team) -> TeamView:
    return TeamView(row.id, row.code, Words(row.name_zh, row.name_en))


def as_view(row: Employee) -> EmployeeView:
    own_cap, own_day = row.refund_cap_minor, row.refund_day_cap_minor
    return EmployeeView(
        id=row.id,
        user_id=row.user_id,
        employee_number=row.employee_number,
        name_zh=row.name_zh,
        name_en=row.name_en,
        team_id=row.team_id,
        team_code=row.team.code,
        team_name=team_view(row.team).name,
        role=row.role,
        active=row.active,
        refund_cap_minor=own_cap if own_cap is not None else value("refund.agent_cap_minor"),
        refund_day_cap_minor=own_day if own_day is not None else value("refund.agent_day_cap_minor"),
        enrolled=row.enrolled_at is not None,
    )


def _rows() -> QuerySet[Employee]:
    return Employee.objects.select_related("team")


def employee_of_user(user_id: UUID) -> EmployeeView | None:
    """The employee who signs in as this user, also one who has left (``active`` is then false)."""
    row = _rows().filter(user_id=user_id).first()
    return as_view(row) if row else None


def employees(ids: Iterable[UUID]) -> dict[UUID, EmployeeView]:
    """The employees with these ids, one statement."""
    return {row.id: as_view(row) for row in _rows().filter(id__in=set(ids))}


def employee_by_number(employee_number: str) -> EmployeeView | None:
    row = _rows().filter(employee_number=employee_number).first()
    return as_view(row) if row else None


def staff_list(*, active_only: bool = True) -> list[EmployeeView]:
    """Everybody, by employee number."""
    rows = _rows().filter(active=True) if active_only else _rows()
    return [as_view(row) for row in rows.order_by("employee_number")]


def teams() -> list[TeamView]:
    return [team_view(row) for row in Team.objects.order_by("code")]


@dataclass(frozen=True, slots=True)
class ShiftView:
    id: UUID
    employee_id: UUID
    starts_at: datetime
    ends_at: datetime
    cancelled: bool


def shift_view(row: Shift) -> ShiftView:
    return ShiftView(row.id, row.employee_id, row.starts_at, row.ends_at, row.cancelled_at is not None)


def shifts_between(start: datetime, end: datetime, employee_id: UUID | None = None) -> list[ShiftView]:
    """What is planned and touches the span, by start; of one employee, or of all."""
    rows = Shift.objects.filter(starts_at__lt=end, ends_at__gt=start, cancelled_at=None)
    rows = rows.filter(employee_id=employee_id) if employee_id else rows
    return [shift_view(row) for row in rows.order_by("starts_at", "employee__employee_number")]


def work_began(employee_id: UUID, at: datetime | None = None) -> datetime:
    """Since when what this person does is counted together: the start of the running shift, else the local midnight
    of the operator (``TIME_ZONE``).
    """
    moment = at or now()
    running = Shift.objects.filter(
        employee_id=employee_id, starts_at__lte=moment, ends_at__gt=moment, cancelled_at=None
    ).first()
    return running.starts_at if running else day_began(moment)


def day_began(at: datetime | None = None) -> datetime:
    """The operator's midnight before a moment."""
    here = (at or now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


def open_pass_until(employee_id: UUID) -> datetime | None:
    """Until when a pass that was handed over can be used; None when there is none."""
    rows = EnrolmentPass.objects.filter(employee_id=employee_id, used_at=None, ended_at=None, expires_at__gt=now())
    return rows.values_list("expires_at", flat=True).first()


def may(employee: EmployeeView | None, act: str) -> bool:
    """Whether this employee may do ``act`` now. Nobody, and who has left, may nothing; an unknown act is a ``KeyError``."""
    allowed = role_may(employee.role if employee else "", act)
    return employee is not None and employee.active and allowed


def insist(employee: EmployeeView | None, act: str) -> EmployeeView:
    """The employee, who may; else ``ActNotAllowed``."""
    if employee is None or not may(employee, act):
        raise ActNotAllowed(act=act)
    return employee
