"""A device was here again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from walletdesk.foundation.identity.models import Device


def touch_device(device_id: UUID, moment: datetime) -> None:
    """Noted for the list of devices; said at most every few minutes by the door."""
    Device.objects.filter(pk=device_id, last_seen_at__lt=moment).update(last_seen_at=moment)
