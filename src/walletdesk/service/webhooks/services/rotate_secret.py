"""A new secret; for a day both sign, so that the receiver can change over without missing anything."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.webhooks.errors import RotatedJustNow
from walletdesk.service.webhooks.queries import EndpointView, as_view, endpoint_row
from walletdesk.service.webhooks.rules.signing import SECRET_BYTES, secret_text
from walletdesk.service.webhooks.sealing import seal
from walletdesk.trust.api_keys.public import KeyOwner

OVERLAP = timedelta(hours=24)


def rotate_secret(owner: KeyOwner, endpoint_id: UUID) -> tuple[EndpointView, str]:
    """The endpoint and its new secret, shown this once. Refuses ``WebhookNotFound``; ``RotatedJustNow`` while an old secret
    still signs: a third one would cut off a receiver that is still changing over.
    """
    secret, moment = os.urandom(SECRET_BYTES), now()
    with transaction.atomic():
        row = endpoint_row(owner, endpoint_id, lock=True)
        if row.old_secret_until is not None and row.old_secret_until > moment:
            raise RotatedJustNow(until=row.old_secret_until)
        row.sealed_old_secret, row.old_secret_until = row.sealed_secret, moment + OVERLAP
        row.sealed_secret, row.changed_at = seal(secret, row.id), moment
        row.save(update_fields=["sealed_old_secret", "old_secret_until", "sealed_secret", "changed_at"])
    return as_view(row), secret_text(secret)
