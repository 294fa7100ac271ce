"""The customer says whether the one who asks is genuine."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.verification.errors import PromptAnswered, PromptExpired, PromptNotFound
from walletdesk.trust.verification.events import AgentDisowned, CustomerVerified
from walletdesk.trust.verification.models.prompts import (
    DISOWNED,
    EXPIRED,
    GENUINE,
    OPEN,
    VerificationPrompt,
    VerificationRecord,
)
from walletdesk.trust.verification.queries.levels import VerificationLevel
from walletdesk.trust.verification.rules.levels import NOTHING, OWN_DEVICE


def answer_prompt(customer_id: UUID, prompt_id: UUID, genuine: bool) -> VerificationLevel:
    """Yes brings the case to level 2. No brings it to level 0, raises the alarm ``AgentDisowned`` and is audited.

    Refuses, in this order: ``PromptNotFound`` (also another customer's), ``PromptAnswered``, ``PromptExpired``.
    """
    with transaction.atomic():
        row = VerificationPrompt.objects.select_for_update().filter(pk=prompt_id, customer_id=customer_id).first()
        if row is None:
            raise PromptNotFound()
        if row.state in (GENUINE, DISOWNED):
            raise PromptAnswered()
        moment = now()
        if row.state == EXPIRED or row.expires_at <= moment:
            raise PromptExpired()
        assert row.state == OPEN
        row.state, row.answered_at = GENUINE if genuine else DISOWNED, moment
        row.save(update_fields=["state", "answered_at"])
        return _confirmed(row) if genuine else _disowned(row)


def _record(row: VerificationPrompt, level: int, how: str) -> VerificationLevel:
    assert row.answered_at is not None
    VerificationRecord.objects.create(
        case_id=row.case_id, customer_id=row.customer_id, level=level, how=how, prompt=row, at=row.answered_at
    )
    record_act(
        f"customer:{row.customer_id}",
        "verify" if level else "disown_agent",
        f"employee:{row.employee_id}",
        case_id=row.case_id,
        customer_id=row.customer_id,
        detail={"level": level, "prompt": str(row.id)},
    )
    return VerificationLevel(level, how, row.answered_at)


def _confirmed(row: VerificationPrompt) -> VerificationLevel:
    reached = _record(row, OWN_DEVICE, "own_device")
    publish(CustomerVerified(row.case_id, row.customer_id, row.employee_id, reached.level, reached.how, reached.at))
    return reached


def _disowned(row: VerificationPrompt) -> VerificationLevel:
    fallen = _record(row, NOTHING, "disowned")
    publish(AgentDisowned(row.id, row.case_id, row.case_reference, row.customer_id, row.employee_id, fallen.at))
    return fallen
