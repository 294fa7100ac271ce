"""How every set-based money verb runs: in one transaction, one surprise alone, a lost answer decided by the key.

``once(intents)`` does the whole batch in the transaction that is open and answers each intent; a refusal is an answer,
an exception is a surprise. What can go wrong:

    a surprise          all is undone; the batch is halved until the one that surprises is alone: it is ``broken``, its
                        neighbours are done
    deadlock            nothing was done: once more
    ``AGAIN``           refused only because of a neighbour in the batch who then was not done either: once more, with the
                        others like it, in a transaction of its own; the first of them is never ``AGAIN`` again
    connection lost     perhaps done, perhaps not, also in the middle of the commit. The same intents go out once more
                        with the same keys: what was committed answers as a replay, what was not is done now. If that
                        fails too, ``OutcomeUnknown``: nobody guesses. Only when no commit was ever sent (PostgreSQL is
                        away already when it is connected to) is it known that nothing was done: then the database's error
    any error of it     (a full disk) that stops a later transaction of the batch does not change what the earlier ones answer
    a warning at commit a wait for a synchronous standby was cut short: done here, perhaps not there. ``OutcomeUnknown``;
                        the key answers with what stands later
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from django.db import Error, InterfaceError, OperationalError, connection, transaction
from psycopg.errors import Diagnostic

from walletdesk.foundation.errors import Refusal
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


MOST_AT_ONCE = 2_000


def in_one_go(
    intents: Sequence[Intent],
    once: Once[Intent, Result],
    *,
    wants: Callable[[Intent], Iterable[Hashable]],
    refused: Callable[[Refusal], Result],
    broken: Callable[[], Refusal],
) -> list[Result]:
    """One result per intent, in their order. ``wants`` names what two intents cannot have in one transaction (their key,
    the same order): the later one follows in a transaction of its own and sees what the earlier did. What stops a
    transaction is raised if it stops all of them, else it is the answer of those whom it stopped; who was to follow is
    ``broken``: not begun.
    """
    results: dict[int, Result] = {}
    pieces, again = _pieces(intents, range(len(intents)), wants), list[int]()
    while pieces or again:
        if not pieces:
            pieces, again = _pieces(intents, sorted(again), wants), []
        places = pieces.popleft()
        try:
            answers = _decided([intents[place] for place in places], once)
        except (OperationalError, InterfaceError, OutcomeUnknown) as trouble:
            unknown = isinstance(trouble, OutcomeUnknown)
            if len(places) == len(intents) or not (unknown or results):
                raise
            log.error("%s of %s were stopped: %s", len(intents) - len(results), len(intents), trouble)
            results |= {place: refused(OutcomeUnknown() if unknown else broken()) for place in places}
            break
        except Exception:
            if len(places) == 1:
                log.exception("an intent surprised us and was undone")
                results[places[0]] = refused(broken())
            else:
                middle = len(places) // 2
                pieces.extendleft([places[middle:], places[:middle]])
            continue
        for place, answer in zip(places, answers, strict=True):
            if isinstance(answer, Again):
                again.append(place)
            else:
                results[place] = answer
    return [results[place] if place in results else refused(broken()) for place in range(len(intents))]


def _pieces(
    intents: Sequence[Intent], places: Sequence[int], wants: Callable[[Intent], Iterable[Hashable]]
) -> deque[list[int]]:
    """These places, cut into what goes into one transaction each."""
    cut = rounds([intents[place] for place in places], wants)
    return deque(
        [places[index] for index in round_[start : start + MOST_AT_ONCE]]
        for round_ in cut
        for start in range(0, len(round_), MOST_AT_ONCE)
    )


def _decided(intents: Sequence[Intent], once: Once[Intent, Result]) -> Sequence[Result | Again]:
    """In one transaction; a second time where that cannot do harm."""
    sent = _Sent()
    try:
        return _committed(intents, once, sent)
    except (OperationalError, InterfaceError) as trouble:
        if connection.in_atomic_block or not (_connection_lost(trouble) or _nothing_done(trouble)):
            raise
        log.warning("asking again by key after: %s", trouble)
        if _connection_lost(trouble):
            connection.close()
    try:
        return _committed(intents, once, sent)
    except (OperationalError, InterfaceError) as trouble:
        if _connection_lost(trouble):
            connection.close()
            if sent.commit:
                raise OutcomeUnknown() from trouble
        raise


class _Sent:
    """Whether a commit of these intents may have reached the server."""

    commit = False


def _committed(intents: Sequence[Intent], once: Once[Intent, Result], sent: _Sent) -> Sequence[Result | Again]:
    with _warnings_at_commit() as warned, transaction.atomic():
        results = once(intents)
        reach("before_commit")
        sent.commit = True
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
