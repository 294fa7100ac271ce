"""Reads: events of a topic after a number, and deliveries that were given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from walletdesk.foundation.outbox.models import Delivery, Untold
from walletdesk.foundation.outbox.rules.facts import Fact, fact_from_json

EVENTS_AFTER = (Path(__file__).parent / "sql" / "events_after.sql").read_text()


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """``id`` is what a live page gives back as Last-Event-ID; ``payload`` is the fact's fields as JSON."""

    id: int
    name: str
    payload: str
    topics: tuple[str, ...]
    created_at: datetime

    @property
    def fact(self) -> Fact:
        return fact_from_json(self.name, self.payload)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A delivery that failed six times. ``last_error`` names the error and the place, never a value."""

    delivery_id: int
    event_id: int
    fact: str
    handler: str
    attempts: int
    last_error: str
    told_at: datetime


def events_after(topics: Sequence[str], last_id: int, limit: int = 100) -> list[StoredEvent]:
    """The events of any of these topics after ``last_id``, oldest first, at most ``limit``.

    An event that was under way when ``last_id`` was told may come again: the reader must not mind a repetition.
    """
    with connection.cursor() as cursor:
        cursor.execute(EVENTS_AFTER, {"topics": list(topics), "last_id": last_id, "limit": limit})
        rows = cursor.fetchall()
    return [StoredEvent(id_, name, payload, tuple(heard), at) for id_, name, payload, heard, at in rows]


def dead_letters(limit: int = 100) -> list[DeadLetter]:
    """What could not be delivered, newest first."""
    rows = Delivery.objects.filter(state=Delivery.State.DEAD).select_related("event").order_by("-id")[:limit]
    return [
        DeadLetter(
            row.id, row.event_id, row.event.fact, row.handler, row.attempts, row.last_error, row.event.created_at
        )
        for row in rows
    ]


def undelivered() -> int:
    """How many deliveries are still due, now or later, and how many events have not become any yet: zero when everybody has
    heard everything.
    """
    return Delivery.objects.filter(state=Delivery.State.DUE).count() + Untold.objects.count()
