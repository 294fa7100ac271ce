"""Who is expected when: a shift is planned, or cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.trust.staff.errors import EmployeeNotFound, ShiftNotFound, ShiftNotUsable, ShiftOverlaps
from walletdesk.trust.staff.models import Employee, Shift
from walletdesk.trust.staff.queries import ShiftView, shift_view

LONGEST = timedelta(hours=16)


def plan_shift(employee_id: UUID, starts_at: datetime, ends_at: datetime, *, by: str) -> ShiftView:
    """``by`` is who plans, for the audit trail.

    Refuses, in this order: ``EmployeeNotFound`` (also who has left); an end before the start or more than 16 hours
    after it (``ShiftNotUsable``); ``ShiftOverlaps``.
    """
    if not Employee.objects.filter(pk=employee_id, active=True).exists():
        raise EmployeeNotFound()
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise ShiftNotUsable()
    row = Shift(employee_id=employee_id, starts_at=starts_at, ends_at=ends_at, planned_by=by, planned_at=now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"from": starts_at.isoformat(), "to": ends_at.isoformat()}
            record_act(by, "plan_shift", f"employee:{employee_id}", detail=detail)
    except IntegrityError as broken:
        raise ShiftOverlaps() from broken
    return shift_view(row)


def cancel_shift(shift_id: UUID, *, by: str) -> ShiftView:
    """Taken off the plan, kept on record; again changes nothing. Refuses: ``ShiftNotFound``."""
    with transaction.atomic():
        row = Shift.objects.select_for_update().filter(pk=shift_id).first()
        if row is None:
            raise ShiftNotFound()
        if row.cancelled_at is None:
            row.cancelled_at, row.cancelled_by = now(), by
            row.save(update_fields=["cancelled_at", "cancelled_by"])
            record_act(by, "cancel_shift", f"employee:{row.employee_id}", detail={"shift": str(row.id)})
    return shift_view(row)
