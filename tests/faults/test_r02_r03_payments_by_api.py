"""R02 and R03 through ``/v1``: the server is killed at named places of the lane, with callers waiting. Every key is then sent
five times, in parallel, to a server that was never killed: one effect each, and the same bytes every time.

200 keys in ``bin/test``, 50,000 in ``bin/soak``.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.http_server import Spent, free_port
from bench.http_town import HttpTown

from tests.databases import FreshDatabase
from tests.faults.rounds import Progress, size
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.models import Payment
from walletdesk.project.commands.installation import walletdesk

pytestmark = pytest.mark.serial
KEYS = size(200, 50_000)
PLACES = ("in_lane:2", "after_legs:2", "before_commit:2", "after_commit:2", "out_of_lane:2")
TIMES, AT_ONCE, RESENT_AT_ONCE = 5, 8, 32
PAYMENTS_EACH = 4
"""Of one person: twelve within ten minutes are asked for a proof, which is another test's subject."""


@contextmanager
def server(database: FreshDatabase, folder: Path, kill_at: str = "") -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    given = {**database.environment, "WALLETDESK_KILL_AT": kill_at, "WALLETDESK_API_RATE": "1000000/1",
             "WALLETDESK_DATA": str(folder), "WALLETDESK_DEMO": "1"}  # fmt: skip
    process = subprocess.Popen(
        walletdesk("web", "--part", "api", "--port", str(port)),
        env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, process
    finally:
        process.terminate()
        process.wait(20)


def asked(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body; (0, b"") when the line broke before there was an answer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(request.replace(b"Host: localhost", b"Host: localhost\r\nConnection: close"))
            heard = b""
            while part := line.recv(65_536):
                heard += part
    except OSError:
        return 0, b""
    head, _, body = heard.partition(b"\r\n\r\n")
    return (int(head[9:12]), body) if head else (0, b"")


def answered(port: int, request: bytes, progress: Progress | None = None) -> tuple[int, bytes]:
    """As a client of good manners: in flight, busy and unknown are asked again with the same key."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        status, body = asked(port, request)
        if status not in (0, 202, 409, 429, 503):
            if progress:
                progress.done()
            return status, body
        time.sleep(0.05)
    raise AssertionError(f"no answer: {status} {body[:200]!r}")


def books_are_true_but_for_the_gift() -> bool:
    """The town's money came from nowhere, so bills do not add up to balances (J12); everything else must."""
    return {found.invariant for found in check_books().findings} <= {"J12"}


def test_r02_r03_a_server_killed_with_callers_waiting_pays_each_key_once(
    fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    town = HttpTown(people=max(60, KEYS // PAYMENTS_EACH), shops=3, seed=3)
    share = max(1, KEYS // len(PLACES))
    requests: list[bytes] = []
    heard: dict[bytes, bytes] = {}
    for place in PLACES:
        fresh = town.requests(share)
        requests += fresh
        with server(fresh_database, tmp_path, kill_at=place) as (port, _), ThreadPoolExecutor(AT_ONCE) as callers:
            answers = list(callers.map(lambda request, port=port: asked(port, request), fresh))
        acknowledged = [
            (request, body) for request, (status, body) in zip(fresh, answers, strict=True) if status == 201
        ]
        assert len(acknowledged) < len(fresh), f"nobody was cut at {place}"
        heard |= dict(acknowledged)
    with server(fresh_database, tmp_path) as (port, process), ThreadPoolExecutor(RESENT_AT_ONCE) as callers:
        spent, own = Spent(process.pid), time.process_time()
        progress = Progress("R03 by API", len(requests) * TIMES)
        five_each = [request for request in requests for _ in range(TIMES)]  # beside each other: they meet
        every_time = list(callers.map(lambda request: answered(port, request, progress), five_each))
        cpu = spent.since(len(every_time), time.process_time() - own)
    by_key: dict[bytes, set[bytes]] = {}
    for request, (status, body) in zip(five_each, every_time, strict=True):
        assert status == 201, (status, body)
        by_key.setdefault(request, set()).add(body)
    assert all(len(bodies) == 1 for bodies in by_key.values()), "the same key was answered differently"
    assert all(by_key[request] == {body} for request, body in heard.items()), (
        "what was acknowledged was answered otherwise"
    )
    ids = {json.loads(body)["id"] for bodies in by_key.values() for body in bodies}
    assert len(ids) == len(requests) == Payment.objects.count()
    assert books_are_true_but_for_the_gift()
    print(f"R02/R03 by API: {len(requests)} keys, {len(heard)} acknowledged before a kill, each paid once")
    print(f"R03 by API: microseconds of CPU for each request, {cpu}, together {sum(cpu.values()):.0f}")
