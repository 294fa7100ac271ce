"""How often a fault is tried: a few times on every change; in ``bin/soak`` at least twenty times, until time is over.

``bin/soak --minutes N`` sets ``WALLETDESK_SOAK=N``; the minutes are shared by the fault files. The seed of every round is
printed; ``WALLETDESK_SEED`` repeats one.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

AT_LEAST_IN_SOAK = 20
SOAK_MINUTES = float(os.environ.get("WALLETDESK_SOAK", "0"))


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
