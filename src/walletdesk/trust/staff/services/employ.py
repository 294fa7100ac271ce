"""A user becomes an employee."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.trust.staff.errors import (
    AlreadyEmployed,
    CapNotUsable,
    EmployeeNumberNotUsable,
    EmployeeNumberTaken,
    RoleUnknown,
    StaffNameNotUsable,
    TeamUnknown,
)
from walletdesk.trust.staff.models import Employee, Team
from walletdesk.trust.staff.queries import EmployeeView, as_view
from walletdesk.trust.staff.rules import ROLES

_NUMBER = re.compile(r"[0-9]{3,8}", re.ASCII)


def employ(
    user_id: UUID,
    employee_number: str,
    name_zh: str,
    name_en: str,
    team: str,
    role: str,
    *,
    refund_cap_minor: int | None = None,
    enrolled: bool = False,
    by: str = "system",
) -> EmployeeView:
    """``team`` is a team's code, ``by`` who does it, for the audit trail. ``enrolled``: the way to the desk is open
    without a pass, which is for the demo and for tests; a person is handed one (``make_pass``).

    Refuses, in this order: ``EmployeeNumberNotUsable``, ``StaffNameNotUsable``, ``RoleUnknown``, ``CapNotUsable``,
    ``TeamUnknown``, ``EmployeeNumberTaken``, ``AlreadyEmployed``.
    """
    if _NUMBER.fullmatch(employee_number) is None:
        raise EmployeeNumberNotUsable()
    if not name_zh.strip() or not name_en.strip():
        raise StaffNameNotUsable()
    if role not in ROLES:
        raise RoleUnknown(role=role)
    if refund_cap_minor is not None and refund_cap_minor < 0:
        raise CapNotUsable()
    with transaction.atomic():
        found = Team.objects.select_for_update().filter(code=team).first()
        if found is None:
            raise TeamUnknown(team=team)
        if Employee.objects.filter(employee_number=employee_number).exists():
            raise EmployeeNumberTaken(employee_number=employee_number)
        if Employee.objects.filter(user_id=user_id).exists():
            raise AlreadyEmployed()
        row = Employee(user_id=user_id, employee_number=employee_number, team=found, role=role, employed_at=now())
        row.enrolled_at = row.employed_at if enrolled else None
        row.name_zh, row.name_en, row.refund_cap_minor = name_zh.strip(), name_en.strip(), refund_cap_minor
        row.save(force_insert=True)
        record_act(by, "employ", f"employee:{row.id}", detail={"role": role, "team": team, "number": employee_number})
    return as_view(row)
