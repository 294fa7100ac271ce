"""Reads of verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.models.prompts import EXPIRED, OPEN, VerificationPrompt, VerificationRecord
from walletdesk.trust.verification.rules.levels import LEVELS, show_code


@dataclass(frozen=True, slots=True)
class Prompt:
    """What both screens show: who asks, about which case, and the code. ``state``: open, genuine, disowned, expired."""

    id: UUID
    case_id: UUID
    case_reference: str
    customer_id: UUID
    employee_id: UUID
    agent_number: str
    agent_name: Words
    code: str
    state: str
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None

    @property
    def code_shown(self) -> str:
        return show_code(self.code)


@dataclass(frozen=True, slots=True)
class VerificationLevel:
    """``how``: signed_in, own_device, disowned, proofs (two of a way back) or papers."""

    level: int
    how: str
    at: datetime

    @property
    def words(self) -> Words:
        return LEVELS[self.level]


def as_prompts(rows: list[VerificationPrompt]) -> list[Prompt]:
    """An open prompt whose time is over reads expired, also before the task has come by."""
    agents, moment = employees(row.employee_id for row in rows), now()
    return [
        Prompt(
            id=row.id,
            case_id=row.case_id,
            case_reference=row.case_reference,
            customer_id=row.customer_id,
            employee_id=row.employee_id,
            agent_number=agents[row.employee_id].employee_number,
            agent_name=agents[row.employee_id].name,
            code=row.code,
            state=EXPIRED if row.state == OPEN and row.expires_at <= moment else row.state,
            asked_at=row.asked_at,
            expires_at=row.expires_at,
            answered_at=row.answered_at,
        )
        for row in rows
    ]


def _first(prompts: list[Prompt]) -> Prompt | None:
    return prompts[0] if prompts else None


def open_prompt(customer_id: UUID) -> Prompt | None:
    """The question that waits on this customer's phone now."""
    rows = VerificationPrompt.objects.filter(customer_id=customer_id, state=OPEN, expires_at__gt=now())
    return _first(as_prompts(list(rows[:1])))


def prompt(customer_id: UUID, prompt_id: UUID) -> Prompt | None:
    """One prompt of this customer, answered or not; None also when it is somebody else's."""
    return _first(as_prompts(list(VerificationPrompt.objects.filter(customer_id=customer_id, id=prompt_id))))


def prompts_of_case(case_id: UUID) -> list[Prompt]:
    """All that was asked in a case, the latest first."""
    return as_prompts(list(VerificationPrompt.objects.filter(case_id=case_id).order_by("-asked_at")))


def open_prompt_of_case(case_id: UUID) -> Prompt | None:
    rows = VerificationPrompt.objects.filter(case_id=case_id, state=OPEN, expires_at__gt=now())
    return _first(as_prompts(list(rows[:1])))


def level_of(case_id: UUID) -> VerificationLevel | None:
    """Where the case stands; None when nobody has proven anything yet. The latest answer counts, before any sign-in."""
    answered = Q(prompt__isnull=False) | Q(recovery__isnull=False)
    row = (
        VerificationRecord.objects.filter(case_id=case_id).alias(answered=answered).order_by("-answered", "-id").first()
    )
    return VerificationLevel(row.level, row.how, row.at) if row else None
