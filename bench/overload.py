"""Ten times what it carries: refused early and said so, accepted soon, afterwards as before.

Twice: with everything on all cores, as every other figure here, where the generator takes its share of what is measured; then
the server and PostgreSQL on the first core alone and the generator on the last, where ten times the load can be asked whatever
it costs. What it carries is measured in each arrangement in the same way.
"""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from bench.claims import claim, say
from bench.http_server import children, postmaster

TIMES, CALM_SHARE = 10, 0.6
MOST_CONNECTIONS = 6_000
BEFORE_SECONDS, AFTER_SECONDS = 10, 30
ALL_CORES = sorted(os.sched_getaffinity(0))


class Town(Protocol):
    def requests(self, count: int) -> list[bytes]: ...


class Servers(Protocol):
    def __call__(self) -> contextlib.AbstractContextManager[tuple[int, int]]: ...


Load = Callable[..., dict[str, Any]]


class Overload:
    """``load`` runs the generator, ``servers`` the API."""

    def __init__(self, town: Town, servers: Servers, load: Load, options: argparse.Namespace) -> None:
        self.town, self.servers, self.load, self.options = town, servers, load, options

    def on_all_cores(self, carries: float) -> None:
        with self.servers() as (port, pid):
            self._warm(port)
            self._show("overload", port, pid, carries, None)

    def on_one_core(self) -> None:
        """The generator on the last core, everything else on the first."""
        first, last = ALL_CORES[:1], ALL_CORES[-1:]
        with self.servers() as (port, pid), confined([pid, postmaster()], first):
            self._warm(port)
            seconds, connections = self.options.seconds, self.options.connections
            requests = self.town.requests(int(seconds * self.options.most))
            seen = self.load(port, requests, connections, seconds, on=last)
            carries = seen["accepted"] / seen["seconds"]
            say(f"on one core, the generator on another: {carries:,.0f} payments/s, p99 {seen['p99']} ms")
            self._show("overload.one_core", port, pid, carries, last)

    def _warm(self, port: int) -> None:
        self.load(port, self.town.requests(3_000), self.options.connections, 2)

    def _show(self, name: str, port: int, pid: int, carries: float, on: Sequence[int] | None) -> None:
        calm, wild, seconds = carries * CALM_SHARE, carries * TIMES, self.options.overload
        connections = self.options.connections
        normal = self.load(
            port, self.town.requests(int(calm * BEFORE_SECONDS)), connections, BEFORE_SECONDS, calm, on=on
        )
        before = memory(pid)
        requests = self.town.requests(int(wild * seconds))
        seen = self.load(port, requests, connections, seconds, wild, most=MOST_CONNECTIONS, on=on)
        after = self.load(port, self.town.requests(int(calm * AFTER_SECONDS)), connections, AFTER_SECONDS, calm, on=on)
        asked, accepted = seen["sent"] / seen["seconds"], seen["accepted"] / seen["seconds"]
        say(
            f"{name}: {asked:,.0f} asked a second of {wild:,.0f} wished: {asked / carries:.1f} times the {carries:,.0f} it carries"
        )
        say(
            f"  the generator: {seen['unsent']:,} due and not sent, {seen['late_sends']:,} sent more than 20 ms late,"
            f" at most {seen['at_once']:,} outstanding, {seen['cpu'] / max(1, seen['sent']) * 1e6:.0f} µs of CPU for each"
        )
        say(
            f"  accepted: {accepted:,.0f}/s, p50 {seen['p50']} ms, p99 {seen['p99']} ms from when due,"
            f" {seen['p99_from_sent']} ms from when sent, longest {seen['longest']} ms; by second {seen['by_second']}"
        )
        say(
            f"  refused: p50 {seen['refused_p50']} ms, p99 {seen['refused_p99']} ms; {seen['statuses']},"
            f" {seen['without_retry_after']} without Retry-After, {seen['unanswered']} without an answer,"
            f" {seen['broken']} broken lines"
        )
        say(
            f"  at {calm:,.0f}/s: p50 {normal['p50']} ms, p99 {normal['p99']} ms before; p50 {after['p50']} ms,"
            f" p99 {after['p99']} ms after, {after['statuses']}; by second {after['by_second']}"
        )
        say(f"  memory of the server: {before / 2**20:,.0f} MiB before, {memory(pid) / 2**20:,.0f} at most")
        n, seed = round(asked / carries), self.options.seed
        claim(f"payments.{name}.p99", seen["p99"], "ms", baseline=2_000.0, n=n, seed=seed)
        claim(f"payments.{name}.accepted", accepted, "payments/s", baseline=carries, n=n, seed=seed)
        claim(f"payments.{name}.p99_after", after["p99"], "ms", baseline=normal["p99"] or 1.0, n=n, seed=seed)


@contextlib.contextmanager
def confined(roots: Sequence[int], cores: Sequence[int]) -> Iterator[None]:
    """These processes, their threads and their children on ``cores`` alone, also those to come."""
    _put(roots, cores)
    try:
        yield
    finally:
        _put(roots, ALL_CORES)


def _put(roots: Sequence[int], cores: Sequence[int]) -> None:
    for pid in [one for root in roots for one in (root, *children(root))]:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                os.sched_setaffinity(int(task.name), cores)


def memory(pid: int) -> int:
    """The most bytes that the server's processes have held."""
    found = 0
    for one in (pid, *children(pid)):
        lines = Path(f"/proc/{one}/status").read_text().splitlines()
        found += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    return found
