"""What one person may propose in one refund, and in a day's sum."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.trust.staff.errors import CapNotUsable, EmployeeNotFound, OwnPost, PostReasonMissing
from walletdesk.trust.staff.models import Employee
from walletdesk.trust.staff.queries import EmployeeView, as_view


def set_caps(
    employee_id: UUID, refund_cap_minor: int | None, refund_day_cap_minor: int | None, *, by: str, reason: str
) -> EmployeeView:
    """Both caps in minor units, ``None``: what the profile says.

    Refuses, in this order: one's own (``OwnPost``); no reason (``PostReasonMissing``); a negative cap (``CapNotUsable``);
    ``EmployeeNotFound``.
    """
    if by == f"employee:{employee_id}":
        raise OwnPost()
    if not reason.strip():
        raise PostReasonMissing()
    if min(refund_cap_minor or 0, refund_day_cap_minor or 0) < 0:
        raise CapNotUsable()
    with transaction.atomic():
        row = Employee.objects.select_for_update(of=("self",)).select_related("team").filter(pk=employee_id).first()
        if row is None:
            raise EmployeeNotFound()
        before = {"each": row.refund_cap_minor, "day": row.refund_day_cap_minor}
        row.refund_cap_minor, row.refund_day_cap_minor = refund_cap_minor, refund_day_cap_minor
        row.save(update_fields=["refund_cap_minor", "refund_day_cap_minor"])
        after = {"each": refund_cap_minor, "day": refund_day_cap_minor}
        record_act(by, "set_caps", f"employee:{employee_id}", reason=reason, detail={"before": before, "after": after})
    return as_view(row)
