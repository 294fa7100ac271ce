"""Tell what happened, in the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from walletdesk.foundation.arrays.public import text_array
from walletdesk.foundation.outbox.routes import routes
from walletdesk.foundation.outbox.rules.facts import Fact, told_in_columns
from walletdesk.foundation.statements.public import sent

PUBLISH = (Path(__file__).parent.parent / "sql" / "publish.sql").read_text()


def publish_many(facts: Sequence[Fact]) -> None:
    """One statement for the whole batch. A rollback of the caller's transaction makes it all untold.

    The deliveries are made by the worker (``deliver_due``): the teller pays for one event and one short row that says who
    hears it.
    PostgreSQL lets transactions with a NOTIFY commit one after the other: batch facts rather than commit each alone.
    """
    if not facts:
        return
    names, payloads, topics = told_in_columns(facts)
    heard = _heard_by(set(names))
    sent(
        PUBLISH,
        text_array(names),
        text_array(payloads),
        text_array([text_array(one) for one in topics]),
        text_array(list(heard)),
        text_array([text_array(handlers) for handlers in heard.values()]),
    )


def _heard_by(names: set[str]) -> dict[str, list[str]]:
    """The listeners of each of these facts that has some."""
    heard: dict[str, list[str]] = {}
    for handler, route in routes().items():
        for name in names.intersection(route.facts):
            heard.setdefault(name, []).append(handler)
    return heard


def publish(happened: Fact) -> None:
    """A batch of one."""
    publish_many([happened])
