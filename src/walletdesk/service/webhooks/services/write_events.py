"""Write down what happened: one event for each owner who listens, and one delivery for each endpoint that wants it.

Numbers are given under a lock that ends with the commit, so that they become visible in their order: whoever follows the
feed by number misses none, whatever order transactions end in. An owner without a key and without an endpoint costs two
reads for a batch and no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection, transaction

from walletdesk.foundation.amount.public import XTS
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.merchants.public import merchants
from walletdesk.service.webhooks.happenings import Happening
from walletdesk.service.webhooks.models import ENABLED, Delivery, Endpoint, Event
from walletdesk.service.webhooks.rules.event_types import wants
from walletdesk.service.webhooks.rules.patience import DAYS_TRIED
from walletdesk.service.webhooks.services.read_objects import read_objects
from walletdesk.service.webhooks.shapes import CUSTOMER, MERCHANT, Shape, moment_shape
from walletdesk.trust.api_keys.public import KeyOwner, owners_with_keys
from walletdesk.trust.customers.public import customers

IN_ORDER = "SELECT pg_advisory_xact_lock(hashtextextended('webhooks:numbers', 0))"


def write_events(happenings: Sequence[Happening]) -> int:
    """How many were written; what was written before is passed over. In the transaction of the one who hears."""
    heard = _who_listens({one.owner for one in happenings})
    batch = [one for one in happenings if one.owner in heard]
    if not batch:
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(IN_ORDER)
        batch = _unwritten(batch)
        shapes = read_objects(batch)
        modes = modes_of({one.owner for one in batch})
        rows = [_row(one, shapes[place], modes[one.owner]) for place, one in enumerate(batch) if place in shapes]
        Event.objects.bulk_create(rows)
        matters = [one.matter_id for place, one in enumerate(batch) if place in shapes]
        _owe(rows, matters)
    return len(rows)


def modes_of(owners: Iterable[KeyOwner]) -> dict[KeyOwner, str]:
    """``test`` for test twins, else ``live``; two statements."""
    owners = set(owners)
    shops = merchants([one.id for one in owners if one.kind == MERCHANT])
    people = customers([one.id for one in owners if one.kind == CUSTOMER])
    tests = {KeyOwner(MERCHANT, shop.id) for shop in shops.values() if shop.asset_code == XTS.code}
    tests |= {KeyOwner(CUSTOMER, person.id) for person in people.values() if person.is_tester}
    return {one: "test" if one in tests else "live" for one in owners}


def event_body(event_id: UUID, type_: str, occurred_at: datetime, mode: str, thing: Shape) -> str:
    """The text that is signed and sent, in UTF-8, sign by sign the same for ever."""
    said = {
        "id": str(event_id),
        "type": type_,
        "occurred_at": moment_shape(occurred_at),
        "mode": mode,
        "object": thing,
    }
    return msgspec.json.encode(said).decode()


def new_delivery(event: Event, endpoint_id: UUID, matter_id: UUID, replay_of: UUID | None = None) -> Delivery:
    """Due at once, tried for three days."""
    moment = now()
    return Delivery(
        id=uuid7(),
        event=event,
        endpoint_id=endpoint_id,
        matter_id=matter_id,
        due_at=moment,
        expires_at=moment + timedelta(days=DAYS_TRIED),
        created_at=moment,
        replay_of_id=replay_of,
    )


def _who_listens(owners: set[KeyOwner]) -> set[KeyOwner]:
    ids = [one.id for one in owners]
    rows = Endpoint.objects.filter(owner_id__in=ids, removed_at=None).values_list("owner_kind", "owner_id").distinct()
    heard = {KeyOwner(kind, owner_id) for kind, owner_id in rows}
    with_keys = owners_with_keys([(one.kind, one.id) for one in owners - heard])
    return heard | {KeyOwner(kind, owner_id) for kind, owner_id in with_keys}


def _unwritten(batch: Sequence[Happening]) -> list[Happening]:
    """Without what is written already and without twins inside the batch."""
    abouts = {one.about for one in batch}
    ids = {one.owner.id for one in batch}
    rows = Event.objects.filter(owner_id__in=ids, about__in=abouts)
    written = set(rows.values_list("owner_kind", "owner_id", "type", "about"))
    fresh: dict[tuple[str, UUID, str, str], Happening] = {}
    for one in batch:
        name = (one.owner.kind, one.owner.id, one.type, one.about)
        if name not in written:
            fresh.setdefault(name, one)
    return list(fresh.values())


def _row(one: Happening, thing: Shape, mode: str) -> Event:
    event_id = uuid7()
    return Event(
        id=event_id,
        owner_kind=one.owner.kind,
        owner_id=one.owner.id,
        mode=mode,
        type=one.type,
        object_kind=one.object_kind,
        object_id=one.object_id,
        about=one.about,
        occurred_at=one.occurred_at,
        written_at=now(),
        body=event_body(event_id, one.type, one.occurred_at, mode, thing),
    )


def _owe(rows: Sequence[Event], matters: Sequence[UUID]) -> None:
    listening: dict[KeyOwner, list[Endpoint]] = {}
    for endpoint in Endpoint.objects.filter(
        owner_id__in={row.owner_id for row in rows}, state=ENABLED, removed_at=None
    ):
        listening.setdefault(KeyOwner(endpoint.owner_kind, endpoint.owner_id), []).append(endpoint)
    Delivery.objects.bulk_create(
        new_delivery(row, endpoint.id, matter_id)
        for row, matter_id in zip(rows, matters, strict=True)
        for endpoint in listening.get(KeyOwner(row.owner_kind, row.owner_id), ())
        if wants(endpoint.types, row.type)
    )
