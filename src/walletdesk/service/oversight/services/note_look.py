"""Somebody looked at a customer: counted by shift, and an alarm where it is a canary or where the soft limit is reached.

Called inside the transaction that writes the look into the chain of acts, after it was written.
"""

from __future__ import annotations

from uuid import UUID

from walletdesk.foundation.audit.public import count_acts
from walletdesk.foundation.profiles.public import value
from walletdesk.service.oversight.errors import TooManyUnmaskings
from walletdesk.service.oversight.models import Canary
from walletdesk.service.oversight.rules.looking import may_unmask, reached
from walletdesk.service.oversight.services.raise_alarm import AlarmDraft, raise_alarm
from walletdesk.trust.staff.public import work_began


def note_look(employee_id: UUID, customer_id: UUID, case_id: UUID | None) -> None:
    """A card was opened. Refuses nothing: work goes on, and others hear of it."""
    note_canary(employee_id, customer_id, case_id)
    since = work_began(employee_id)
    opened = count_acts(f"employee:{employee_id}", ("look_up", "break_glass"), since, by_customer=True)
    if reached(opened - 1, value("look.soft_limit")):
        once = f"{employee_id}:{since.isoformat()}"
        raise_alarm(AlarmDraft("many_looks", employee_id, once, detail={"count": opened}))


def insist_on_unmasking(employee_id: UUID) -> None:
    """Before a field is uncovered. Refuses: ``TooManyUnmaskings``, at the shift's ceiling."""
    ceiling = value("unmask.ceiling")
    if not may_unmask(_uncovered(employee_id), ceiling):
        raise TooManyUnmaskings(ceiling=ceiling)


def note_unmasking(employee_id: UUID, customer_id: UUID, case_id: UUID | None) -> None:
    """After it. The look at the card was noted when the card was opened."""
    seen = _uncovered(employee_id)
    if reached(seen - 1, value("unmask.soft_limit")):
        once = f"{employee_id}:{work_began(employee_id).isoformat()}"
        raise_alarm(AlarmDraft("many_unmaskings", employee_id, once, case_id=case_id, detail={"count": seen}))


def note_canary(employee_id: UUID, customer_id: UUID, case_id: UUID | None) -> None:
    canary = Canary.objects.filter(customer_id=customer_id, lifted_at=None).first()
    if canary is not None:
        day = work_began(employee_id).isoformat()
        draft = AlarmDraft(
            "canary_look", employee_id, f"{canary.id}:{employee_id}:{case_id}:{day}", customer_id, case_id
        )
        raise_alarm(draft)


def _uncovered(employee_id: UUID) -> int:
    return count_acts(f"employee:{employee_id}", ("unmask",), work_began(employee_id))
