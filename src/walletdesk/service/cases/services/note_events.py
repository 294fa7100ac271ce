"""Write on the timeline. Nothing written here is ever changed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.service.cases.events import CaseChanged
from walletdesk.service.cases.models import Case, TimelineEvent
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline.

    ``words`` in both languages; ``detail`` JSON for pages (amounts in minor units, ids as text); ``audience`` ``both``
    or ``staff``; ``once`` names the happening, so that noting it again changes nothing; ``at`` is now unless told.
    """

    case_id: uuid.UUID
    kind: str
    words: dict[str, str]
    actor: Actor = THE_SYSTEM
    detail: dict[str, Any] = field(default_factory=dict)
    audience: str = "both"
    once: str | None = None
    at: datetime | None = None


def note_events(entries: Sequence[Entry]) -> None:
    """Append entries and tell whoever looks at these cases. Three statements, however many entries. Refuses nothing."""
    if not entries:
        return
    with transaction.atomic():
        TimelineEvent.objects.bulk_create(rows_of(entries), ignore_conflicts=True)
        cases = Case.objects.in_bulk({entry.case_id for entry in entries})
        publish_many(
            [
                CaseChanged(row.id, row.customer_id, row.merchant_id, entry.kind, row.state, entry.at or now())
                for entry in entries
                if (row := cases.get(entry.case_id)) is not None
            ]
        )


def rows_of(entries: Sequence[Entry]) -> list[TimelineEvent]:
    """The rows of entries, not yet saved."""
    moment = now()
    return [
        TimelineEvent(
            case_id=entry.case_id,
            at=entry.at or moment,
            actor_kind=entry.actor.kind,
            actor_id=entry.actor.id,
            actor_number=entry.actor.number,
            actor_name=entry.actor.name.both(),
            kind=entry.kind,
            words=entry.words,
            detail=entry.detail,
            audience=entry.audience,
            once=entry.once,
        )
        for entry in entries
    ]
