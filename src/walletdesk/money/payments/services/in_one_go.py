"""How every set-based money verb runs: in one transaction, one surprise alone, a lost answer decided by the key.

``once(intents)`` does the whole batch in the transaction that is open and answers each intent; a refusal is an answer,
an exception is a surprise. What can go wrong:

    a surprise          all is undone; the batch is halved until the one that surprises is alone: it is answered by
                        ``broken``, its neighbours are done
    deadlock            nothing was done: once more
    ``AGAIN``           refused only because of a neighbour in the batch who then was not done either: once more, with the
                        others like it, in a transaction of its own; the first of them is never ``AGAIN`` again
    connection lost     perhaps done, perhaps not, also in the middle of the commit. The same intents go out once more
                        with the same keys: what was committed answers as a replay, what was not is done now. If that
                        fails too, ``OutcomeUnknown``: nobody guesses. Only when no commit was ever sent (PostgreSQL is
                        away already when it is connected to) is it known that nothing was done: then the database's error
    a warning at commit a wait for a synchronous standby was cut short: done here, perhaps not there. ``OutcomeUnknown``;
                        the key answers with what stands later
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from django.db import Error, InterfaceError, OperationalError, connection, transaction
from psycopg.errors import Diagnostic

from walletdesk.foundation.kill_points.public import reach
from walletdesk.money.payments.errors import OutcomeUnknown
from walletdesk.money.payments.rules.batches import rounds

log = logging.getLogger(__name__)
Intent = TypeVar("Intent")
Result = TypeVar("Result")


class Again(Enum):
    AGAIN = "again"


AGAIN = Again.AGAIN
Once = Callable[[Sequence[Intent]], Sequence[Result | Again]]


class _Sent:
    """Whether any commit of this call may have reached the server."""

    commit = False


MOST_AT_ONCE = 2_000


def in_one_go(
    intents: Sequence[Intent],
    once: Once[Intent, Result],
    *,
    wants: Callable[[Intent], Iterable[Hashable]],
    broken: Callable[[], Result],
) -> list[Result]:
    """One result per intent, in their order. ``wants`` names what two intents cannot have in one transaction (their key,
    the same order): the later one follows in a transaction of its own and sees what the earlier did.
    """
    results: dict[int, Result] = {}
    waiting, sent = list(range(len(intents))), _Sent()
    while waiting:
        asked = [intents[place] for place in waiting]
        once_more: list[int] = []
        for round_ in rounds(asked, wants):
            for start in range(0, len(round_), MOST_AT_ONCE):
                indexes = round_[start : start + MOST_AT_ONCE]
                answers = _decided([asked[index] for index in indexes], once, broken, sent)
                for index, answer in zip(indexes, answers, strict=True):
                    if isinstance(answer, Again):
                        once_more.append(waiting[index])
                    else:
                        results[waiting[index]] = answer
        waiting = sorted(once_more)
    return [results[place] for place in range(len(intents))]


def _decided(
    intents: Sequence[Intent], once: Once[Intent, Result], broken: Callable[[], Result], sent: _Sent
) -> list[Result | Again]:
    try:
        return _bisected(intents, once, broken, sent)
    except (OperationalError, InterfaceError) as trouble:
        if connection.in_atomic_block or not (_connection_lost(trouble) or _nothing_done(trouble)):
            raise
        log.warning("asking again by key after: %s", trouble)
        if _connection_lost(trouble):
            connection.close()
    try:
        return _bisected(intents, once, broken, sent)
    except (OperationalError, InterfaceError) as trouble:
        if sent.commit and _connection_lost(trouble):
            raise OutcomeUnknown() from trouble
        raise


def _bisected(
    intents: Sequence[Intent], once: Once[Intent, Result], broken: Callable[[], Result], sent: _Sent
) -> list[Result | Again]:
    try:
        with _warnings_at_commit() as warned, transaction.atomic():
            results = list(once(intents))
            reach("before_commit")
            sent.commit = True
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if len(intents) == 1:
            log.exception("an intent surprised us and was undone")
            return [broken()]
        middle = len(intents) // 2
        return _bisected(intents[:middle], once, broken, sent) + _bisected(intents[middle:], once, broken, sent)
    reach("after_commit")
    if warned:
        log.error("committed here, perhaps nowhere else: %s", warned)
        raise OutcomeUnknown()
    return results


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
