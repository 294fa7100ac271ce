"""Notices have been read."""

from __future__ import annotations

import uuid

from walletdesk.foundation.clock.public import now
from walletdesk.service.notifications.errors import NoticeNotFound
from walletdesk.service.notifications.models import Notice


def mark_read(audience: str, audience_id: uuid.UUID, notice_id: uuid.UUID | None = None) -> int:
    """One notice, or all of an inbox, are read; how many were not before. Refuses another's notice (``NoticeNotFound``)."""
    rows = Notice.objects.filter(audience=audience, audience_id=audience_id)
    if notice_id is not None:
        rows = rows.filter(id=notice_id)
        if not rows.exists():
            raise NoticeNotFound()
    return rows.filter(read_at=None).update(read_at=now())
