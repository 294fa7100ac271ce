"""Let go of what everybody has heard long ago. Live pages replay minutes, not weeks."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

KEPT = timedelta(days=30)
PURGE_DELIVERIES = """
    DELETE FROM outbox_delivery WHERE state = 'done'
       AND event_id IN (SELECT id FROM outbox_event WHERE created_at < walletdesk_now() - make_interval(secs => %s))
"""
PURGE_EVENTS = """
    DELETE FROM outbox_event WHERE created_at < walletdesk_now() - make_interval(secs => %s)
       AND NOT EXISTS (SELECT FROM outbox_delivery WHERE event_id = outbox_event.id)
       AND NOT EXISTS (SELECT FROM outbox_untold WHERE event_id = outbox_event.id)
"""


def purge_delivered(kept: timedelta = KEPT) -> int:
    """Forget events older than ``kept`` that nobody is waiting for; how many. Due and dead deliveries stay."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PURGE_DELIVERIES, [kept.total_seconds()])
        cursor.execute(PURGE_EVENTS, [kept.total_seconds()])
        return cursor.rowcount
