"""An employee gets another role or team, or leaves. It counts from the next request on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.trust.staff.errors import EmployeeNotFound, RoleUnknown, TeamUnknown
from walletdesk.trust.staff.models import Employee, Team
from walletdesk.trust.staff.queries import EmployeeView, as_view
from walletdesk.trust.staff.rules import ROLES


def change_post(
    employee_id: UUID,
    *,
    role: str | None = None,
    team: str | None = None,
    active: bool | None = None,
    by: str,
    reason: str,
) -> EmployeeView:
    """What is None stays. Refuses, in this order: ``EmployeeNotFound``, ``RoleUnknown``, ``TeamUnknown``."""
    with transaction.atomic():
        row = Employee.objects.select_for_update().filter(pk=employee_id).first()
        if row is None:
            raise EmployeeNotFound()
        if role is not None and role not in ROLES:
            raise RoleUnknown(role=role)
        found = Team.objects.filter(code=team).first() if team is not None else row.team
        if found is None:
            raise TeamUnknown(team=team)
        before = {"role": row.role, "team": row.team.code, "active": row.active}
        row.team, row.role = found, role if role is not None else row.role
        row.active = active if active is not None else row.active
        row.save(update_fields=["team", "role", "active"])
        after = {"role": row.role, "team": found.code, "active": row.active}
        record_act(by, "change_post", f"employee:{row.id}", reason=reason, detail={"before": before, "after": after})
    return as_view(row)
