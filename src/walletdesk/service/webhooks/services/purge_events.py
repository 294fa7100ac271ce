"""Events are kept for thirty days, with their deliveries and tries; what is still owed stays longer."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now

KEPT = timedelta(days=30)
OLD = """
    SELECT number FROM webhooks_event AS event WHERE written_at < %s AND NOT EXISTS (
        SELECT FROM webhooks_delivery WHERE event_id = event.number AND state IN ('waiting', 'sending'))
    ORDER BY number LIMIT 5000
"""
PURGE = (
    "DELETE FROM webhooks_attempt WHERE delivery_id IN (SELECT id FROM webhooks_delivery WHERE event_id = ANY (%s))",
    "DELETE FROM webhooks_delivery WHERE event_id = ANY (%s)",
    "DELETE FROM webhooks_event WHERE number = ANY (%s)",
)


def purge_events(kept: timedelta = KEPT) -> int:
    """How many events were let go of."""
    gone = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(OLD, [now() - kept])
            numbers = [number for (number,) in cursor.fetchall()]
            for statement in PURGE:
                cursor.execute(statement, [numbers])
        gone += len(numbers)
        if not numbers:
            return gone
