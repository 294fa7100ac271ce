"""Watches the children: a dead one is started again after a pause; one that keeps dying stops everything, with its words.

Interrupts (Ctrl-C, TERM, HUP) end :func:`watch`; stopping is the caller's ``finally``.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator

from walletdesk.project.processes.child import Child
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.trouble import Interrupted, Trouble

PAUSES = (0.5, 1, 2, 5, 10)
TOO_OFTEN, WITHIN = 5, 60.0


class KeepsDying(Trouble):
    """A child died too often within a minute."""


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Inside, INT, TERM and HUP raise Interrupted once; while stopping, further ones are ignored."""

    def interrupt(number: int, frame: object) -> None:
        for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(again, signal.SIG_IGN)
        raise Interrupted

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    yield


def watch(children: list[Child], database: Database, announce: Callable[[str], None]) -> None:
    """Look after ``children`` and a PostgreSQL of ours until interrupted. Raises KeepsDying, PostgresDied."""
    waiting: dict[str, float] = {}
    postgres_deaths: list[float] = []
    while True:
        now = time.monotonic()
        _look_after_postgres(database, postgres_deaths, announce)
        for child in children:
            if child.alive:
                continue
            if child.name not in waiting:
                waiting[child.name] = now + _pause(child.name, child.died_at, child.last_words())
                announce(f"{child.name} ended ({_how(child)}); it starts again.")
            elif now >= waiting[child.name]:
                del waiting[child.name]
                child.start()
        time.sleep(0.2)


def _look_after_postgres(database: Database, deaths: list[float], announce: Callable[[str], None]) -> None:
    running = database.running
    if running is None or running.process is None or running.process.poll() is None:
        return
    announce(f"PostgreSQL ended ({running.process.returncode}); it starts again and recovers.")
    time.sleep(_pause("PostgreSQL", deaths, f"See {running.cluster.folder / 'postgres.log'}"))
    running.process = running.cluster.start(at=running.address).process


def _pause(name: str, deaths: list[float], words: str) -> float:
    now = time.monotonic()
    deaths[:] = [*(at for at in deaths if now - at < WITHIN), now]
    if len(deaths) >= TOO_OFTEN:
        raise KeepsDying(f"{name} died {len(deaths)} times within a minute; everything is stopped.\n{words}")
    return PAUSES[len(deaths) - 1]


def _how(child: Child) -> str:
    code = child.process.returncode if child.process else None
    return f"signal {-code}" if code is not None and code < 0 else f"code {code}"
