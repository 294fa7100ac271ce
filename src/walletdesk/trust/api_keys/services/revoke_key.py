"""A key is taken back: within a second it opens nothing anywhere (each door asks again after half a second)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.api_keys.errors import ApiKeyNotFound, ApiKeyRevokedAlready
from walletdesk.trust.api_keys.events import ApiKeyRevoked
from walletdesk.trust.api_keys.models import ApiKey
from walletdesk.trust.api_keys.queries import KeyView, as_view
from walletdesk.trust.api_keys.rules.good_keys import KeyOwner


def revoke_key(key_id: UUID, owner: KeyOwner, by: str) -> KeyView:
    """Refuses, in this order: ``ApiKeyNotFound`` (or another owner's), ``ApiKeyRevokedAlready``."""
    with transaction.atomic():
        rows = ApiKey.objects.select_for_update(no_key=True)
        row = rows.filter(id=key_id, owner_kind=owner.kind, owner_id=owner.id).first()
        if row is None:
            raise ApiKeyNotFound()
        if row.revoked_at is not None:
            raise ApiKeyRevokedAlready()
        row.revoked_at, row.revoked_by = now(), by
        row.save(update_fields=["revoked_at", "revoked_by"])
        publish(ApiKeyRevoked(row.id, owner.kind, owner.id, row.name, row.mode, by, row.revoked_at))
        record_act(by, "revoke_api_key", f"api_key:{row.id}", detail={"mode": row.mode})
    return as_view(row, row.revoked_at)
