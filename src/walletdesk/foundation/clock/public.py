"""``now()``, and ``at()`` for a simulated moment; time-ordered random ids.

The books take their time from the database (``walletdesk_now()``, see ``sql/clock.sql``). A simulated moment holds for
both sides at once and only while the database owner allows it (the demo's past, tests): the application's own role
cannot back-date anything.
"""

from __future__ import annotations

import os
import struct
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
_MILLISECONDS, _UNKNOWN = (1 << 48) - 1, uuid.SafeUUID.unknown
_new, _set = object.__new__, object.__setattr__


def _endings() -> list[int]:
    """The lower 80 bits of four hundred ids, from one call to the kernel: each such call would give another thread the
    processor. Each thread has its own, and a forked process begins with none.
    """
    fetched = struct.iter_unpack("<HQ", os.urandom(4_000))
    return [0x7 << 76 | (high & 0xFFF) << 64 | 0b10 << 62 | low >> 2 for high, low in fetched]


os.register_at_fork(after_in_child=lambda: _unused.__dict__.clear())


def uuid7() -> uuid.UUID:
    """A time-ordered random id (RFC 9562, version 7): 48 bits of milliseconds, 74 random bits."""
    simulated = _simulated.get()
    milliseconds = time.time_ns() // 1_000_000 if simulated is None else int(simulated.timestamp() * 1000)
    endings: list[int] | None = getattr(_unused, "endings", None)
    if not endings:
        endings = _unused.endings = _endings()
    made = _new(uuid.UUID)  # as its own __init__ does with an int, without what that asks first: ids are many
    _set(made, "int", (milliseconds & _MILLISECONDS) << 80 | endings.pop())
    _set(made, "is_safe", _UNKNOWN)
    return made
