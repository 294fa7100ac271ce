"""Small reads of many requests, together: what is asked while a read is under way goes out with the next one.

For facts that never change once they are there: whose agreement it is. What is not there is asked again each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

Key = TypeVar("Key", bound=Hashable)
Fact = TypeVar("Fact")
REMEMBERED = 200_000


class Pool(Protocol):
    async def do(self, act: Callable[[], Any]) -> Any: ...


class Gathering(Generic[Key, Fact]):
    """``await gathering.ask(key)``: the fact, or None. ``read`` takes many keys and answers those that are there."""

    def __init__(self, pool: Pool, read: Callable[[Collection[Key]], Mapping[Key, Fact]]) -> None:
        self._pool, self._read = pool, read
        self._known: dict[Key, Fact] = {}
        self._asked: dict[Key, asyncio.Future[Fact | None]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def ask(self, key: Key) -> Fact | None:
        known = self._known.get(key)
        if known is not None:
            return known
        answer = self._asked.get(key)
        if answer is None:
            answer = self._asked[key] = asyncio.get_running_loop().create_future()
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().create_task(self._read_all())
        return await asyncio.shield(answer)

    async def _read_all(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, {}
            keys = list(asked)
            try:
                found = await self._pool.do(partial(self._read, keys))
            except Exception as trouble:
                for answer in asked.values():
                    answer.set_exception(trouble)
                continue
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known |= found
            for key, answer in asked.items():
                answer.set_result(found.get(key))
