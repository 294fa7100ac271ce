"""The test button: an event that means nothing, to one endpoint."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.webhooks.errors import WebhookDisabled
from walletdesk.service.webhooks.models import ENABLED, Event
from walletdesk.service.webhooks.queries import DeliveryView, delivery, endpoint_row
from walletdesk.service.webhooks.rules.event_types import TEST_TYPE
from walletdesk.service.webhooks.services.write_events import IN_ORDER, event_body, new_delivery
from walletdesk.trust.api_keys.public import KeyOwner


def send_test(owner: KeyOwner, endpoint_id: UUID) -> DeliveryView:
    """Due at once, signed and tried like any other; no part of the feed. Refuses ``WebhookNotFound``, ``WebhookDisabled``."""
    with transaction.atomic():
        row = endpoint_row(owner, endpoint_id)
        if row.state != ENABLED:
            raise WebhookDisabled()
        event_id, moment = uuid7(), now()
        thing = {"webhook_id": str(row.id), "name": row.name}
        with connection.cursor() as cursor:
            cursor.execute(IN_ORDER)
        event = Event.objects.create(
            id=event_id,
            owner_kind=owner.kind,
            owner_id=owner.id,
            mode=row.mode,
            type=TEST_TYPE,
            object_kind="test",
            object_id=event_id,
            about=str(event_id),
            occurred_at=moment,
            written_at=moment,
            body=event_body(event_id, TEST_TYPE, moment, row.mode, thing),
        )
        owed = new_delivery(event, row.id, event_id)
        owed.save(force_insert=True)
    return delivery(owner, owed.id)
