"""Fill an empty database with the demo city, once; the same seed makes the same city. Its money comes from a sandbox bank that
runs meanwhile.

--seed N   another city
--who      only print who can sign in
--here     build in the database of DATABASE_URL as it stands, with the bank of WALLETDESK_BANK_URL; nothing is started
"""

from __future__ import annotations

import argparse
import sys

from walletdesk.project.city import people
from walletdesk.project.commands import city
from walletdesk.project.commands.installation import database_for_a_while, migrate, say
from walletdesk.project.commands.outside import outside
from walletdesk.project.processes.child import stop_all


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--who", action="store_true")
    parser.add_argument("--here", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    if arguments.who:
        return _who()
    if arguments.here:
        return _build(arguments.seed)
    with database_for_a_while() as (where, folder):
        migrate(where, folder)
        around = outside(where, folder)
        try:
            for child in around:
                child.start()
            say(city.fill(where, folder, arguments.seed, around[0].environment))
        finally:
            stop_all(around)
    return 0


def _build(seed: int) -> int:
    import django

    django.setup()
    from walletdesk.project.city.build import build

    build(seed, Progress().report)
    if sys.stdout.isatty():
        print()
    return 0


def _who() -> int:
    print(people.sign_in_list())
    return 0


class Progress:
    """A bar on a terminal; elsewhere a line for each tenth."""

    def __init__(self) -> None:
        self.tenth = -1

    def report(self, done: float, words: str = "") -> None:
        """``done`` from 0.0 to 1.0."""
        if sys.stdout.isatty():
            print(f"\r  city [{'█' * int(done * 30):<30}] {done:4.0%} {words:<40.40}", end="", flush=True)
        elif int(done * 10) != self.tenth:
            self.tenth = int(done * 10)
            print(f"    city {done:4.0%} {words}", flush=True)
