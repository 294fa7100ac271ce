"""Statements with arrays bound on the server. They refuse nothing by themselves; what the database refuses is Django's.

rows_of(SELECT, ids)                    the rows, inside whatever transaction the caller has open
rows_of(SELECT, {"ids": ids})           the same with names in the statement
asked(SELECT, ids, read=len)            sent now; ``.value()`` waits for the rows and reads them. Inside ``in_one_flight``
                                        several are under way at once
by_index()                              the rest of the transaction meets its tables by index, however small they were
                                        when the connection made its plans
sent(INSERT, ids, names)                rows written; None inside ``in_one_flight``, where nobody waits for it
written(INSERT, ids)                    sent now; ``.value()`` is how many rows it wrote, also after a flight
with in_one_flight():                   what is sent inside goes out without waiting for the answers; the first error is
    sent(…)                             raised at the end. The server works on the first while the second is being built
    sent(…)

Django interpolates parameters into the text of a statement; a batch of a thousand would be written out and parsed as
hundreds of kilobytes of literals. These go to the same connection through a plain psycopg cursor, which sends parameters
apart from the statement and, from its fifth use on, as a prepared one. (Behind a pooler that gives a connection to
somebody else after every transaction, that needs one that knows prepared statements: PgBouncer 1.22.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

PREPARE_FROM = 5
KEPT_ROWS = 100
Rows = list[tuple[Any, ...]]
Read = TypeVar("Read")
PROBING = """
SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true)
"""


class Asked(Generic[Read]):
    """A statement under way. What the database refuses is raised by :meth:`value`, or at the end of the flight."""

    __slots__ = ("_cursor", "_own", "_read")

    def __init__(self, own: Any, cursor: psycopg.Cursor[Any], read: Callable[[psycopg.Cursor[Any]], Read]) -> None:
        self._own, self._cursor, self._read = own, cursor, read

    def value(self) -> Read:
        """What was read, once: after the flight, or in it, where it waits for all that was sent before."""
        with self._own.wrap_database_errors:
            answer = self._read(self._cursor)
        _keep(self._cursor)
        return answer


def asked(statement: str, *parameters: Any, read: Callable[[Rows], Read]) -> Asked[Read]:
    """Send a statement that answers rows; ``read`` makes of them what is wanted."""
    own, cursor = _opened(statement)
    with own.wrap_database_errors:
        cursor.execute(_encoded(statement), _bound(parameters), binary=True)
    return Asked(own, cursor, lambda answered: read(answered.fetchall()))


def written(statement: str, *parameters: Any) -> Asked[int]:
    """Send a statement that writes; ``.value()``, after a flight, is how many rows it wrote."""
    own, cursor = _opened(statement)
    with own.wrap_database_errors:
        cursor.execute(_encoded(statement), _bound(parameters))
    return Asked(own, cursor, lambda answered: answered.rowcount)


def rows_of(statement: str, *parameters: Any) -> Rows:
    """The rows that a statement answers. One statement is all or nothing by itself: it needs no transaction of its own."""
    return asked(statement, *parameters, read=_as_they_are).value()


def _as_they_are(rows: Rows) -> Rows:
    return rows


def by_index() -> None:
    """Until the transaction ends, plans probe indexes. A plan is kept by its connection: one that was made on the first day,
    when reading a whole table was cheapest, would read it whole for each batch until the tables were analysed.
    """
    sent(PROBING)


def sent(statement: str, *parameters: Any) -> int | None:
    """How many rows a statement wrote; None inside :func:`in_one_flight`."""
    own, cursor = _opened(statement)
    with own.wrap_database_errors:
        cursor.execute(_encoded(statement), _bound(parameters))
    if cursor.connection.info.pipeline_status:
        return None  # its answer is still to come: nobody else may use this cursor
    count = cursor.rowcount
    _keep(cursor)
    return count


@contextmanager
def in_one_flight() -> Iterator[None]:
    """A pipeline: an error anywhere in it undoes nothing by itself, but no later statement of it is done."""
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    with own.wrap_database_errors, own.connection.pipeline():
        yield


@lru_cache(maxsize=512)
def _encoded(statement: str) -> bytes:
    """Always the same bytes for the same statement: what the driver remembers of it is found by them."""
    return statement.encode()


def _bound(parameters: tuple[Any, ...]) -> Any:
    return parameters[0] if len(parameters) == 1 and isinstance(parameters[0], dict) else parameters


def _opened(statement: str) -> tuple[Any, psycopg.Cursor[Any]]:
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    own.validate_no_broken_transaction()
    if own.queries_logged:  # what Django shows and tests count
        own.queries_log.append({"sql": statement, "time": "0"})
    own.connection.prepare_threshold = PREPARE_FROM
    spare = _spare(own.connection)
    return own, spare.pop() if spare else psycopg.Cursor(own.connection)


def _keep(cursor: psycopg.Cursor[Any]) -> None:
    """For the next statement on this connection: a new cursor learns anew how each type is read, a third of what a short
    statement costs here. One that holds much, or whose statement was refused, is let go.
    """
    if not cursor.closed and cursor.rowcount <= KEPT_ROWS:
        _spare(cursor.connection).append(cursor)


def _spare(connection: Any) -> list[psycopg.Cursor[Any]]:
    """The cursors of this connection that nobody uses; they end with it."""
    spare: list[psycopg.Cursor[Any]] = vars(connection).setdefault("_walletdesk_spare_cursors", [])
    return spare
