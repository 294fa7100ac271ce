"""Tell what happened, in the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from walletdesk.foundation.outbox.routes import routes
from walletdesk.foundation.outbox.rules.facts import Fact, told_as_json

PUBLISH = (Path(__file__).parent.parent / "sql" / "publish.sql").read_text()


def publish_many(facts: Sequence[Fact]) -> None:
    """One statement for the whole batch. A rollback of the caller's transaction makes it all untold.

    PostgreSQL lets transactions with a NOTIFY commit one after the other: batch facts rather than commit each alone.
    """
    if not facts:
        return
    listening = list(routes().values())
    with connection.cursor() as cursor:
        cursor.execute(
            PUBLISH,
            {
                "facts": told_as_json(facts),
                "heard": [route.fact for route in listening],
                "handlers": [route.handler for route in listening],
            },
        )


def publish(happened: Fact) -> None:
    """A batch of one."""
    publish_many([happened])
