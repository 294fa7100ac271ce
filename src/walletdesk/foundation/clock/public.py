"""``now()``, and ``at()`` for a simulated moment; time-ordered random ids.

The books take their time from the database (``walletdesk_now()``, see ``sql/clock.sql``). A simulated moment holds for
both sides at once and only while the database owner allows it (the demo's past, tests): the application's own role
cannot back-date anything.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db import connection
from psycopg.pq import TransactionStatus

_simulated: ContextVar[datetime | None] = ContextVar("simulated_moment", default=None)


def now() -> datetime:
    """The moment, in UTC; the simulated one inside :func:`at`."""
    return _simulated.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at ``moment``, in Python and on this database connection."""
    before = _simulated.get()
    token = _simulated.set(moment.astimezone(UTC))
    _tell_database(moment)
    try:
        yield
    finally:
        _simulated.reset(token)
        _tell_database(before)


def _tell_database(moment: datetime | None) -> None:
    if _transaction_has_failed():
        return  # it hears nothing more, and its rollback takes back what it was told inside
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('walletdesk.now', %s, false)", [moment.isoformat() if moment else ""])


def _transaction_has_failed() -> bool:
    if not connection.in_atomic_block:
        return False
    status = connection.connection.info.transaction_status if connection.connection else TransactionStatus.UNKNOWN
    return connection.needs_rollback or status in (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)


_unused = threading.local()


def _random_bytes() -> bytes:
    """Ten bytes from the kernel, fetched four hundred times ten at once: each call of it would give another thread the
    processor. Each thread has its own, and a forked process begins with none.
    """
    left: list[bytes] | None = getattr(_unused, "tens", None)
    if not left:
        fetched = os.urandom(4_000)
        left = _unused.tens = [fetched[start : start + 10] for start in range(0, len(fetched), 10)]
    return left.pop()


os.register_at_fork(after_in_child=lambda: _unused.__dict__.clear())


def uuid7() -> uuid.UUID:
    """A time-ordered random id (RFC 9562, version 7): 48 bits of milliseconds, 74 random bits."""
    simulated = _simulated.get()
    milliseconds = int(simulated.timestamp() * 1000) if simulated else time.time_ns() // 1_000_000
    random_bits = int.from_bytes(_random_bytes(), "big")
    return uuid.UUID(
        int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80
        | 0x7 << 76
        | (random_bits >> 64 & 0xFFF) << 64
        | 0b10 << 62
        | random_bits & 0x3FFF_FFFF_FFFF_FFFF
    )
