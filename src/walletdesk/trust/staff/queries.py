"""Reads about staff, and the question every door asks: may they?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.staff.errors import ActNotAllowed
from walletdesk.trust.staff.models import Employee, Team
from walletdesk.trust.staff.rules import ROLES, role_may


@dataclass(frozen=True, slots=True)
class TeamView:
    id: UUID
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class EmployeeView:
    """An employee as other rooms see one. ``refund_cap_minor`` is the cap that counts: their own, else the profile's."""

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
    own_cap = row.refund_cap_minor
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


def may(employee: EmployeeView | None, act: str) -> bool:
    """Whether this employee may do ``act`` now. Nobody, and who has left, may nothing; an unknown act is a ``KeyError``."""
    allowed = role_may(employee.role if employee else "", act)
    return employee is not None and employee.active and allowed


def insist(employee: EmployeeView | None, act: str) -> EmployeeView:
    """The employee, who may; else ``ActNotAllowed``."""
    if employee is None or not may(employee, act):
        raise ActNotAllowed(act=act)
    return employee
