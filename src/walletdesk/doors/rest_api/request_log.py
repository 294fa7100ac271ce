"""The log of what was asked with keys: gathered here, written by a thread of its own, many at a time, after the answers.

No request waits for it. What cannot be written while PostgreSQL is away is kept up to ``HELD_AT_MOST`` and then lost, and
the loss is counted and said: a log may have a hole, a payment may not wait.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import DataError, IntegrityError, connection
from django.db import Error as DatabaseError

from walletdesk.trust.api_keys.public import KeyFacts, RequestRecord, keep_body, keep_query, keep_requests

log = logging.getLogger(__name__)
EVERY_SECONDS = 0.25
AT_A_TIME, HELD_AT_MOST = 500, 20_000


class Passed(NamedTuple):
    """A request that was answered, as the passage saw it."""

    id: UUID
    key: KeyFacts
    at: datetime
    method: str
    path: str
    query: str
    status: int
    code: str
    microseconds: int
    address: str
    idempotency_key: str
    replayed: bool
    sent: bytes
    sent_kind: str
    answered: bytes
    answered_kind: str


def as_record(one: Passed) -> RequestRecord:
    """Without what is secret or personal."""
    request_body, whole = keep_body(one.sent, one.sent_kind)
    answer_body, _ = keep_body(one.answered, one.answered_kind)
    query = keep_query(one.query) if one.query else ""
    path = one.path if one.path.isascii() else one.path.encode(errors="replace").decode()
    return RequestRecord(
        id=one.id,
        key_id=one.key.id,
        owner_kind=one.key.owner.kind,
        owner_id=one.key.owner.id,
        mode=one.key.mode,
        at=one.at,
        method=one.method,
        path=path[:300].replace("\x00", ""),
        query=query,
        status=one.status,
        code=one.code[:60],
        microseconds=min(one.microseconds, 2**31 - 1),
        address=one.address[:45],
        idempotency_key=one.idempotency_key[:255],
        replayed=one.replayed,
        request_body=request_body,
        answer_body=answer_body,
        whole=whole and "•" not in query,
    )


class RequestLog:
    """``note`` is called by the passage and costs an append; ``flush`` writes what there is."""

    def __init__(self) -> None:
        self._held: deque[Passed] = deque()
        self._lost = 0
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, one: Passed) -> None:
        if len(self._held) < HELD_AT_MOST:
            self._held.append(one)
        else:
            self._lost += 1

    def start(self) -> None:
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, name="api-log", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Writes what is left."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(5)
            self._thread = None

    def flush(self) -> int:
        """Write everything held, in batches; how many. Raises what the database raises; then the batch is held again."""
        written = 0
        while self._held:
            batch = [self._held.popleft() for _ in range(min(AT_A_TIME, len(self._held)))]
            try:
                written += _kept([as_record(one) for one in batch])
            except DatabaseError:
                self._held.extendleft(reversed(batch))
                raise
        if self._lost:
            lost, self._lost = self._lost, 0
            log.warning("the request log lost %d requests: PostgreSQL was away for too long", lost)
        return written

    def _run(self) -> None:
        ending = False
        while not ending:
            ending = self._ending.wait(EVERY_SECONDS)
            try:
                self.flush()
            except DatabaseError as trouble:
                log.warning("the request log waits for PostgreSQL: %s", type(trouble).__name__)
            except Exception:
                log.exception("a batch of the request log was lost")
            finally:
                connection.close()


def _kept(records: Sequence[RequestRecord]) -> int:
    """How many were written. One that PostgreSQL does not take as it is takes nobody with it."""
    try:
        keep_requests(records)
        return len(records)
    except (DataError, IntegrityError) as trouble:
        if len(records) > 1:
            middle = len(records) // 2
            return _kept(records[:middle]) + _kept(records[middle:])
        log.error("a request was not logged: %s: %s", records[0].id, type(trouble).__name__)
        return 0
