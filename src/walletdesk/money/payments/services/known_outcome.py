"""One transaction whose lost answer is decided by the key, never guessed.

deadlock            nothing was done: once more
connection lost     perhaps done, perhaps not, also in the middle of the commit. The same work is done once more under
                    the same keys: what was committed answers as a replay, what was not is done now. If that fails
                    too, ``OutcomeUnknown``. Only when no commit was ever sent (PostgreSQL is away already when it
                    is connected to) is it known that nothing was done: then the database's error
a warning at commit a wait for a synchronous standby was cut short: done here, perhaps not there. ``OutcomeUnknown``;
                    the key answers with what stands later
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import Error, InterfaceError, OperationalError, connection, transaction
from psycopg.errors import Diagnostic

from walletdesk.foundation.kill_points.public import reach
from walletdesk.money.payments.errors import OutcomeUnknown

log = logging.getLogger(__name__)
Result = TypeVar("Result")


def known_outcome(
    work: Callable[[], Result], again: Callable[[], Result] | None = None, *, durable: bool = False
) -> Result:
    """What ``work`` answers, in one transaction; a second time where that cannot do harm. ``again`` is the second time of
    work that keeps its key elsewhere than in an idempotency key: it has to see by itself whether the first was done.

    Inside somebody else's transaction (``durable`` forbids it) nothing is asked again: whoever opened it decides. Raises
    what ``work`` refuses; ``OutcomeUnknown``; the database's error where nothing can have been done.
    """
    sent = _Sent()
    try:
        return _committed(work, sent, durable)
    except (OperationalError, InterfaceError) as trouble:
        if connection.in_atomic_block or not (_connection_lost(trouble) or _nothing_done(trouble)):
            raise
        log.warning("asking again by key after: %s", trouble)
        if _connection_lost(trouble):
            connection.close()
    try:
        return _committed(again or work, sent, durable)
    except (OperationalError, InterfaceError) as trouble:
        if _connection_lost(trouble):
            connection.close()
            if sent.commit:
                raise OutcomeUnknown() from trouble
        raise


class _Sent:
    """Whether a commit of this work may have reached the server."""

    commit = False


def _committed(work: Callable[[], Result], sent: _Sent, durable: bool) -> Result:
    with _warnings_at_commit() as warned, transaction.atomic(durable=durable):
        result = work()
        reach("before_commit")
        sent.commit = True
    reach("after_commit")
    if warned:
        log.error("committed here, perhaps nowhere else: %s", warned)
        raise OutcomeUnknown()
    return result


@contextmanager
def _warnings_at_commit() -> Iterator[list[str]]:
    """What PostgreSQL warned of while it committed; a NOTICE is none."""
    heard: list[str] = []

    def hear(said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            heard.append(said.message_primary or "")

    connection.ensure_connection()
    own = connection.connection
    own.add_notice_handler(hear)
    try:
        yield heard
    finally:
        own.remove_notice_handler(hear)


def _state(trouble: Error) -> str | None:
    return getattr(trouble.__cause__, "sqlstate", None)


def _connection_lost(trouble: Error) -> bool:
    """Whether the line to the server broke; the server says 57P.. when it was it who hung up."""
    state = _state(trouble)
    return isinstance(trouble, InterfaceError) or state is None or state.startswith(("08", "57P"))


def _nothing_done(trouble: Error) -> bool:
    """Deadlock or failed serialisation: undone by the server, safe to do again."""
    return _state(trouble) in ("40P01", "40001")
