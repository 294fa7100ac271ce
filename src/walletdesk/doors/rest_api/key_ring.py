"""Whose key a request brings.

A key is read once and remembered: it never changes but to be revoked (the database sees to that). So the ring asks one
question for all remembered keys together, a few times a second: which of you were revoked? An answer older than
``TRUSTED_SECONDS`` is not trusted; whoever comes then waits for a fresh one. A revoked key is dead within a second (O11),
and a thousand callers cost one small statement, not a thousand.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.trust.api_keys.public import KeyFacts, read_keys, revoked_among

FRESH_SECONDS, TRUSTED_SECONDS = 0.3, 0.8
FORGOTTEN_SECONDS = 60.0


class Pool(Protocol):
    async def do(self, act: Callable[[], Any]) -> Any: ...


class KeyRing:
    """``await ring.facts(key_id)``: the key as it is now (at most 0.8 s old), or None."""

    def __init__(self, pool: Pool, clock: Callable[[], float] = time.monotonic) -> None:
        self._pool, self._clock = pool, clock
        self._known: dict[UUID, KeyFacts] = {}
        self._used: dict[UUID, float] = {}
        self._asked: set[UUID] = set()
        self._begun = self._ended = 0  # readings: how many have begun, and the last one that brought an answer
        self._checked_at = float("-inf")
        self._refreshing: asyncio.Task[None] | None = None

    def at_once(self, key_id: UUID) -> KeyFacts | None:
        """The key, if what is known of it may be trusted; nobody waits."""
        moment = self._clock()
        age = moment - self._checked_at
        if age > TRUSTED_SECONDS:
            return None
        if age > FRESH_SECONDS:
            self._refresh()
        self._used[key_id] = moment
        return self._known.get(key_id)

    async def facts(self, key_id: UUID) -> KeyFacts | None:
        """The key, read if it must be. Raises what the database raises when it cannot be asked."""
        facts = self.at_once(key_id)
        if facts is not None:
            return facts
        self._asked.add(key_id)
        before_us = self._begun
        while self._ended <= before_us:  # until a reading that began after we asked has brought an answer
            await asyncio.shield(self._refresh())
        return self._known.get(key_id)

    def _refresh(self) -> asyncio.Task[None]:
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.get_running_loop().create_task(self._read())
            self._refreshing.add_done_callback(_is_told)
        return self._refreshing

    async def _read(self) -> None:
        self._begun += 1
        number, began = self._begun, self._clock()
        new, self._asked = self._asked, set()
        self._forget(began)
        known = set(self._known)
        try:
            read, revoked = await self._pool.do(lambda: (read_keys(new) if new else {}, revoked_among(known)))
        except BaseException:
            self._asked |= new  # nobody was told of them: the next reading asks for them again
            raise
        self._known |= read
        for key_id in revoked:
            if (facts := self._known.get(key_id)) and facts.revoked_at is None:
                self._known[key_id] = replace(facts, revoked_at=now())
        self._checked_at, self._ended = began, number

    def _forget(self, moment: float) -> None:
        """Keys that nobody used lately are forgotten, the expired with them; a forgotten one is read again."""
        for key_id in [one for one, used in self._used.items() if moment - used > FORGOTTEN_SECONDS]:
            self._known.pop(key_id, None)
            del self._used[key_id]


def _is_told(task: asyncio.Task[None]) -> None:
    """What went wrong is told to those who wait; nobody else minds."""
    if not task.cancelled():
        task.exception()
