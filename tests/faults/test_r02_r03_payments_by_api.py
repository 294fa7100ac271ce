"""R02 and R03 through ``/v1``: the server is killed at named places of the lane, with callers waiting. Every key is then sent
five times, in parallel, to two servers on one database, while ``kill -9`` ends every process of both and of PostgreSQL by
turns: one effect each, and the same bytes every time, before, between and after the kills.

200 keys in ``bin/test``, 50,000 in ``bin/soak``.
"""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest

from tests.faults.conftest import OwnCluster
from tests.faults.killed_servers import answered, asked, server
from tests.faults.rounds import Progress, rounds, size

pytestmark = pytest.mark.serial
KEYS = size(200, 50_000)
PLACES = ("in_lane:2", "after_key_insert:2", "after_legs:2", "before_commit:2", "after_commit:2", "out_of_lane:2")
TIMES, AT_ONCE, RESENT_AT_ONCE = 5, 8, 32
KILLS = size(4, 40)
"""Two servers, PostgreSQL whole, one backend of it; by turns."""


class Executioner:
    """``kill -9`` of everything by turns, evenly over a list of answers: ``answered()`` for each."""

    def __init__(self, turns: list[Callable[[], None]], kills: int, answers: int) -> None:
        self._turns, self.killed = cycle(turns), 0
        self._due = threading.Semaphore(0)
        self._places = {answers * (number + 1) // (kills + 1) for number in range(kills)}
        self._kills, self._answers, self._pen = len(self._places), 0, threading.Lock()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def answered(self) -> None:
        with self._pen:
            self._answers += 1
            if self._answers in self._places:
                self._due.release()

    def _work(self) -> None:
        for turn in self._turns:
            self._due.acquire()
            if self.killed == self._kills:
                return
            turn()
            self.killed += 1

    def rest(self) -> None:
        self._due.release()
        self._thread.join()


def requests_of(cluster: OwnCluster, seed: int) -> list[bytes]:
    town = cluster.client("tests.faults.making_requests", str(seed), str(KEYS), str(max(4, KEYS // 250)))
    made, trouble = town.communicate(timeout=1_200)
    assert town.returncode == 0, trouble[-3_000:]
    return [b64decode(line) for line in made.split()]


def test_r02_r03_each_key_pays_once_across_kill_9_of_every_process(own_cluster: OwnCluster, tmp_path: Path) -> None:
    dice = next(rounds("R02 and R03 by API", small=1))
    before = payments(own_cluster)
    requests = requests_of(own_cluster, dice.randrange(10**9))
    heard = sent_to_servers_that_die(own_cluster, tmp_path, requests)
    by_key = sent_five_times(own_cluster, tmp_path, requests)

    assert {status for answers in by_key.values() for status, _ in answers} == {201}
    assert all(len(answers) == TIMES for answers in by_key.values())
    bodies = {request: {body for _, body in answers} for request, answers in by_key.items()}
    assert all(len(different) == 1 for different in bodies.values()), "the same key was answered differently"
    assert all(bodies[request] == {body} for request, body in heard.items()), "acknowledged, and answered otherwise"
    ids = {json.loads(body)["id"] for different in bodies.values() for body in different}
    assert len(ids) == len(requests)
    assert ids == payments(own_cluster) - before, "nothing exists that nobody asked for"
    assert own_cluster.run("verify-books").returncode == 0
    print(f"R02/R03 by API: {len(requests)} keys, {len(heard)} acknowledged before a kill, each paid once")


def payments(cluster: OwnCluster) -> set[str]:
    return {one for (one,) in cluster.ask("SELECT id::text FROM payments_payment")}


def sent_to_servers_that_die(cluster: OwnCluster, folder: Path, requests: list[bytes]) -> dict[bytes, bytes]:
    """A share of them to a server that dies at each place; what was acknowledged before it did."""
    heard: dict[bytes, bytes] = {}
    for number, place in enumerate(PLACES):
        fresh = requests[number :: len(PLACES)]
        with server(cluster.environment, folder, place) as dying, ThreadPoolExecutor(AT_ONCE) as callers:
            answers = list(callers.map(lambda request, port=dying.port: asked(port, request), fresh))
        acked = [(request, body) for request, (status, body) in zip(fresh, answers, strict=True) if status == 201]
        assert len(acked) < len(fresh), f"nobody was cut at {place}"
        heard |= dict(acked)
    return heard


def sent_five_times(cluster: OwnCluster, folder: Path, requests: list[bytes]) -> dict[bytes, list[tuple[int, bytes]]]:
    """Each five times at once, to two servers, while everything is killed by turns; all answers to each."""
    five_each = [request for request in requests for _ in range(TIMES)]  # beside each other: they meet
    progress = Progress("R03 by API", len(five_each))
    with (
        server(cluster.environment, folder) as one,
        server(cluster.environment, folder) as other,
        ThreadPoolExecutor(RESENT_AT_ONCE) as callers,
    ):
        turns = [one.kill, lambda: cluster.kill("postmaster"), other.kill, lambda: cluster.kill("backend")]
        executioner = Executioner(turns, KILLS, len(five_each))

        def ask(place: int) -> tuple[int, bytes]:
            ports = (one.port, other.port) if place % 2 else (other.port, one.port)
            answer = answered(cycle(ports), five_each[place])
            executioner.answered()
            progress.done()
            return answer

        try:
            answers = list(callers.map(ask, range(len(five_each))))
        finally:
            executioner.rest()
    assert executioner.killed == KILLS
    print(f"R03 by API: {KILLS} times kill -9 of everything by turns")
    by_key: dict[bytes, list[tuple[int, bytes]]] = {}
    for request, answer in zip(five_each, answers, strict=True):
        by_key.setdefault(request, []).append(answer)
    return by_key
