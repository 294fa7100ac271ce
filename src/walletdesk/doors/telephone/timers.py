"""The timers of one call: by name, the latest turn only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from walletdesk.service.hotline.public import room_words


class CallTimers:
    """``fired`` is given ``TimerFired(name, turn)`` when a timer has run out that was neither cancelled nor started anew."""

    def __init__(self, fired: Callable[[room_words.TimerFired], None]) -> None:
        self._fired = fired
        self._running: dict[str, tuple[int, asyncio.TimerHandle]] = {}

    def start(self, name: str, turn: int, seconds: float) -> None:
        """Start, or start anew; an older turn that comes late changes nothing."""
        standing = self._running.get(name)
        if standing and standing[0] >= turn:
            return
        self.cancel(name)
        loop = asyncio.get_running_loop()
        self._running[name] = (turn, loop.call_later(max(0.0, seconds), self._ring, name, turn))

    def cancel(self, name: str) -> None:
        standing = self._running.pop(name, None)
        if standing:
            standing[1].cancel()

    def cancel_all(self) -> None:
        for name in tuple(self._running):
            self.cancel(name)

    def _ring(self, name: str, turn: int) -> None:
        self._running.pop(name, None)
        self._fired(room_words.TimerFired(name, turn))
