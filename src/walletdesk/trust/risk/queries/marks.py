"""Marks in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.models import RiskMark
from walletdesk.trust.risk.rules.marks import KINDS


@dataclass(frozen=True, slots=True)
class MarkView:
    """``until`` is None for a mark that ends only by an act."""

    id: UUID
    subject_id: UUID
    kind: str
    words: Words
    until: datetime | None
    reason: str
    made_by: str
    made_at: datetime


def in_force(moment: datetime) -> QuerySet[RiskMark]:
    return RiskMark.objects.filter(Q(until=None) | Q(until__gt=moment), ended_at=None)


def _views(rows: Iterable[RiskMark]) -> list[MarkView]:
    return [
        MarkView(row.id, row.subject_id, row.kind, KINDS[row.kind], row.until, row.reason, row.made_by, row.made_at)
        for row in rows
    ]


def restrictions_of(customer_id: UUID) -> list[MarkView]:
    """What stands on this customer (or payee) now, the oldest first."""
    return _views(in_force(now()).filter(subject_id=customer_id).order_by("made_at", "id"))


def marks_in_force(limit: int = 100) -> list[MarkView]:
    """All that stands now, newest first."""
    return _views(in_force(now()).order_by("-made_at", "-id")[:limit])
