"""Promises whose minute has passed are broken, openly; nobody has to answer the telephone for that."""

from __future__ import annotations

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.service.hotline.events import CallPromiseBroken
from walletdesk.service.hotline.models import CallPromise


def break_call_promises(limit: int = 500) -> int:
    """Break what is due; how many. Safe to run twice, and in two workers at once."""
    at = now()
    with transaction.atomic():
        due = list(
            CallPromise.objects.select_for_update(skip_locked=True)
            .filter(kept_at=None, broken_at=None, waived_at=None, due_at__lt=at)
            .order_by("due_at")[:limit]
        )
        for promise in due:
            promise.broken_at = promise.due_at
        CallPromise.objects.bulk_update(due, ["broken_at"])
        publish_many([CallPromiseBroken(one.id, one.customer_id, one.due_at) for one in due])
    return len(due)
