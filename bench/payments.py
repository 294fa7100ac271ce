"""Durable payments over HTTP through ``/v1/payments``: how many a second, how late, and where each microsecond goes.

    python -m bench.payments [--rounds 3] [--seconds 10] [--connections 64] [--people 100000] [--shops 1000] [--seed 7]
                             [--rate 3000] [--processes 1] [--overload 30] [--grow 10000000]

A load generator of its own process keeps 64 connections busy with requests that were made beforehand: each has its own key,
order, payer and idempotency key; the server checks the API key, claims the key, judges agreement, limits and risk, posts,
writes payment and fact, and answers once that is durable. A round measures, one after the other: the bare application
answering as many bytes without work; payments at as many shops as there are; payments at one hot shop; the ledger alone
posting the same two lines in batches as large as the lane's were. Then payments that are due at ``--rate`` a second: their
times count from when each was due. The figure is the middle round. ``--overload SECONDS``: ten times what it carried, whoever
waits for an answer, then what is normal again (``bench/overload.py``). ``--grow PAYMENTS``: the same after the database holds
that many, or what ``--grow-minutes`` sufficed for.

The worker does not run: what listeners do with the facts is not in it. The generator shares the machine's cores.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.claims import claim, say
from bench.growing import bytes_per_payment, grow_to
from bench.http_load import write_requests
from bench.http_server import Spent, api, bare, free_port, serving
from bench.http_town import PRICE, HttpTown
from bench.ledger import product_on
from bench.overload import Overload
from bench.throwaway import database

MOST_A_SECOND = 12_000
"""Requests made beforehand for a second without a rate."""


def load(
    port: int,
    requests: list[bytes],
    connections: int,
    seconds: float,
    rate: float = 0,
    most: int = 0,
) -> dict[str, Any]:
    """One run of the generator; with the CPU seconds that it spent."""
    with tempfile.NamedTemporaryFile() as file:
        write_requests(Path(file.name), requests)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        words = [str(port), file.name, str(connections), str(seconds), str(rate), str(most)]
        done = subprocess.run([sys.executable, "-m", "bench.http_load", *words], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"the load generator failed: {done.stderr[-2000:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(done.stdout), "cpu": spent}


class Run:
    """The town, its servers, and what was measured."""

    def __init__(self, town: HttpTown, options: argparse.Namespace) -> None:
        self.town, self.options = town, options

    @contextlib.contextmanager
    def servers(self) -> Iterator[tuple[int, int]]:
        """Port and process of the API."""
        port = free_port()
        with serving(*api(port, self.options.processes), port=port) as server:
            yield port, server.pid

    def bare(self) -> float:
        port = free_port()
        requests = self.town.requests(1) * int(self.options.seconds * MOST_A_SECOND * 2)
        with serving(*bare(port), port=port):
            load(port, requests[:20_000], self.options.connections, 1)
            seen = load(port, requests, self.options.connections, self.options.seconds)
        return seen["accepted"] / seen["seconds"]

    def payments(self, *, hot: bool = False, rate: float = 0) -> dict[str, Any]:
        seconds = self.options.seconds
        count = int(seconds * (rate or self.options.most))
        with self.servers() as (port, pid):
            load(port, self.town.requests(3_000, hot=hot), self.options.connections, 2)  # plans, caches, threads
            requests = self.town.requests(count, hot=hot)
            batches, spent = batches_so_far(), Spent(pid)
            seen = load(port, requests, self.options.connections, seconds, rate)
            seen["spent"] = spent.since(seen["accepted"], seen["cpu"])
            seen["batch"] = seen["accepted"] / max(1, batches_so_far() - batches)
        seen["a_second"] = seen["accepted"] / seen["seconds"]
        strange = {status for status in seen["statuses"] if status != "201"}
        if strange:
            say(f"  answers other than 201: {seen['statuses']}")
        return seen

    def ledger_alone(self, size: int) -> float:
        """Entries a second in batches of this size: the same two lines of the same people."""
        import time

        from walletdesk.foundation.clock.public import uuid7
        from walletdesk.money.ledger.public import Entry, Line, post_many, system_account
        from walletdesk.money.merchants.public import merchants
        from walletdesk.money.wallets.public import wallet_places

        payers = self.town.dice.sample(self.town.payers, 5_000)
        places = wallet_places([payer.id for payer in payers])
        wallets = [places[payer.id, "CNY"].ledger_account for payer in payers]
        shops = [shop.ledger_account for shop in merchants(shop.id for shop in self.town.shops).values()]
        fees, done, began = system_account("fee_income", "CNY"), 0, time.perf_counter()
        while time.perf_counter() - began < self.options.seconds / 2:
            pairs = zip(self.town.dice.sample(wallets, size), self.town.dice.choices(shops, k=size), strict=True)
            entries = []
            for wallet, shop in pairs:
                entry_id = uuid7()
                lines = (Line(wallet, shop, PRICE), Line(shop, fees, 16))
                entries.append(Entry(entry_id, "bench", str(entry_id), lines))
            post_many(entries)
            done += size
        return done / (time.perf_counter() - began)


def batches_so_far() -> int:
    """Each batch of the lane has one moment, kept with its payments."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT captured_at) FROM payments_payment WHERE captured_at > now() - interval '1 hour'"
        )
        return int(cursor.fetchone()[0])


