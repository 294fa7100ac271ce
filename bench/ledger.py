"""How fast the books take entries, beside ``pgbench -N`` with 32 clients on the same server in the same run.

    python -m bench.ledger [--rounds 3] [--seconds 4] [--sizes 1,10,100,1000,8000] [--seed 7] [--grow 5000000]

One connection posts batches of N one-line entries between 100,000 wallets through ``ledger.public.post_many``, each
batch in a transaction of its own that is committed durably. ``uniform``: both sides drawn at random; ``hot``: all pay
one merchant. Making the entries, their ids and reading the answers is inside the measured time. All indexes of the
product are in place. A round measures pgbench, every N, and pgbench again; the figure is the middle one of the rounds.

``--grow`` measures N = 1000, posts until the journal has that many entries, and measures again: ratio = last / first.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from bench.claims import claim, say
from bench.throwaway import Pgbench, database, migrated, on_database

WALLETS = 100_000
OPENING = 10_000_000


class Books:
    """A journal with 100,000 funded wallets and a merchant, and a way to load it."""

    def __init__(self, seed: int) -> None:
        from walletdesk.money.ledger.public import AccountSpec, open_accounts, system_account

        self._random = random.Random(seed)
        self._references = count(1)
        self.entries = 0
        self.merchant = open_accounts([AccountSpec("merchant_settlement", "CNY", "bench merchant")])[0]
        self.wallets: list[int] = []
        for start in range(0, WALLETS, 5000):
            owners = range(start, start + 5000)
            self.wallets += open_accounts([AccountSpec("customer_wallet", "CNY", f"bench {n}") for n in owners])
        bank = system_account("bank_clearing", "CNY")
        for start in range(0, WALLETS, 5000):
            self.post([(bank, wallet) for wallet in self.wallets[start : start + 5000]], OPENING)

    def post(self, pairs: list[tuple[int, int]], amount: int = 1) -> None:
        from walletdesk.foundation.clock.public import uuid7
        from walletdesk.money.ledger.public import Entry, Line, Posted, post_many

        batch = [
            Entry(uuid7(), "bench", f"bench-{next(self._references)}", (Line(debit, credit, amount),))
            for debit, credit in pairs
        ]
        answers = post_many(batch)
        if not all(type(answer) is Posted for answer in answers):
            raise SystemExit(f"the books declined: {[answer for answer in answers if type(answer) is not Posted][:3]}")
        self.entries += len(batch)

    def uniform(self, size: int) -> None:
        pairs: list[tuple[int, int]] = []
        while missing := size - len(pairs):
            choices = self._random.choices(self.wallets, k=2 * missing)
            pairs += [(a, b) for a, b in zip(choices[::2], choices[1::2], strict=True) if a != b]
        self.post(pairs)

    def hot(self, size: int) -> None:
        self.post([(wallet, self.merchant) for wallet in self._random.choices(self.wallets, k=size)])


def per_second(books: Books, batch: Callable[[int], None], size: int, seconds: float) -> float:
    before, started = books.entries, time.perf_counter()
    while time.perf_counter() - started < seconds:
        batch(size)
    return (books.entries - before) / (time.perf_counter() - started)


def compare(books: Books, pgbench: Pgbench, options: argparse.Namespace) -> None:
    """Each round: pgbench, every size uniform and hot, pgbench."""
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for number in range(1, options.rounds + 1):
        first = pgbench.transactions_per_second(options.seconds)
        speeds = {
            (shape, size): per_second(books, getattr(books, shape), size, options.seconds)
            for size in options.sizes
            for shape in ("uniform", "hot")
        }
        baseline = (first + pgbench.transactions_per_second(options.seconds)) / 2
        shown = ", ".join(f"{shape} {size}: {speed:,.0f}" for (shape, size), speed in speeds.items())
        say(f"round {number}: pgbench -N {baseline:,.0f}/s; entries/s {shown}")
        for key, speed in speeds.items():
            seen.setdefault(key, []).append((speed, baseline))
    for (shape, size), pairs in seen.items():
        speed, baseline = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
        claim(f"ledger.{shape}.n{size}", speed, "entries/s", baseline=baseline, n=size, seed=options.seed)


def grow(books: Books, options: argparse.Namespace) -> None:
    """N = 1000 before and after the journal has grown; the middle one of the rounds on both sides."""

    def measured() -> float:
        rounds = [per_second(books, books.uniform, 1000, options.seconds) for _ in range(options.rounds)]
        return statistics.median(rounds)

    first, shown = measured(), time.perf_counter()
    say(f"first speed {first:,.0f} entries/s with {books.entries:,} entries")
    while books.entries < options.grow:
        books.uniform(8000)
        if time.perf_counter() - shown > 20:
            shown = time.perf_counter()
            say(f"  {books.entries:,} entries")
    last = measured()
    say(f"last speed {last:,.0f} entries/s with {books.entries:,} entries")
    claim("ledger.grown", last, "entries/s", baseline=first, n=books.entries, seed=options.seed)


@contextmanager
def product_on(name: str) -> Iterator[None]:
    """Django on this database, as the application's role."""
    migrated(name)
    os.environ["DATABASE_URL"] = on_database(os.environ["DATABASE_URL"], name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "walletdesk.project.settings")
    import django
    from django.db import connection

    django.setup()
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.ledger", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument(
        "--sizes", type=lambda text: [int(size) for size in text.split(",")], default="1,10,100,1000,8000"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--grow", type=int, default=0, metavar="ENTRIES")
    return parser.parse_args()


def main() -> None:
    options = read_options()
    say(f"seed {options.seed}, {os.cpu_count()} cores, {WALLETS:,} wallets, {options.rounds} rounds")
    with database("ledger") as own, database("pgbench") as beside, product_on(own):
        books = Books(options.seed)
        say(f"{books.entries:,} wallets funded")
        compare(books, Pgbench(beside), options)
        if options.grow:
            grow(books, options)


if __name__ == "__main__":
    main()
