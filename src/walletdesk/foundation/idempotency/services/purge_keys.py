"""Let go of keys that nobody will send again. The business reference in the books stays unique for ever."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

AT_LEAST = timedelta(days=7)


def purge_keys(kept: timedelta = timedelta(days=14)) -> int:
    """Forget keys older than ``kept`` (at least seven days, else ValueError); how many."""
    if kept < AT_LEAST:
        raise ValueError("keys are kept for seven days at least")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM idempotency_key WHERE created_at < walletdesk_now() - make_interval(secs => %s)",
            [kept.total_seconds()],
        )
        return cursor.rowcount
