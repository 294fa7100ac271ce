"""Calls to the functions of the books, with arrays bound on the server.

Django interpolates parameters into the text of a statement; a batch of eight thousand entries would be written out and
parsed as half a megabyte of literals. The books therefore speak to the same connection through a plain psycopg cursor,
which sends them apart from the statement and, from its fifth use on, as a prepared one. (Behind a pooler that gives a
connection to somebody else after every transaction, that needs one that knows prepared statements: PgBouncer 1.22.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def rows_of(statement: str, *parameters: Sequence[Any] | str | int | None) -> list[tuple[Any, ...]]:
    """The rows that a function answers, inside whatever transaction the caller has open.

    Each function is one statement and therefore all or nothing by itself: a caller without a transaction needs none.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        connection.connection.prepare_threshold = 5
        cursor.execute(statement.encode(), parameters)
        return cursor.fetchall()
