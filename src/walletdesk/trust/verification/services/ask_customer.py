"""The agent asks; the customer's phone shows who."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.customers.public import CustomerNotFound, customers
from walletdesk.trust.staff.public import employees, may
from walletdesk.trust.verification.errors import AgentMayNotAsk, PromptOpenAlready, TooManyPrompts
from walletdesk.trust.verification.events import VerificationAsked
from walletdesk.trust.verification.models.prompts import EXPIRED, OPEN, VerificationPrompt
from walletdesk.trust.verification.queries.levels import Prompt, as_prompts
from walletdesk.trust.verification.rules.levels import FLOOD_WINDOW, wait_before_next


def ask_customer(case_id: UUID, customer_id: UUID, employee_id: UUID, case_reference: str) -> Prompt:
    """Pressed twice by the same agent in the same case it answers the same prompt.

    Refuses, in this order: ``CustomerNotFound``, ``AgentMayNotAsk``, ``PromptOpenAlready``, ``TooManyPrompts``
    (``retry_after``). Publishes ``VerificationAsked``.
    """
    if customer_id not in customers([customer_id]):
        raise CustomerNotFound()
    if not may(employees([employee_id]).get(employee_id), "ask_verification"):
        raise AgentMayNotAsk()
    with transaction.atomic():
        _one_at_a_time(customer_id)
        moment = now()
        prompts = VerificationPrompt.objects.filter(customer_id=customer_id)
        prompts.filter(state=OPEN, expires_at__lte=moment).update(state=EXPIRED)
        waiting = prompts.filter(state=OPEN).first()
        if waiting is not None and (waiting.case_id, waiting.employee_id) == (case_id, employee_id):
            return as_prompts([waiting])[0]
        if waiting is not None:
            raise PromptOpenAlready(expires_at=waiting.expires_at)
        recent = list(prompts.filter(asked_at__gt=moment - FLOOD_WINDOW).values_list("asked_at", flat=True))
        if wait := wait_before_next(recent, moment):
            raise TooManyPrompts(retry_after=wait)
        row = VerificationPrompt.objects.create(
            case_id=case_id,
            case_reference=case_reference,
            customer_id=customer_id,
            employee_id=employee_id,
            code=f"{secrets.randbelow(1_000_000):06d}",
            asked_at=moment,
            expires_at=moment + timedelta(seconds=value("verification.prompt_seconds", moment)),
        )
        record_act(
            f"employee:{employee_id}", "ask_verification", f"case:{case_id}", case_id=case_id, customer_id=customer_id
        )
        publish(
            VerificationAsked(row.id, case_id, case_reference, customer_id, employee_id, row.expires_at, row.asked_at)
        )
        return as_prompts([row])[0]


def _one_at_a_time(customer_id: UUID) -> None:
    """Two agents asking one customer at once stand in line until the first has committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"verification:{customer_id}"])
