"""The hotline's verbs as the door asks them: in threads, each connection given back at once, through short losses.

A verb is safe to repeat, so one whose answer was lost with its connection is asked again, for as long as a caller would
wait with music; then :class:`RoomAway`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

log = logging.getLogger(__name__)
THREADS = 8
PATIENCE_SECONDS = 20.0
PAUSES = (0.1, 0.3, 1.0, 2.0)
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class RoomAway(Exception):
    """The database did not answer for as long as we could wait."""


class Room:
    """Ask verbs without stopping the loop. Who must keep an order awaits one before asking the next."""

    def __init__(self, threads: int = THREADS, patience: float = PATIENCE_SECONDS) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="hotline-room")
        self._patience = patience

    async def ask(self, verb: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
        """The verb's answer, or what it refused. Raises RoomAway."""
        return await self._ask(self._patience, verb, *given, **named)

    async def ask_soon(self, verb: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
        """The same for what is asked again anyway, or whose caller cannot wait: one try."""
        return await self._ask(0.0, verb, *given, **named)

    async def _ask(
        self, patience: float, verb: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs
    ) -> Answer:
        loop = asyncio.get_running_loop()
        began, tries = time.monotonic(), 0
        while True:
            try:
                return await loop.run_in_executor(self._threads, lambda: _alone(verb, *given, **named))
            except (OperationalError, InterfaceError) as lost:
                if time.monotonic() - began >= patience:
                    raise RoomAway(str(lost)) from lost
                log.warning("%s is asked again: %s", getattr(verb, "__name__", verb), lost)
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _alone(verb: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
    try:
        return verb(*given, **named)
    finally:
        connections.close_all()
