"""PostgreSQL's notices on the channel ``hotline``, and the right to be the only switchboard over this database.

The right is an advisory lock of the listening connection: whoever has it recovers what a dead process left open, so two
must never have it. A second process waits beside the first and takes over when that one dies.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

log = logging.getLogger(__name__)
CHANNEL = "hotline"
LOCK = 0x686F74  # "hot"
PAUSES = (0.2, 0.5, 1, 2, 5)
STANDBY_SECONDS = 0.5
TAKE = "SELECT pg_try_advisory_lock(%s)"
FREE = """SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND pid = %s AND classid = 0 AND objid = %s"""


class Overtaken(Exception):
    """The connection was lost, and another process has the right now."""


class Wakings:
    """``woken`` is called for each notice, and once after each return of a lost connection."""

    def __init__(self, woken: Callable[[], None], conninfo: Callable[[], str] | None = None) -> None:
        self._woken = woken
        self._conninfo = conninfo or own_conninfo
        self._connection: psycopg.AsyncConnection | None = None
        self._backend = 0
        self.listening = asyncio.Event()
        self.overtaken = False

    async def become_the_only_one(self) -> None:
        """Returns when this process has the right; waits for as long as another one has it."""
        waited = False
        while True:
            try:
                self._connection = await self._connected()
                while not await self._locked(self._connection):
                    if not waited:
                        log.warning("another hotline serves this database; this one stands by")
                        waited = True
                    await asyncio.sleep(STANDBY_SECONDS)
                return
            except (psycopg.Error, OSError) as lost:
                log.warning("no PostgreSQL yet: %s", lost)
                await asyncio.sleep(PAUSES[-1])

    async def listen(self) -> None:
        """Until cancelled; through losses. Raises Overtaken."""
        losses = 0
        while True:
            try:
                async with self._kept() as standing:
                    self.listening.set()
                    self._woken()
                    losses = 0
                    async for _ in standing.notifies():
                        self._woken()
            except (psycopg.Error, OSError) as lost:
                log.warning("the switchboard lost PostgreSQL: %s", lost)
            self.listening.clear()
            await asyncio.sleep(PAUSES[min(losses, len(PAUSES) - 1)])
            losses += 1

    @contextlib.asynccontextmanager
    async def _kept(self) -> AsyncIterator[psycopg.AsyncConnection]:
        standing, self._connection = self._connection, None
        if standing is None:
            standing = await self._connected()
            if not await self._locked(standing):
                await standing.close()
                self.overtaken = True
                raise Overtaken
        async with standing:
            await standing.execute(f"LISTEN {CHANNEL}")
            yield standing

    async def _connected(self) -> psycopg.AsyncConnection:
        return await psycopg.AsyncConnection.connect(
            self._conninfo(),
            autocommit=True,
            connect_timeout=10,
            keepalives_idle=10,
            keepalives_interval=3,
            keepalives_count=3,
        )

    async def _locked(self, standing: psycopg.AsyncConnection) -> bool:
        """Take the right; from our own lost connection too, which PostgreSQL may not have missed yet."""
        row = await (await standing.execute(TAKE, [LOCK])).fetchone()
        if row and not row[0] and self._backend:
            await standing.execute(FREE, [self._backend, LOCK])
            await asyncio.sleep(PAUSES[0])
            row = await (await standing.execute(TAKE, [LOCK])).fetchone()
        if row and row[0]:
            self._backend = standing.info.backend_pid
        return bool(row and row[0])


def own_conninfo() -> str:
    """Where Django's own connection goes, as libpq reads it."""
    place = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {key: place[name] for key, name in named.items() if place[name]}
    return make_conninfo(**given, application_name="walletdesk hotline")
