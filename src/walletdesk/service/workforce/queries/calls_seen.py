"""What the hotline saw, as this room counts it."""

from __future__ import annotations

from datetime import datetime

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.public import QueuedCall, queued_calls
from walletdesk.service.workforce.rules.counting import Contact


def contacts_between(since: datetime, until: datetime) -> list[Contact]:
    """Every call that reached a queue in ``since`` ≤ moment < ``until``."""
    return [_contact(one) for one in queued_calls(since, until, now())]


def _contact(one: QueuedCall) -> Contact:
    return Contact(one.came_at, one.topic, max(0.0, one.waited), one.outcome, one.talked, one.wrapped)  # type: ignore[arg-type]
