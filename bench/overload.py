"""Ten times what it carries: refused early and said so, accepted soon, afterwards as before.

Twice. As it is: the generator and nine refusals for each payment then share the cores with what is measured, so it may be less than
ten times that can be asked, and said is how much. Then with lanes that take four at a time and so carry little: that much times ten
is asked by a generator, and refused by a server, that both have time for it. What is carried is measured for each in the same way.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from bench.claims import claim, say
from bench.http_server import Spent, api, children, free_port, serving, small_lane

TIMES, CALM_SHARE = 10, 0.6
MOST_CONNECTIONS = 1_900
"""The server takes 2,048."""
BEFORE_SECONDS, AFTER_SECONDS = 10, 30


class Town(Protocol):
    def requests(self, count: int) -> list[bytes]: ...


Load = Callable[..., dict[str, Any]]


class Overload:
    """``load`` runs the generator."""

    def __init__(self, town: Town, load: Load, options: argparse.Namespace) -> None:
        self.town, self.load, self.options = town, load, options

    def as_it_is(self, carries: float) -> None:
        port = free_port()
        with serving(*api(port, self.options.processes), port=port) as server:
            self._warm(port)
            self._show("overload", port, server.pid, carries)

    def with_a_small_lane(self) -> None:
        port = free_port()
        with serving(*small_lane(port), port=port) as server:
            self._warm(port)
            seconds, connections = self.options.seconds, self.options.connections
            seen = self.load(port, self.town.requests(int(seconds * self.options.most)), connections, seconds)
            carries = seen["accepted"] / seen["seconds"]
            say(f"with lanes of four at a time: {carries:,.0f} payments/s, p50 {seen['p50']} ms, p99 {seen['p99']} ms")
            self._show("overload.small_lane", port, server.pid, carries)

    def _warm(self, port: int) -> None:
        self.load(port, self.town.requests(3_000), self.options.connections, 2)

    def _show(self, name: str, port: int, pid: int, carries: float) -> None:
        calm, wild, seconds = carries * CALM_SHARE, carries * TIMES, self.options.overload
        connections = self.options.connections
        normal = self.load(port, self.town.requests(int(calm * BEFORE_SECONDS)), connections, BEFORE_SECONDS, calm)
        before = memory(pid)
        requests = self.town.requests(int(wild * seconds))
        spent = Spent(pid)
        seen = self.load(port, requests, connections, seconds, wild, most=MOST_CONNECTIONS)
        others = spent.of_others(seen["cpu"]) / seconds
        after = self.load(port, self.town.requests(int(calm * AFTER_SECONDS)), connections, AFTER_SECONDS, calm)
        asked, accepted = seen["sent"] / seen["seconds"], seen["accepted"] / seen["seconds"]
        say(
            f"{name}: {asked:,.0f} asked a second of {wild:,.0f} wished: {asked / carries:.1f} times the {carries:,.0f} it carries"
        )
        say(
            f"  the generator: {seen['unsent']:,} due and not sent ({seen['unsent_no_line']:,} as"
            f" every connection waited), {seen['late_sends']:,} sent more than 20 ms late,"
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
        say(f"  other programs took {others:.1f} of {os.cpu_count()} cores meanwhile")
        say(f"  memory of the server: {before / 2**20:,.0f} MiB before, {memory(pid) / 2**20:,.0f} at most")
        n, seed = round(asked / carries), self.options.seed
        claim(f"payments.{name}.p99", seen["p99"], "ms", baseline=2_000.0, n=n, seed=seed)
        claim(f"payments.{name}.accepted", accepted, "payments/s", baseline=carries, n=n, seed=seed)
        claim(f"payments.{name}.p99_after", after["p99"], "ms", baseline=normal["p99"] or 1.0, n=n, seed=seed)


def memory(pid: int) -> int:
    """The most bytes that the server's processes have held."""
    found = 0
    for one in (pid, *children(pid)):
        lines = Path(f"/proc/{one}/status").read_text().splitlines()
        found += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    return found
