"""A key whose time is over has ended by itself: somebody has to say so, once."""

from __future__ import annotations

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.trust.api_keys.events import ApiKeyExpired
from walletdesk.trust.api_keys.models import ApiKey


def tell_expired(limit: int = 500) -> int:
    """How many were told of. For a task on a timer."""
    moment = now()
    with transaction.atomic():
        over = ApiKey.objects.select_for_update(skip_locked=True, no_key=True).filter(
            revoked_at=None, expiry_told_at=None, expires_at__lte=moment
        )
        rows = list(over.order_by("expires_at")[:limit])
        ApiKey.objects.filter(id__in=[row.id for row in rows]).update(expiry_told_at=moment)
        publish_many([_fact(row) for row in rows])
    return len(rows)


def _fact(row: ApiKey) -> ApiKeyExpired:
    assert row.expires_at is not None
    return ApiKeyExpired(row.id, row.owner_kind, row.owner_id, row.name, row.mode, row.expires_at)
