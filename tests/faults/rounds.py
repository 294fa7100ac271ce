"""How often a fault is tried: a few times on every change; in ``bin/soak`` at least twenty times, until time is over.

``bin/soak --minutes N`` sets ``WALLETDESK_SOAK=N``; the minutes are shared by the fault files. ``--limit N`` sets
``WALLETDESK_LIMIT=N``: what is counted (keys, events, races, operations) stays below it. The seed of every round is printed;
``WALLETDESK_SEED`` repeats one.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

AT_LEAST_IN_SOAK = 20
SOAK_MINUTES = float(os.environ.get("WALLETDESK_SOAK", "0"))
LIMIT = int(os.environ.get("WALLETDESK_LIMIT") or sys.maxsize)


def size(small: int, long: int) -> int:
    """How many: ``small`` on every change, ``long`` in a soak, never more than the limit."""
    return min(LIMIT, long if SOAK_MINUTES else small)


class Progress:
    """Says how far something long has come, twenty times: ``R03 by API: 12500 of 250000, 431/s, 551 s to go``."""

    def __init__(self, name: str, of: int) -> None:
        self._name, self._of, self._done, self._began = name, of, 0, time.monotonic()
        self._lock = threading.Lock()

    def done(self, more: int = 1) -> None:
        with self._lock:
            before, self._done = self._done, self._done + more
            if before * 20 // self._of == self._done * 20 // self._of:
                return
            rate = self._done / max(time.monotonic() - self._began, 1e-9)
            left = (self._of - self._done) / rate
        print(f"{self._name}: {self._done} of {self._of}, {rate:.0f}/s, {left:.0f} s to go", flush=True)


def rounds(name: str, small: int) -> Iterator[random.Random]:
    """A seeded ``Random`` for each round of the fault ``name``; ``small`` rounds outside of a soak."""
    given = os.environ.get("WALLETDESK_SEED")
    if given:
        print(f"{name}: seed {given}, once")
        yield random.Random(int(given))
        return
    fault_files = len(list(Path(__file__).parent.glob("test_r*.py")))
    ends = time.monotonic() + SOAK_MINUTES * 60 / max(fault_files, 1)
    done = 0
    while done < (AT_LEAST_IN_SOAK if SOAK_MINUTES else small) or (SOAK_MINUTES and time.monotonic() < ends):
        seed = random.SystemRandom().randrange(1_000_000_000)
        print(f"{name}: round {done + 1}, seed {seed}", flush=True)
        yield random.Random(seed)
        done += 1
