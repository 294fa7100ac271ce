"""Whether a database holds its city, said by the database itself: a comment on ``clock_simulation``, the owner's table.

While the city is being built the database believes a simulated past (``clock_simulation``); afterwards never again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import psycopg
from psycopg import sql

READ = "SELECT obj_description(to_regclass('public.clock_simulation'), 'pg_class')"


class HalfBuilt(Exception):
    """An earlier build was cut: the database holds a part of a city."""


def read(owner_url: str) -> str:
    """``city 2026`` when it is complete, empty when there is none. Raises HalfBuilt."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        row = connection.execute(READ).fetchone()
    words = (row and row[0]) or ""
    if words.startswith("half"):
        raise HalfBuilt(words)
    return str(words)


@contextlib.contextmanager
def being_built(owner_url: str, seed: int) -> Iterator[None]:
    """Mark, allow the simulated past, let it be built, forbid it again, mark as complete."""
    _write(owner_url, f"half a city {seed}", allowed=True)
    yield
    _write(owner_url, f"city {seed}", allowed=False)


def _write(owner_url: str, words: str, *, allowed: bool) -> None:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("UPDATE clock_simulation SET allowed = %s", [allowed])
        connection.execute(sql.SQL("COMMENT ON TABLE clock_simulation IS {}").format(sql.Literal(words)))