def measure(run: Run, options: argparse.Namespace, name: str = "payments.http") -> float:
    """The rounds, their claims; answers payments a second of the middle round."""
    rounds = []
    for number in range(1, options.rounds + 1):
        bare_speed, uniform, hot = run.bare(), run.payments(), run.payments(hot=True)
        ledger = run.ledger_alone(max(1, round(uniform["batch"])))
        rounds.append((uniform["a_second"], bare_speed, ledger, hot["a_second"], uniform))
        say(
            f"round {number}: {uniform['a_second']:,.0f} payments/s in batches of {uniform['batch']:.0f}, p50 {uniform['p50']} ms,"
            f" p99 {uniform['p99']} ms; hot shop {hot['a_second']:,.0f}/s; bare {bare_speed:,.0f}/s; ledger alone {ledger:,.0f}/s"
        )
    speed, bare_speed, ledger, hot_speed, uniform = sorted(rounds, key=lambda one: one[0])[len(rounds) // 2]
    size = max(1, round(uniform["batch"]))
    claim(name, speed, "payments/s", baseline=bare_speed, n=options.connections, seed=options.seed)
    claim(f"{name}.beside_ledger", speed, "payments/s", baseline=ledger, n=size, seed=options.seed)
    claim(f"{name}.hot", hot_speed, "payments/s", baseline=speed, n=options.connections, seed=options.seed)
    paced = run.payments(rate=options.rate)
    say(
        f"due at {options.rate}/s: {paced['a_second']:,.0f}/s, p50 {paced['p50']} ms, p99 {paced['p99']} ms,"
        f" longest {paced['longest']} ms"
    )
    claim(f"{name}.p99", paced["p99"], "ms", baseline=60.0, n=options.connections, seed=options.seed)
    say("CPU for each payment, in microseconds:")
    for place, spent in uniform["spent"].items():
        if spent >= 0.5:
            say(f"  {spent:7.1f}  {place}")
    return speed


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.payments", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--shops", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=3_000, help="payments due a second when lateness is measured")
    parser.add_argument("--processes", type=int, default=1, help="of the API, each with its lanes")
    parser.add_argument("--most", type=int, default=6_000, help="requests prepared for each second without a rate")
    parser.add_argument("--overload", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--grow", type=int, default=0, metavar="PAYMENTS")
    parser.add_argument("--grow-minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    options = read_options()
    say(
        f"seed {options.seed}, {os.cpu_count()} cores, {options.people:,} wallets, {options.shops:,} shops,"
        f" {options.connections} connections"
    )
    with database("payments") as own, product_on(own):
        town = HttpTown(options.people, options.shops, options.seed)
        say("the town stands")
        run = Run(town, options)
        speed = measure(run, options)
        if options.overload:
            flood = Overload(town, load, options)
            flood.as_it_is(speed)
            flood.with_a_small_lane()
        if options.grow:
            before = grow_to(own, town, options.grow, options.grow_minutes)
            held = bytes_per_payment(before)
            grown = measure(run, options, "payments.grown")
            claim("payments.grown.beside_first", grown, "payments/s", baseline=speed, n=held, seed=options.seed)


if __name__ == "__main__":
    main()
