"""Send an event once more to the endpoint that it went to, because its owner asks."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.service.webhooks.errors import DeliveryNotFound, StillOnItsWay, WebhookDisabled
from walletdesk.service.webhooks.models import ENABLED, ON_THE_WAY, Delivery
from walletdesk.service.webhooks.queries import DeliveryView, delivery, endpoint_rows
from walletdesk.service.webhooks.services.write_events import new_delivery
from walletdesk.trust.api_keys.public import KeyOwner


def replay(owner: KeyOwner, delivery_id: UUID) -> DeliveryView:
    """A new delivery of the same event under the same ``webhook-id``, due at once.

    Refuses: ``DeliveryNotFound``, ``WebhookDisabled``, ``StillOnItsWay`` (it, or a replay of the same event, is not over).
    """
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("event", "endpoint")
        before = rows.filter(id=delivery_id, endpoint__in=endpoint_rows(owner)).first()
        if before is None:
            raise DeliveryNotFound()
        if before.endpoint.state != ENABLED:
            raise WebhookDisabled()
        same = Delivery.objects.filter(event=before.event, endpoint=before.endpoint)
        if same.filter(state__in=ON_THE_WAY).exists():
            raise StillOnItsWay()
        owed = new_delivery(before.event, before.endpoint_id, before.matter_id, replay_of=before.id)
        owed.save(force_insert=True)
    return delivery(owner, owed.id)
