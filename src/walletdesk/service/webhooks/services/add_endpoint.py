"""Name an address that hears what happens."""

from __future__ import annotations

import os
from collections.abc import Sequence

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.webhooks.errors import (
    EventTypeUnknown,
    TooManyEndpoints,
    WebhookAddressNotUsable,
    WebhookNameNotUsable,
)
from walletdesk.service.webhooks.models import Endpoint
from walletdesk.service.webhooks.ports import the_carrier
from walletdesk.service.webhooks.queries import EndpointView, as_view, endpoint_rows
from walletdesk.service.webhooks.rules.event_types import in_order, unknown_types
from walletdesk.service.webhooks.rules.names import LONGEST_NAME, clean_name
from walletdesk.service.webhooks.rules.signing import SECRET_BYTES, secret_text
from walletdesk.service.webhooks.sealing import seal
from walletdesk.service.webhooks.services.write_events import modes_of
from walletdesk.trust.api_keys.public import KeyOwner

MOST = 20
ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('webhooks:' || %s, 0))"


def add_endpoint(owner: KeyOwner, address: str, types: Sequence[str] = (), name: str = "") -> tuple[EndpointView, str]:
    """The endpoint and its secret (``whsec_…``), which is never shown again. ``types`` empty: all events.

    Refuses, in this order: an address that is never called (``WebhookAddressNotUsable``), ``EventTypeUnknown``,
    ``WebhookNameNotUsable`` (more than 60 characters), ``TooManyEndpoints`` (20 for one owner).
    """
    address, chosen, called = usable_address(address), usable_types(types), usable_name(name)
    secret, endpoint_id, moment = os.urandom(SECRET_BYTES), uuid7(), now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_BY_ONE, [str(owner)])
        if endpoint_rows(owner).count() >= MOST:
            raise TooManyEndpoints(most=MOST)
        row = Endpoint.objects.create(
            id=endpoint_id,
            owner_kind=owner.kind,
            owner_id=owner.id,
            mode=modes_of([owner])[owner],
            name=called,
            address=address,
            types=chosen,
            sealed_secret=seal(secret, endpoint_id),
            created_at=moment,
            changed_at=moment,
        )
    return as_view(row), secret_text(secret)


def usable_address(address: str) -> str:
    address = address.strip()
    why = the_carrier().objection(address)
    if why:
        raise WebhookAddressNotUsable(why=why)
    return address


def usable_types(types: Sequence[str]) -> list[str]:
    unknown = unknown_types(types)
    if unknown:
        raise EventTypeUnknown(type=unknown[0][:40])
    return in_order(types)


def usable_name(name: str) -> str:
    called = clean_name(name)
    if len(called) > LONGEST_NAME:
        raise WebhookNameNotUsable(most=LONGEST_NAME)
    return called
