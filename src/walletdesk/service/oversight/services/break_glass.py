"""An account opened without a case, because there is no time for one: for a reason, for a quarter of an hour, with an
alarm to everybody who watches, and on the customer's own list.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import value
from walletdesk.service.oversight.errors import GlassMended, GlassNotFound, WatchReasonMissing
from walletdesk.service.oversight.models import BrokenGlass
from walletdesk.service.oversight.services.note_look import note_look
from walletdesk.service.oversight.services.place_canary import customer_of_number
from walletdesk.service.oversight.services.raise_alarm import AlarmDraft, raise_alarm
from walletdesk.trust.staff.public import employees, insist

ACT = "break_glass"
LONGEST_REASON = 300
SHORTEST_REASON = 10


def break_glass(employee_id: UUID, number: str, reason: str) -> UUID:
    """The id of the opening; ``number`` is the customer's.

    Refuses, in this order: ``ActNotAllowed``; a reason of fewer than ten characters (``WatchReasonMissing``);
    ``CustomerNotFound``.
    """
    employee = insist(employees([employee_id]).get(employee_id), ACT)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if len(reason) < SHORTEST_REASON:
        raise WatchReasonMissing()
    customer_id, moment = customer_of_number(number), now()
    row = BrokenGlass(employee_id=employee_id, customer_id=customer_id, reason=reason, opened_at=moment)
    row.until = moment + timedelta(seconds=value("glass.seconds", moment))
    with transaction.atomic():
        row.save(force_insert=True)
        detail = {"agent": employee.employee_number, "glass": str(row.id)}
        record_act(
            f"employee:{employee_id}", "break_glass", f"customer:{customer_id}", reason,
            customer_id=customer_id, detail=detail,
        )  # fmt: skip
        raise_alarm(
            AlarmDraft(
                "glass_broken",
                employee_id,
                str(row.id),
                customer_id,
                subject=f"glass:{row.id}",
                detail={"reason": reason},
            )
        )
        note_look(employee_id, customer_id, None)
    return row.id


def standing_glass(employee_id: UUID, glass_id: UUID) -> BrokenGlass:
    """The opening, while it lasts. Refuses, in this order: ``ActNotAllowed``; another's (``GlassNotFound``); ``GlassMended``."""
    insist(employees([employee_id]).get(employee_id), ACT)
    row = BrokenGlass.objects.filter(pk=glass_id, employee_id=employee_id).first()
    if row is None:
        raise GlassNotFound()
    if row.ended_at is not None or row.until <= now():
        raise GlassMended()
    return row


def end_glass(employee_id: UUID, glass_id: UUID) -> None:
    """Close it early. Refuses as :func:`standing_glass`."""
    with transaction.atomic():
        row = standing_glass(employee_id, glass_id)
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        record_act(f"employee:{employee_id}", "end_glass", f"customer:{row.customer_id}", customer_id=row.customer_id)
