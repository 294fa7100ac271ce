"""Forget requests after thirty days, and the tickets with which some were sent again."""

from __future__ import annotations

from django.db import connection

AT_A_TIME = 20_000
PURGE = """
    DELETE FROM api_request WHERE id IN (
        SELECT id FROM api_request WHERE at < walletdesk_now() - interval '30 days' LIMIT %s)
"""
TICKETS = "DELETE FROM api_resend WHERE made_at < walletdesk_now() - interval '30 days'"


def purge_requests() -> int:
    """Forget those older than thirty days, the database's own figure too (``sql/guards.sql``); how many requests."""
    with connection.cursor() as cursor:
        cursor.execute(TICKETS)
    gone = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(PURGE, [AT_A_TIME])
            gone += cursor.rowcount
            if cursor.rowcount < AT_A_TIME:
                return gone
