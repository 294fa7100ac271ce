"""Try a dead letter once more, from the beginning of its patience."""

from __future__ import annotations

from django.db import connection

from walletdesk.foundation.outbox.errors import DeadLetterNotFound

REVIVE = """
    UPDATE outbox_delivery SET state = 'due', attempts = 0, due_at = walletdesk_now() WHERE id = %s AND state = 'dead'
"""


def revive(delivery_id: int) -> None:
    """The delivery is due at once. Refuses ``DeadLetterNotFound`` when there is no such dead letter."""
    with connection.cursor() as cursor:
        cursor.execute(REVIVE, [delivery_id])
        if not cursor.rowcount:
            raise DeadLetterNotFound(delivery_id=delivery_id)
        cursor.execute("SELECT pg_notify('walletdesk_outbox', '')")
