"""Words of pages on their way to whoever carries browser legs: each seat's in order, seats beside one another.

An answer to a browser's offer can take a second; nobody else's shall wait for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

log = logging.getLogger(__name__)
HearPage = Callable[[str, Mapping[str, Any]], Awaitable[None]]


class PageWords:
    """``hear`` is called once for each word, and not again for the same seat before it is done."""

    def __init__(self, hear: HearPage) -> None:
        self._hear = hear
        self._waiting: dict[str, list[Mapping[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def pass_on(self, seat: str, word: Mapping[str, Any]) -> None:
        """Put the word behind the seat's earlier ones."""
        if seat in self._waiting:
            self._waiting[seat].append(word)
            return
        self._waiting[seat] = [word]
        task = asyncio.create_task(self._pass_all(seat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass_all(self, seat: str) -> None:
        waiting = self._waiting[seat]
        try:
            while waiting:
                try:
                    await self._hear(seat, waiting.pop(0))
                except Exception:
                    log.exception("a word of %s was not understood", seat.partition(":")[0])
        finally:
            del self._waiting[seat]
