"""Whose key a request brings.

A key is read once and remembered: it never changes but to be revoked (the database sees to that). So the ring asks one
question for all remembered keys together, a few times a second: which of you were revoked? An answer older than
``TRUSTED_SECONDS`` is not trusted; whoever comes then waits for a fresh one. A revoked key is dead within a second (O11),
and a thousand callers cost one small statement, not a thousand.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.trust.api_keys.public import KeyFacts, read_keys, revoked_among

FRESH_SECONDS, TRUSTED_SECONDS = 0.3, 0.8
FORGOTTEN_SECONDS = 60.0
MOST_KEYS = 10_000
"""More are not remembered: whoever came longest ago is forgotten first, and read again when they come."""


class Pool(Protocol):
    async def do(self, act: Callable[[], Any]) -> Any: ...


class KeyRing:
    """``await ring.facts(key_id)``: the key as it is now (at most 0.8 s old), or None."""

    def __init__(self, pool: Pool, clock: Callable[[], float] = time.monotonic) -> None:
        self._pool, self._clock = pool, clock
        self._known: dict[UUID, KeyFacts] = {}
        self._used: dict[UUID, float] = {}
        """When each of the known ones was read or came last."""
        self._asked: set[UUID] = set()
        self._awaited: Counter[UUID] = Counter()
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
        facts = self._known.get(key_id)
        if facts is not None:
            self._used[key_id] = moment
        return facts

    async def facts(self, key_id: UUID) -> KeyFacts | None:
        """The key, read if it must be. Raises what the database raises when it cannot be asked."""
        facts = self.at_once(key_id)
        if facts is not None:
            return facts
        self._asked.add(key_id)
        self._awaited[key_id] += 1
        before_us = self._begun
        try:
            while self._ended <= before_us:  # until a reading that began after we asked has brought an answer
                await asyncio.shield(self._refresh())
            return self._known.get(key_id)
        finally:
            self._awaited[key_id] -= 1
            if not self._awaited[key_id]:
                del self._awaited[key_id]

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
        self._used |= dict.fromkeys(read, self._clock())
        for key_id in revoked:
            if (facts := self._known.get(key_id)) and facts.revoked_at is None:
                self._known[key_id] = replace(facts, revoked_at=now())
        self._checked_at, self._ended = began, number

    def _forget(self, moment: float) -> None:
        """Keys that nobody used lately are forgotten, the expired with them; a forgotten one is read again. Not the one that
        somebody waits for: it may have been read already and not yet been told.
        """
        by_age = sorted(self._used, key=self._used.__getitem__)
        too_many = len(by_age) - MOST_KEYS
        for place, key_id in enumerate(by_age):
            if place >= too_many and moment - self._used[key_id] <= FORGOTTEN_SECONDS:
                break
            if key_id not in self._awaited:
                del self._known[key_id], self._used[key_id]


def _is_told(task: asyncio.Task[None]) -> None:
    """What went wrong is told to those who wait; nobody else minds."""
    if not task.cancelled():
        task.exception()
