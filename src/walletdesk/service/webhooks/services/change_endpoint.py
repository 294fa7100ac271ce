"""Change where an endpoint is, what it hears, what it is called, and whether it is on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.webhooks.models import DISABLED, ENABLED, OWNER
from walletdesk.service.webhooks.queries import EndpointView, as_view, endpoint_row
from walletdesk.service.webhooks.services.add_endpoint import usable_address, usable_name, usable_types
from walletdesk.trust.api_keys.public import KeyOwner


def change_endpoint(
    owner: KeyOwner,
    endpoint_id: UUID,
    *,
    address: str | None = None,
    types: Sequence[str] | None = None,
    name: str | None = None,
    enabled: bool | None = None,
) -> EndpointView:
    """What is None stays. Switched off, it is owed nothing new, and what it is owed waits; switched on, or moved to another
    address, it is tried at once.

    Refuses: ``WebhookNotFound``, ``WebhookAddressNotUsable``, ``EventTypeUnknown``, ``WebhookNameNotUsable``.
    """
    with transaction.atomic():
        row = endpoint_row(owner, endpoint_id, lock=True)
        if address is not None:
            row.address = usable_address(address)
        if types is not None:
            row.types = usable_types(types)
        if name is not None:
            row.name = usable_name(name)
        if enabled is False and row.state == ENABLED:
            row.state, row.disabled_because = DISABLED, OWNER
        if enabled:
            row.state, row.disabled_because = ENABLED, ""
        if enabled or address is not None:
            row.failures, row.rests_until = 0, None
        row.changed_at = now()
        row.save()
    return as_view(row)
