"""Where the rooms' synchronous reads and verbs run: a few threads, each with a connection that it gives back."""

from __future__ import annotations

import asyncio
import contextvars
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

from walletdesk.doors.rest_api.refusals import NotNow

Result = TypeVar("Result")
THREADS = 8
WAITING_AT_MOST = 240
"""More than this many wait for a thread: the house is full and says so at once (R20)."""


class Threads:
    """``await threads.do(act)``: the result of ``act()``. Refuses when too many wait already (``NotNow``)."""

    def __init__(self, threads: int = THREADS, name: str = "api") -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._waiting = 0

    async def do(self, act: Callable[[], Result]) -> Result:
        if self._waiting >= WAITING_AT_MOST:
            raise NotNow(retry_after=1)
        self._waiting += 1
        try:
            context = contextvars.copy_context()
            return await asyncio.get_running_loop().run_in_executor(self._pool, context.run, _with_connection, act)
        finally:
            self._waiting -= 1

    def stop(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _with_connection(act: Callable[[], Result]) -> Result:
    try:
        return act()
    finally:
        connection.close()  # back into the pool


def as_if_no_loop(act: Callable[..., Result]) -> Callable[..., Result]:
    """``act``, run as if no event loop were running in this thread: Django gives it the thread's own connection."""

    @functools.wraps(act)
    def run(*arguments: object) -> Result:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return act(*arguments)
        finally:
            asyncio._set_running_loop(loop)

    return run


class AtOnce:
    """The same in the caller's own thread: for tests, and for tools that ask in one transaction."""

    async def do(self, act: Callable[[], Result]) -> Result:
        return as_if_no_loop(act)()

    def stop(self) -> None:
        """Nothing to stop."""
