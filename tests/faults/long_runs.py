"""Faults in the sizes in which they are shown: bin/soak NAME [--size N] [--seed S] [--processes P]

    two-persons    random sequences at the desk against the two-person law: 0 by-passes
    freeze-race    a freeze against fifty payments under way (R21): nothing goes out after it, and how soon the last is refused

The seed is printed and repeats the run: a world of two-persons goes the same way on any number of processes. Progress is
printed with the time that is left. Exit code 1 when the law was broken.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from queue import Queue
from threading import Lock
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import connections

from tests.as_tested import settings_for_tests
from tests.databases import app_url, cloned, django_on, migrated_template

if TYPE_CHECKING:
    from tests.faults.freeze_races import Races
    from tests.faults.two_person_model import Seen

SIZE = 10_000
PROGRESS_EVERY = 20.0


class Progress:
    """Says how far it is, not more often than every twenty seconds; from any thread."""

    def __init__(self, name: str, size: int, what: str) -> None:
        self.name, self.size, self.what = name, size, what
        self._began = time.monotonic()
        self._said, self._lock = self._began, Lock()

    def to(self, done: int, found: str) -> None:
        with self._lock:
            at = time.monotonic()
            if at - self._said < PROGRESS_EVERY and done < self.size:
                return
            self._said = at
            spent = at - self._began
            left = spent / done * (self.size - done)
            print(
                f"{self.name}: {done:,} of {self.size:,} {self.what}, {found}; {spent:,.0f} s, about {left:,.0f} s left",
                flush=True,
            )


@contextmanager
def _databases(name: str, count: int) -> Iterator[list[str]]:
    """So many of our own, dropped afterwards."""
    with ExitStack() as stack:
        yield [stack.enter_context(cloned(f"walletdesk_{name}_{os.getpid()}_{number}")) for number in range(count)]


def _made_ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "walletdesk.project.settings")
    django.setup()
    settings_for_tests()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    logging.disable(logging.CRITICAL)


def two_persons(size: int, seed: int, processes: int) -> bool:
    """Worlds of fifty sequences, each process in a database of its own."""
    from tests.faults.two_person_desk import SEQUENCES
    from tests.faults.two_person_model import Seen

    seen, progress = Seen(), Progress("two persons", size, "sequences")
    worlds = [(seed, number, min(SEQUENCES, size - number * SEQUENCES)) for number in range(-(-size // SEQUENCES))]
    spawned = multiprocessing.get_context("spawn")
    with _databases("two_persons", processes) as names, spawned.Manager() as manager:
        waiting = manager.Queue()
        for name in names:
            waiting.put(name)
        with ProcessPoolExecutor(processes, spawned, _take_database, (waiting,)) as pool:
            for done in as_completed([pool.submit(_live, *world) for world in worlds]):
                seen.add(done.result())
                progress.to(seen.sequences, f"{len(seen.bypasses)} by-passes")
    print("two persons: " + ", ".join(f"{name} {count:,}" for name, count in sorted(seen.tried.items())))
    print(f"two persons: {seen.sequences:,} sequences, {len(seen.bypasses)} by-passes, seed {seed}")
    print("".join(f"{line}\n" for line in seen.bypasses[:50]), end="")
    return not seen.bypasses


def _take_database(waiting: Queue[str]) -> None:
    os.environ["DATABASE_URL"] = app_url(waiting.get())
    _made_ready()


def _live(seed: int, number: int, sequences: int) -> Seen:
    from tests.faults.two_person_desk import live_in_a_world

    return live_in_a_world(seed, number, sequences)


def freeze_race(size: int, seed: int, processes: int) -> bool:
    """Owners side by side, as many as processes; the payments of each come from two processes more."""
    from tests.faults.freeze_races import Races
    from walletdesk.money.ledger.public import check_books

    with _databases("freeze_race", 1) as (name,), django_on(name):
        seen, progress = Races(), Progress("freeze race", size, "races")
        shares = [size // processes + (number < size % processes) for number in range(processes)]
        with ThreadPoolExecutor(processes) as pool:
            dice = [random.Random(f"{seed}:{number}") for number in range(processes)]
            for done in [pool.submit(_race, name, *one, seen, progress) for one in zip(dice, shares, strict=True)]:
                done.result()
        found = check_books().findings
        print(f"freeze race: {seen.in_words()}; seed {seed}; books: {len(found)} findings")
        return not found


def _race(database: str, dice: random.Random, share: int, seen: Races, progress: Progress) -> None:
    from tests.faults.freeze_races import Owner, racers_on

    try:
        with racers_on(database, 2) as racers:
            owner = Owner(dice, racers, seen)
            for _ in range(share):
                owner.race()
                progress.to(len(seen.late), f"longest {max(seen.late):.3f} s")
    finally:
        connections.close_all()


RUNS: dict[str, Callable[[int, int, int], bool]] = {"two-persons": two_persons, "freeze-race": freeze_race}


def main() -> int:
    words = argparse.ArgumentParser(
        prog="bin/soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("name", choices=sorted(RUNS))
    words.add_argument("--size", type=int, default=SIZE, help="sequences or races (10,000)")
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000_000))
    words.add_argument("--processes", type=int, default=2, help="side by side (2)")
    asked = words.parse_args()
    print(f"{asked.name}: {asked.size:,}, seed {asked.seed}, {asked.processes} side by side", flush=True)
    migrated_template()
    _made_ready()
    return 0 if RUNS[asked.name](asked.size, asked.seed, asked.processes) else 1


if __name__ == "__main__":
    sys.exit(main())
