"""Is this session still signed in? Asked when a stream opens and with each of its comment lines.

Runs in a thread of its own and gives its database connection back at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.db import connections

from walletdesk.doors.live.tickets import Ticket
from walletdesk.foundation.identity.public import session_lives
from walletdesk.foundation.outbox.public import StoredEvent, events_after

REPLAYED_AT_MOST = 500


def still_signed_in(ticket: Ticket) -> bool:
    """The session exists, is not expired, and its user is not deactivated."""
    try:
        alive = session_lives(ticket.session_key)
        return alive and get_user_model().objects.filter(pk=ticket.user_id, is_active=True).exists()
    finally:
        connections.close_all()


def missed(topics: Sequence[str], last_id: int) -> list[StoredEvent]:
    """What was told of ``topics`` after ``last_id``; one that was under way then may come again."""
    try:
        return events_after(topics, last_id, REPLAYED_AT_MOST)
    finally:
        connections.close_all()
