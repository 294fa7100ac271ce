"""An employee gets another role or team, or leaves. It counts from the next request on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import end_all_sessions
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.staff.errors import (
    EmployeeNotFound,
    LastAdministrator,
    OwnPost,
    PostReasonMissing,
    RoleUnknown,
    TeamUnknown,
)
from walletdesk.trust.staff.events import PostChanged
from walletdesk.trust.staff.models import Employee, Team
from walletdesk.trust.staff.queries import EmployeeView, as_view
from walletdesk.trust.staff.rules import ROLES

ADMINISTRATOR = "administrator"


def change_post(
    employee_id: UUID,
    *,
    role: str | None = None,
    team: str | None = None,
    active: bool | None = None,
    by: str,
    reason: str,
) -> EmployeeView:
    """What is None stays. Another role, another team or leaving ends every session of the employee (A04, A13).

    Refuses, in this order: ``EmployeeNotFound``; one's own post (``OwnPost``); a colleague's change without a reason
    (``PostReasonMissing``); ``RoleUnknown``; ``TeamUnknown``; the last active administrator (``LastAdministrator``).
    """
    with transaction.atomic():
        row, administrators = _locked(employee_id)
        if row is None:
            raise EmployeeNotFound()
        if by == f"employee:{employee_id}":
            raise OwnPost()
        if by.startswith("employee:") and not reason.strip():
            raise PostReasonMissing()
        if role is not None and role not in ROLES:
            raise RoleUnknown(role=role)
        found = Team.objects.filter(code=team).first() if team is not None else row.team
        if found is None:
            raise TeamUnknown(team=team)
        before = {"role": row.role, "team": row.team.code, "active": row.active}
        row.team, row.role = found, role if role is not None else row.role
        row.active = active if active is not None else row.active
        after = {"role": row.role, "team": found.code, "active": row.active}
        leaves = row.id in administrators and not (row.active and row.role == ADMINISTRATOR)
        if leaves and administrators == {row.id}:
            raise LastAdministrator()
        row.save(update_fields=["team", "role", "active"])
        if before != after:
            end_all_sessions(row.user_id)
            publish(PostChanged(row.id, row.role, found.code, row.active, now()))
        record_act(by, "change_post", f"employee:{row.id}", reason=reason, detail={"before": before, "after": after})
    return as_view(row)


def _locked(employee_id: UUID) -> tuple[Employee | None, set[UUID]]:
    """The employee, and who is an active administrator now.

    All of them are locked by one statement in one order: the last two cannot leave at the same moment, nor wait for
    each other for ever.
    """
    concerned = Q(pk=employee_id) | Q(role=ADMINISTRATOR, active=True)
    rows = Employee.objects.select_for_update(of=("self",)).select_related("team").filter(concerned).order_by("id")
    found = {row.id: row for row in rows}
    return found.get(employee_id), {row.id for row in found.values() if row.role == ADMINISTRATOR and row.active}
