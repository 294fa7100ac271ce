"""The server under measurement: a process of its own, and what each process of the machine spent meanwhile."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(
    *words: str, port: int, quiet: bool = False, environment: Mapping[str, str] = os.environ
) -> Iterator[subprocess.Popen[bytes]]:
    """``python *words``, from when it answers on ``port``; ended afterwards. ``quiet``: what it says is not heard."""
    said = subprocess.DEVNULL if quiet else None
    given = {**environment, "WALLETDESK_API_RATE": "10000000/10"}
    server = subprocess.Popen([sys.executable, *words], env=given, stdout=said, stderr=said)
    try:
        for _ in range(1_200):
            if server.poll() is not None:
                raise RuntimeError("the server ended before it answered")
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield server
    finally:
        server.terminate()
        server.wait(20)


def api(port: int, workers: int = 1) -> tuple[str, ...]:
    words = ("--part", "api", "--port", str(port), "--workers", str(workers))
    return ("-m", "walletdesk.project.command", "web", *words)


def small_lane(port: int) -> tuple[str, ...]:
    """The API with lanes that carry little."""
    from walletdesk.project.commands.web import server

    return tuple(server("asgi", "bench.small_lane:application", "127.0.0.1", port, 1)[1:])


def bare(port: int) -> tuple[str, ...]:
    words = ("--interface", "asgi", "--http", "1", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning")
    return ("-m", "granian", *words, "bench.bare_app:application")


class Spent:
    """CPU seconds of the server (its event loop and its other threads apart) and of PostgreSQL, by the kernel's account."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.before, self.machine_before = self._now(), _machine()

    def since(self, payments: int, load: float) -> dict[str, float]:
        """Microseconds of CPU for each payment; ``load``: seconds that the load generator spent."""
        after = self._now()
        spent = {name: after[name] - self.before.get(name, 0.0) for name in after} | {"load generator": load}
        return {name: round(seconds / max(1, payments) * 1e6, 1) for name, seconds in sorted(spent.items())}

    def of_others(self, load: float) -> float:
        """CPU seconds that everything else on this machine took meanwhile."""
        after = self._now()
        own = sum(after[name] - self.before.get(name, 0.0) for name in after) + load
        return max(0.0, _machine() - self.machine_before - own)

    def _now(self) -> dict[str, float]:
        seen: dict[str, float] = {}
        for pid in [self.server, *children(self.server)]:
            for task in Path(f"/proc/{pid}/task").iterdir():
                name = (task / "comm").read_text().strip()
                place = f"api: {name}" if name.startswith("lane") else "api: event loop and server"
                seen[place] = seen.get(place, 0.0) + _seconds(task / "stat")
        for pid, kind in _postgres():
            place = f"postgresql: {kind}"
            seen[place] = seen.get(place, 0.0) + _seconds(Path(f"/proc/{pid}/stat"))
        return seen


def _machine() -> float:
    """CPU seconds since it started, of all programs and the kernel; the time of other guests of its host not."""
    user, nice, system, _, _, interrupts, soft_interrupts, *_ = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + interrupts + soft_interrupts) / TICK


def _seconds(stat: Path) -> float:
    try:
        fields = stat.read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def children(parent: int) -> list[int]:
    """And theirs."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found += [int(folder.name), *children(int(folder.name))]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _postgres() -> list[tuple[int, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, backend_type FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND (datname = current_database() OR datname IS NULL)"
        )
        return list(cursor.fetchall())
