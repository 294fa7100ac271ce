"""Canaries: accounts that nobody has a reason to open."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.service.oversight.errors import CanaryNotFound, CanaryStands, CustomerNotFound
from walletdesk.service.oversight.models import Canary
from walletdesk.trust.customers.public import customer_by_address
from walletdesk.trust.staff.public import employees, insist

ACT = "place_canaries"


def customer_of_number(number: str) -> UUID:
    """The customer with exactly this number. Refuses: ``CustomerNotFound`` (a name, a telephone number, an address too)."""
    found = customer_by_address(number) if "@" not in number else None
    if found is None or "".join(number.split())[-4:] != found.number[-4:]:
        raise CustomerNotFound()
    return found.id


def place_canary(employee_id: UUID, number: str, note: str = "") -> UUID:
    """The canary's id. Refuses, in this order: ``ActNotAllowed``; ``CustomerNotFound``; ``CanaryStands``."""
    insist(employees([employee_id]).get(employee_id), ACT)
    customer_id = customer_of_number(number)
    row = Canary(customer_id=customer_id, placed_by_id=employee_id, placed_at=now(), note=" ".join(note.split())[:200])
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record_act(f"employee:{employee_id}", "place_canary", f"canary:{row.id}")
    except IntegrityError as broken:
        raise CanaryStands() from broken
    return row.id


def lift_canary(employee_id: UUID, canary_id: UUID) -> None:
    """Refuses, in this order: ``ActNotAllowed``; ``CanaryNotFound`` (also one that was lifted)."""
    insist(employees([employee_id]).get(employee_id), ACT)
    with transaction.atomic():
        row = Canary.objects.select_for_update().filter(pk=canary_id, lifted_at=None).first()
        if row is None:
            raise CanaryNotFound()
        row.lifted_by_id, row.lifted_at = employee_id, now()
        row.save(update_fields=["lifted_by", "lifted_at"])
        record_act(f"employee:{employee_id}", "lift_canary", f"canary:{row.id}")
