"""Let go of an endpoint: it hears nothing more, and what it was owed is given up."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.webhooks.models import Delivery
from walletdesk.service.webhooks.queries import endpoint_row
from walletdesk.service.webhooks.rules.patience import GIVEN_UP, WAITING
from walletdesk.trust.api_keys.public import KeyOwner


def remove_endpoint(owner: KeyOwner, endpoint_id: UUID) -> None:
    """Its secrets are wiped. A try that is under way ends by itself. Refuses ``WebhookNotFound``."""
    moment = now()
    with transaction.atomic():
        row = endpoint_row(owner, endpoint_id, lock=True)
        row.removed_at = row.changed_at = moment
        row.sealed_secret, row.sealed_old_secret, row.old_secret_until = "", None, None
        row.save()
        Delivery.objects.filter(endpoint=row, state=WAITING).update(state=GIVEN_UP, ended_at=moment)
