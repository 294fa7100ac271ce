"""Statements with arrays bound on the server. They refuse nothing by themselves; what the database refuses is Django's.

rows_of(SELECT, ids)                    the rows, inside whatever transaction the caller has open
rows_of(SELECT, {"ids": ids})           the same with names in the statement
sent(INSERT, ids, names)                rows written; None inside ``in_one_flight``, where nobody waits for it
with in_one_flight():                   what is sent inside goes out without waiting for the answers; the first error is
    sent(…)                             raised at the end. The server works on the first while the second is being built
    sent(…)

Django interpolates parameters into the text of a statement; a batch of a thousand would be written out and parsed as
hundreds of kilobytes of literals. These go to the same connection through a plain psycopg cursor, which sends parameters
apart from the statement and, from its fifth use on, as a prepared one. (Behind a pooler that gives a connection to
somebody else after every transaction, that needs one that knows prepared statements: PgBouncer 1.22.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

PREPARE_FROM = 5


def rows_of(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a statement answers. One statement is all or nothing by itself: it needs no transaction of its own."""
    with _cursor(statement) as cursor:
        cursor.execute(statement.encode(), _bound(parameters), binary=True)
        return cursor.fetchall()


def sent(statement: str, *parameters: Any) -> int | None:
    """How many rows a statement wrote; None inside :func:`in_one_flight`."""
    with _cursor(statement) as cursor:
        cursor.execute(statement.encode(), _bound(parameters))
        return None if cursor.connection.info.pipeline_status else cursor.rowcount


@contextmanager
def in_one_flight() -> Iterator[None]:
    """A pipeline: an error anywhere in it undoes nothing by itself, but no later statement of it is done."""
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    with own.wrap_database_errors, own.connection.pipeline():
        yield


def _bound(parameters: tuple[Any, ...]) -> Any:
    return parameters[0] if len(parameters) == 1 and isinstance(parameters[0], dict) else parameters


@contextmanager
def _cursor(statement: str) -> Iterator[psycopg.Cursor[Any]]:
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    own.validate_no_broken_transaction()
    if own.queries_logged:  # what Django shows and tests count
        own.queries_log.append({"sql": statement, "time": "0"})
    with own.wrap_database_errors, psycopg.Cursor(own.connection) as cursor:
        own.connection.prepare_threshold = PREPARE_FROM
        yield cursor
