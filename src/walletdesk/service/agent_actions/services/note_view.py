"""A page that shows something of a customer was opened: written down, so that the customer reads it. Cards have ``look_up``."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from walletdesk.foundation.audit.public import acted_since, record_act
from walletdesk.foundation.clock.public import now
from walletdesk.service.oversight.public import note_canary

SAME_VIEW = timedelta(minutes=30)
VIEWS = frozenset(
    {
        *("see_case", "see_messages", "see_file", "see_call", "see_proposal"),
        *("see_papers_handed_in", "see_risk_decision", "see_payee", "see_acts"),
    }
)


def note_view(
    employee_id: uuid.UUID, verb: str, customer_id: uuid.UUID, subject: str, case_id: uuid.UUID | None = None
) -> None:
    """Once in half an hour for each thing. ``verb`` is one of ``VIEWS``; a canary is told of. Refuses nothing."""
    assert verb in VIEWS, f"{verb} is no view"
    actor = f"employee:{employee_id}"
    if acted_since(actor, verb, subject, customer_id, now() - SAME_VIEW):
        return
    with transaction.atomic():
        record_act(actor, verb, subject, case_id=case_id, customer_id=customer_id)
        note_canary(employee_id, customer_id, case_id)
