"""The desks: who is there, and what the soft-phone of one agent shows now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.models import AgentSkill, Call, Engagement, Offer, Presence
from walletdesk.service.hotline.queries.calls import CallView, views
from walletdesk.service.hotline.rules.presence import REASONS, STATE_WORDS
from walletdesk.trust.staff.public import EmployeeView, employees


@dataclass(frozen=True, slots=True)
class PresenceView:
    employee: EmployeeView
    state: str
    reason: str
    since: datetime
    next_state: str
    seat: str

    @property
    def words(self) -> Words:
        return STATE_WORDS[self.state]

    @property
    def reason_words(self) -> Words | None:
        return REASONS.get(self.reason)


@dataclass(frozen=True, slots=True)
class OfferView:
    """A ringing call: who, how known, how long they waited. Nothing private stands here."""

    id: UUID
    kind: str
    expires_at: datetime
    call: CallView


@dataclass(frozen=True, slots=True)
class SoftPhone:
    """What an agent's page shows. ``unwrapped`` are conversations that this agent still has to write down."""

    presence: PresenceView | None
    offer: OfferView | None
    call: CallView | None
    engaged_as: str
    unwrapped: tuple[CallView, ...]


def presences() -> list[PresenceView]:
    """Everybody who has ever taken calls and is still with us, by employee number."""
    rows = list(Presence.objects.all())
    people = employees({row.employee_id for row in rows})
    shown = [_presence(row, people[row.employee_id]) for row in rows if people[row.employee_id].active]
    return sorted(shown, key=lambda one: one.employee.employee_number)


def _presence(row: Presence, person: EmployeeView) -> PresenceView:
    return PresenceView(person, row.state, row.reason, row.since, row.next_state, row.seat)


def presence_of(employee_id: UUID) -> PresenceView | None:
    row = Presence.objects.filter(pk=employee_id).first()
    return _presence(row, employees([employee_id])[employee_id]) if row else None


def soft_phone(employee_id: UUID) -> SoftPhone:
    """Presence, offer, present call, and what is still to be written down."""
    offer = Offer.objects.filter(employee_id=employee_id, state="open", expires_at__gt=now()).first()
    engaged = Engagement.objects.filter(employee_id=employee_id, ended_at=None).first()
    unwritten = Engagement.objects.filter(
        employee_id=employee_id, ended_at__isnull=False, wrap_up=True, wrapped_at=None
    ).order_by("-ended_at")[:5]
    call_ids = [one.call_id for one in (offer, engaged) if one] + [one.call_id for one in unwritten]
    calls = {one.id: one for one in views(Call.objects.filter(id__in=call_ids).select_related("case"))}
    return SoftPhone(
        presence_of(employee_id),
        OfferView(offer.id, offer.kind, offer.expires_at, calls[offer.call_id]) if offer else None,
        calls[engaged.call_id] if engaged else None,
        engaged.kind if engaged else "",
        tuple(calls[one.call_id] for one in unwritten),
    )


def skills_of(employee_id: UUID) -> dict[str, tuple[str, ...]]:
    """``{"topic": (…), "language": (…)}``; empty for who takes everything in Chinese."""
    found: dict[str, list[str]] = {"topic": [], "language": []}
    for row in AgentSkill.objects.filter(employee_id=employee_id).order_by("kind", "code"):
        found[row.kind].append(row.code)
    return {kind: tuple(codes) for kind, codes in found.items()}
