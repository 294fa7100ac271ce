"""A load generator that takes little: one process, raw sockets, one epoll, requests that were made beforehand.

    python -m bench.http_load PORT FILE CONNECTIONS SECONDS RATE

``FILE`` holds the requests, each with its length (four bytes) in front. ``RATE`` 0 sends the next request of a connection
when it has its answer; else request number n is due n / RATE seconds after the start, whether or not a connection is free,
and its time is counted from then. Prints one line of JSON: see :class:`Seen`.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import sys
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from pathlib import Path

LATE_ANSWERS_SECONDS = 10.0


@dataclass
class Seen:
    """``accepted``: answers 200 to 299. Times in milliseconds, from when a request was due to its answer."""

    sent: int = 0
    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    accepted: int = 0
    p50: float = 0.0
    p99: float = 0.0
    longest: float = 0.0
    refused_p99: float = 0.0
    without_retry_after: int = 0
    unanswered: int = 0
    by_second: list[int] = field(default_factory=list)


class Caller:
    """One connection; ``due`` of the request under way."""

    __slots__ = ("due", "heard", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.due, self.heard = 0.0, b""

    def ask(self, request: bytes, due: float) -> None:
        self.due = due
        self.socket.sendall(request)

    def hear(self) -> tuple[int, bytes] | None:
        """Status and head, once the whole answer is there."""
        more = self.socket.recv(65_536)
        if not more:
            raise SystemExit("the server hung up")
        self.heard += more
        end = self.heard.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.heard[:end].lower()
        place = head.find(b"content-length:") + 15
        length = int(head[place : head.find(b"\r\n", place) if b"\r\n" in head[place:] else None])
        if len(self.heard) < end + 4 + length:
            return None
        self.heard = self.heard[end + 4 + length :]
        return int(head[9:12]), head


class Load:
    def __init__(self, port: int, requests: list[bytes], connections: int) -> None:
        self.requests = requests
        self.poll = select.epoll()
        self.callers = {}
        for _ in range(connections):
            caller = Caller(port)
            self.callers[caller.socket.fileno()] = caller
            self.poll.register(caller.socket.fileno(), select.EPOLLIN)
        self.idle = deque(self.callers.values())
        self.times: list[float] = []
        self.refused_times: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.by_second: Counter[int] = Counter()
        self.without_retry_after = 0

    def run(self, seconds: float, rate: float) -> Seen:
        began = time.perf_counter()
        ends, place, clock = began + seconds, 0, time.perf_counter
        while (moment := clock()) < ends and place < len(self.requests):
            while self.idle and place < len(self.requests):
                due = began + place / rate if rate else moment
                if due > moment:
                    break
                self.idle.popleft().ask(self.requests[place], due)
                place += 1
            wait = 0.05 if not rate or not self.idle else max(0.0, began + place / rate - clock())
            self._hear(min(wait, ends - moment), began)
        took = clock() - began
        in_time = len(self.times)
        while len(self.idle) < len(self.callers) and clock() - began - took < LATE_ANSWERS_SECONDS:
            self._hear(0.1, began)
        return self._seen(place, took, in_time)

    def close(self) -> None:
        self.poll.close()
        for caller in self.callers.values():
            caller.socket.close()

    def _hear(self, wait: float, began: float) -> None:
        for number, _ in self.poll.poll(max(0.0, wait)):
            caller = self.callers[number]
            answer = caller.hear()
            if answer is None:
                continue
            status, head = answer
            moment = time.perf_counter()
            self.statuses[status] += 1
            if status < 300:
                self.times.append(moment - caller.due)
                self.by_second[int(moment - began)] += 1
            else:
                self.refused_times.append(moment - caller.due)
                self.without_retry_after += status in (429, 503) and b"retry-after:" not in head
            self.idle.append(caller)

    def _seen(self, sent: int, seconds: float, in_time: int) -> Seen:
        times, refused = sorted(self.times), sorted(self.refused_times)
        return Seen(
            sent=sent,
            seconds=seconds,
            statuses=dict(self.statuses),
            accepted=in_time,
            p50=at(times, 0.5),
            p99=at(times, 0.99),
            longest=at(times, 1.0),
            refused_p99=at(refused, 0.99),
            without_retry_after=self.without_retry_after,
            unanswered=len(self.callers) - len(self.idle),
            by_second=[self.by_second[second] for second in range(int(seconds))],
        )


def at(times: list[float], share: float) -> float:
    """Milliseconds below which this share of the sorted times lies."""
    return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 2) if times else 0.0


def read_requests(path: Path) -> list[bytes]:
    whole, requests, place = path.read_bytes(), [], 0
    while place < len(whole):
        (length,) = struct.unpack_from("<I", whole, place)
        requests.append(whole[place + 4 : place + 4 + length])
        place += 4 + length
    return requests


def write_requests(path: Path, requests: list[bytes]) -> None:
    with path.open("wb") as file:
        for request in requests:
            file.write(struct.pack("<I", len(request)) + request)


def main() -> None:
    port, path, connections, seconds, rate = sys.argv[1:6]
    load = Load(int(port), read_requests(Path(path)), int(connections))
    print(json.dumps(asdict(load.run(float(seconds), float(rate)))))


if __name__ == "__main__":
    main()
