"""One LISTEN connection, many listeners.

PostgreSQL tells ``topic:event id``; the hub hands it to every listener of that topic. Each listener has a bounded queue:
one who reads too slowly is cut, and its browser comes back with Last-Event-ID. When the connection to PostgreSQL is
lost, notifications may be lost with it: every listener is cut for the same reason.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field

import psycopg

from walletdesk.foundation.outbox.public import LIVE_CHANNEL

log = logging.getLogger(__name__)
QUEUE = 100
REMEMBERED = 5_000
PAUSES = (0.2, 0.5, 1, 2, 5)


@dataclass(frozen=True, slots=True)
class Told:
    """``topic`` moved; ``event_id`` is the newest event of it; ``at`` in seconds since 1970."""

    topic: str
    event_id: int
    at: float


@dataclass(eq=False, slots=True)
class Listener:
    """One open page. ``None`` in its queue means: cut, come back."""

    topics: frozenset[str]
    queue: asyncio.Queue[Told | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    cut: bool = False

    def hear(self, told: Told) -> None:
        try:
            self.queue.put_nowait(told)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        self.cut = True
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """``conninfo`` is asked for at each connection, so that it is never older than the settings."""

    def __init__(self, conninfo: Callable[[], str]) -> None:
        self._conninfo = conninfo
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._recent: deque[Told] = deque(maxlen=REMEMBERED)
        self._task: asyncio.Task[None] | None = None
        self.listening = asyncio.Event()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen while inside; cut everybody at the end."""
        self._task = asyncio.create_task(self._keep_listening())
        try:
            yield
        finally:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._cut_all()

    @contextlib.contextmanager
    def listener(self, topics: Iterable[str]) -> Iterator[Listener]:
        """A listener for ``topics`` while inside."""
        listener = Listener(frozenset(topics))
        for topic in listener.topics:
            self._listeners[topic].add(listener)
        try:
            yield listener
        finally:
            for topic in listener.topics:
                self._listeners[topic].discard(listener)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def since(self, moment: float, topics: frozenset[str]) -> list[Told]:
        """What was told of ``topics`` since ``moment`` (seconds since 1970), as far as this process remembers."""
        return [told for told in self._recent if told.at >= moment and told.topic in topics]

    def count(self) -> int:
        return len({listener for group in self._listeners.values() for listener in group})

    async def _keep_listening(self) -> None:
        failures = 0
        while True:
            try:
                async for told in self._notifications():
                    failures = 0
                    self._recent.append(told)
                    for listener in tuple(self._listeners.get(told.topic, ())):
                        listener.hear(told)
            except (psycopg.Error, OSError) as lost:
                log.warning("live updates lost PostgreSQL: %s", lost)
            self.listening.clear()
            self._cut_all()
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _notifications(self) -> AsyncIterator[Told]:
        # Keepalives: a connection that was cut without a word is noticed within about 20 s.
        connection = await psycopg.AsyncConnection.connect(
            self._conninfo(),
            autocommit=True,
            connect_timeout=10,
            keepalives_idle=10,
            keepalives_interval=3,
            keepalives_count=3,
        )
        async with connection:
            connection.add_notice_handler(lambda notice: log.warning("PostgreSQL says: %s", notice.message_primary))
            await connection.execute(f"LISTEN {LIVE_CHANNEL}")
            self.listening.set()
            async for notify in connection.notifies():
                for line in notify.payload.splitlines():
                    topic, _, event_id = line.rpartition(":")
                    if topic and event_id.isdigit():
                        yield Told(topic, int(event_id), time.time())

    def _cut_all(self) -> None:
        for listener in {listener for group in self._listeners.values() for listener in group}:
            listener.end()
