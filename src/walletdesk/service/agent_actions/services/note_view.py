"""Pages that show something of a customer without opening their card: the customer reads of these looks too."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from walletdesk.foundation.audit.public import acts_on_customer, record_act
from walletdesk.foundation.clock.public import now
from walletdesk.service.oversight.public import note_look
from walletdesk.trust.staff.public import employees

SAME_LOOK = timedelta(minutes=30)
VIEWS = ("see_case", "see_messages", "see_decision")


def note_view(employee_id: uuid.UUID, verb: str, customer_id: uuid.UUID, case_id: uuid.UUID | None = None) -> None:
    """One of ``VIEWS``; written down once in half an hour and case, and counted with the looks at cards. Refuses nothing."""
    actor, since = f"employee:{employee_id}", now() - SAME_LOOK
    for act in acts_on_customer(customer_id):
        if act.at < since:
            break
        if (act.verb, act.actor, act.case_id) == (verb, actor, case_id):
            return
    with transaction.atomic():
        agent = employees([employee_id])[employee_id].employee_number
        record_act(
            actor, verb, f"customer:{customer_id}", case_id=case_id, customer_id=customer_id, detail={"agent": agent}
        )
        note_look(employee_id, customer_id, case_id)
