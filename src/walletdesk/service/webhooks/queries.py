"""Reads: an owner's endpoints, their deliveries with each try, and the feed of events. Another's is not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from walletdesk.foundation.clock.public import now
from walletdesk.service.webhooks.errors import DeliveryNotFound, EventNotFound, EventTypeUnknown, WebhookNotFound
from walletdesk.service.webhooks.models import Attempt, Delivery, Endpoint, Event
from walletdesk.service.webhooks.rules.event_types import TEST_TYPE, unknown_types
from walletdesk.trust.api_keys.public import KeyOwner


@dataclass(frozen=True, slots=True)
class EndpointView:
    """``types`` empty: all. ``state`` enabled or disabled; ``disabled_because`` "", "owner" or "gone". Until
    ``old_secret_until`` two secrets sign. ``rests_until``: it failed, or asked to be left alone; nothing is sent before.
    """

    id: UUID
    owner: KeyOwner
    mode: str
    name: str
    address: str
    types: tuple[str, ...]
    state: str
    disabled_because: str
    old_secret_until: datetime | None
    failures: int
    rests_until: datetime | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class AttemptView:
    """``ended``: answered (then with a status), timed_out, not_reached, not_allowed or broken."""

    number: int
    at: datetime
    ended: str
    status: int | None
    took_ms: int
    words: str


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """``state``: waiting (next try at ``due_at``), sending, delivered or given_up."""

    id: UUID
    event_id: UUID
    endpoint_id: UUID
    type: str
    state: str
    tries: int
    due_at: datetime
    created_at: datetime
    ended_at: datetime | None
    replay_of: UUID | None
    attempts: tuple[AttemptView, ...]
    body: str


@dataclass(frozen=True, slots=True)
class EventView:
    """``number`` orders the feed; ``body`` is the JSON text that every delivery carries."""

    id: UUID
    number: int
    type: str
    occurred_at: datetime
    mode: str
    object_kind: str
    object_id: UUID
    body: str


def endpoint_rows(owner: KeyOwner) -> QuerySet[Endpoint]:
    return Endpoint.objects.filter(owner_kind=owner.kind, owner_id=owner.id, removed_at=None)


def endpoint_row(owner: KeyOwner, endpoint_id: UUID, *, lock: bool = False) -> Endpoint:
    """The row, locked if it is to be changed. Refuses ``WebhookNotFound``."""
    rows = endpoint_rows(owner).filter(id=endpoint_id)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise WebhookNotFound()
    return found


def endpoints_of(owner: KeyOwner) -> list[EndpointView]:
    """The owner's endpoints, the oldest first."""
    return [as_view(row) for row in endpoint_rows(owner).order_by("created_at", "id")]


def endpoint(owner: KeyOwner, endpoint_id: UUID) -> EndpointView:
    """Refuses ``WebhookNotFound``."""
    return as_view(endpoint_row(owner, endpoint_id))


def as_view(row: Endpoint) -> EndpointView:
    moment = now()
    two_hold = row.old_secret_until is not None and row.old_secret_until > moment
    rests = row.rests_until is not None and row.rests_until > moment
    return EndpointView(
        id=row.id,
        owner=KeyOwner(row.owner_kind, row.owner_id),
        mode=row.mode,
        name=row.name,
        address=row.address,
        types=tuple(row.types),
        state=row.state,
        disabled_because=row.disabled_because,
        old_secret_until=row.old_secret_until if two_hold else None,
        failures=row.failures,
        rests_until=row.rests_until if rests else None,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def deliveries_of(
    owner: KeyOwner, endpoint_id: UUID, limit: int = 50, before: UUID | None = None
) -> list[DeliveryView]:
    """What went or goes to one endpoint, the newest first; ``before`` is the last of the page before. ``WebhookNotFound``."""
    rows = Delivery.objects.filter(endpoint=endpoint_row(owner, endpoint_id))
    return _views((rows.filter(id__lt=before) if before else rows).order_by("-id"), limit)


def delivery(owner: KeyOwner, delivery_id: UUID) -> DeliveryView:
    """Refuses ``DeliveryNotFound``; also when its endpoint was removed."""
    theirs = Delivery.objects.filter(id=delivery_id, endpoint__in=endpoint_rows(owner))
    found = _views(theirs, 1)
    if not found:
        raise DeliveryNotFound()
    return found[0]


def events_of(owner: KeyOwner, limit: int = 100, after: int = 0, types: Sequence[str] = ()) -> list[EventView]:
    """The feed: what happened to things of this owner, the oldest first, with numbers above ``after``. Events are kept for
    thirty days and written from the owner's first key or endpoint on. A later one never appears before an earlier one.
    Refuses a type that there is not (``EventTypeUnknown``): whoever waits for it would wait for ever.
    """
    if unknown := unknown_types(types):
        raise EventTypeUnknown(type=unknown[0][:40])
    rows = _of_owner(owner).filter(number__gt=after).exclude(type=TEST_TYPE)
    return [_event(row) for row in (rows.filter(type__in=types) if types else rows).order_by("number")[:limit]]


def event(owner: KeyOwner, event_id: UUID) -> EventView:
    """Refuses ``EventNotFound``."""
    found = _of_owner(owner).filter(id=event_id).first()
    if found is None:
        raise EventNotFound()
    return _event(found)


def _of_owner(owner: KeyOwner) -> QuerySet[Event]:
    return Event.objects.filter(owner_id=owner.id, owner_kind=owner.kind)


def _event(row: Event) -> EventView:
    return EventView(row.id, row.number, row.type, row.occurred_at, row.mode, row.object_kind, row.object_id, row.body)


def _views(rows: QuerySet[Delivery], limit: int) -> list[DeliveryView]:
    """Two statements, however many."""
    tries = Prefetch("attempts", queryset=Attempt.objects.order_by("number"))
    return [
        DeliveryView(
            id=row.id,
            event_id=row.event.id,
            endpoint_id=row.endpoint_id,
            type=row.event.type,
            state=row.state,
            tries=row.tries,
            due_at=row.due_at,
            created_at=row.created_at,
            ended_at=row.ended_at,
            replay_of=row.replay_of_id,
            attempts=tuple(
                AttemptView(one.number, one.at, one.ended, one.status, one.took_ms, one.words)
                for one in row.attempts.all()
            ),
            body=row.event.body,
        )
        for row in rows.select_related("event").prefetch_related(tries)[:limit]
    ]
