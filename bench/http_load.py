"""A load generator that takes little: one process, raw sockets, one epoll, requests that were made beforehand.

    python -m bench.http_load PORT FILE CONNECTIONS SECONDS RATE [MOST]

``FILE`` holds the requests, each with its length (four bytes) in front. ``RATE`` 0 sends the next request of a connection
when it has its answer; else request number n is due n / RATE seconds after the start, and its time is counted from then. A
request that is due waits for a connection, unless there is ``MOST``: then nobody waits for anybody's answer. Whatever is
outstanding, what is due goes out, over a new connection where none is free, until there are ``MOST`` of them. What then still
has no connection, or no time because the machine is too slow to ask so often, within ``GIVEN_UP_AFTER`` is not asked at all and
counted (``unsent``): else the generator's own queue would be measured. Prints one line of JSON: see :class:`Seen`.
"""

from __future__ import annotations

import errno
import gc
import json
import select
import socket
import struct
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

LATE_ANSWERS_SECONDS = 10.0
LATE, GIVEN_UP_AFTER = 0.02, 0.1
"""Seconds after it was due: a request is sent late; it is not sent any more."""
AT_A_TIME = 100
"""So many are sent, then heard, before the other has its turn."""


@dataclass
class Seen:
    """``accepted``: answers 200 to 299. Times in milliseconds: from when a request was due to its answer; ``p99_from_sent`` from
    when it went out. ``unsent_no_line``: of those not sent, because every connection waited for an answer. ``broken``: the line
    broke with a request on it. ``at_once``: most that were outstanding.
    """

    sent: int = 0
    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    accepted: int = 0
    p50: float = 0.0
    p99: float = 0.0
    longest: float = 0.0
    p99_from_sent: float = 0.0
    refused_p50: float = 0.0
    refused_p99: float = 0.0
    without_retry_after: int = 0
    unanswered: int = 0
    unsent: int = 0
    unsent_no_line: int = 0
    late_sends: int = 0
    broken: int = 0
    at_once: int = 0
    by_second: list[int] = field(default_factory=list)


class Caller:
    """One connection; ``due`` and ``sent`` of the request under way, ``unsent`` what the line did not take yet."""

    __slots__ = ("due", "heard", "sent", "socket", "unsent")

    def __init__(self, port: int, *, wait: bool = True) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if wait:
            self.socket.connect(("127.0.0.1", port))
        self.socket.setblocking(False)
        if not wait and (trouble := self.socket.connect_ex(("127.0.0.1", port))) not in (0, errno.EINPROGRESS):
            raise OSError(trouble, "no connection")
        self.due, self.sent, self.heard, self.unsent = 0.0, 0.0, b"", b""

    def ask(self, request: bytes, due: float, moment: float) -> bool:
        """Whether all of it went out; else ``go_on`` when the line takes more."""
        self.due, self.sent, self.unsent = due, moment, request
        return self.go_on()

    def go_on(self) -> bool:
        try:
            self.unsent = self.unsent[self.socket.send(self.unsent) :]
        except BlockingIOError:
            return False
        except OSError as trouble:
            if trouble.errno == errno.ENOTCONN:
                return False
            raise
        return not self.unsent

    def hear(self) -> tuple[int, bytes] | None:
        """Status and head, once the whole answer is there. ConnectionError when there is no line any more."""
        more = self.socket.recv(65_536)
        if not more:
            raise ConnectionResetError
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
    """``most`` connections, if more than ``connections`` may be opened for what is due. ``late_answers``: so many seconds it waits
    in the end for what is outstanding.
    """

    late_answers = LATE_ANSWERS_SECONDS

    def __init__(self, port: int, requests: list[bytes], connections: int, most: int = 0) -> None:
        self.port, self.requests, self.most = port, requests, most
        self.poll = select.epoll()
        self.callers: dict[int, Caller] = {}
        self.busy: set[int] = set()
        self.idle: list[Caller] = [self._open() for _ in range(connections)]
        self.times: list[float] = []
        self.times_from_sent: list[float] = []
        self.refused_times: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.by_second: Counter[int] = Counter()
        self.seen = Seen()

    def run(self, seconds: float, rate: float) -> Seen:
        gc.freeze()
        clock, place = time.perf_counter, 0
        began = clock()
        ends = began + seconds
        while (moment := clock()) < ends and place < len(self.requests):
            until = min(place + AT_A_TIME, len(self.requests))
            while place < until:
                due = began + place / rate if rate else moment
                if due > moment or not self._sent(place, due):
                    break
                place += 1
            self._hear(min(self._pause(began + place / rate if rate else None), ends - moment), began)
        self.seen.seconds, self.seen.accepted = clock() - began, len(self.times)
        while self.busy and clock() - began - self.seen.seconds < self.late_answers:
            self._hear(0.1, began)
        return self._told()

    def close(self) -> None:
        self.poll.close()
        for caller in self.callers.values():
            caller.socket.close()

    def _pause(self, next_due: float | None) -> float:
        """As long as nothing is to be sent."""
        if next_due is None or not (self.idle or self.most):
            return 0.05
        return max(0.0, next_due - time.perf_counter())

    def _sent(self, place: int, due: float) -> bool:
        """Whether this request needs no further turn: it is on its way, or given up. Else it waits for a connection."""
        moment = time.perf_counter()
        late = moment - due
        if self.most and late > GIVEN_UP_AFTER:
            self.seen.unsent += 1
            self.seen.unsent_no_line += len(self.busy) >= self.most
            return True
        if self.idle:
            caller = self.idle.pop()
        elif self.most and len(self.callers) < self.most:
            caller = self._open(wait=False)
        else:
            return False
        number = caller.socket.fileno()
        self.busy.add(number)
        self.seen.sent += 1
        self.seen.late_sends += late > LATE
        self.seen.at_once = max(self.seen.at_once, len(self.busy))
        try:
            if not caller.ask(self.requests[place], due, moment):
                self.poll.modify(number, select.EPOLLIN | select.EPOLLOUT)
        except OSError:
            self._broken(number)
        return True

    def _open(self, *, wait: bool = True) -> Caller:
        caller = Caller(self.port, wait=wait)
        self.callers[caller.socket.fileno()] = caller
        self.poll.register(caller.socket.fileno(), select.EPOLLIN)
        return caller

    def _hear(self, wait: float, began: float) -> None:
        for number, what in self.poll.poll(max(0.0, wait), AT_A_TIME):
            caller = self.callers[number]
            try:
                if what & select.EPOLLOUT and caller.go_on():
                    self.poll.modify(number, select.EPOLLIN)
                answer = caller.hear() if what & ~select.EPOLLOUT else None
            except OSError:
                self._broken(number)
                continue
            if answer is not None:
                self._note(caller, *answer, began)
                self.busy.discard(number)
                self.idle.append(caller)

    def _note(self, caller: Caller, status: int, head: bytes, began: float) -> None:
        moment = time.perf_counter()
        self.statuses[status] += 1
        if status < 300:
            self.times.append(moment - caller.due)
            self.times_from_sent.append(moment - caller.sent)
            self.by_second[int(moment - began)] += 1
        else:
            self.refused_times.append(moment - caller.due)
            self.seen.without_retry_after += status in (429, 503) and b"retry-after:" not in head

    def _broken(self, number: int) -> None:
        """The server hung up: on a connection that waited for its next request, or on a request."""
        caller = self.callers.pop(number)
        caller.socket.close()
        if number in self.busy:
            self.busy.discard(number)
            self.seen.broken += 1
        else:
            self.idle.remove(caller)

    def _told(self) -> Seen:
        times, from_sent, refused = sorted(self.times), sorted(self.times_from_sent), sorted(self.refused_times)
        seen = self.seen
        seen.statuses, seen.unanswered = dict(self.statuses), len(self.busy)
        seen.p50, seen.p99, seen.longest = at(times, 0.5), at(times, 0.99), at(times, 1.0)
        seen.p99_from_sent = at(from_sent, 0.99)
        seen.refused_p50, seen.refused_p99 = at(refused, 0.5), at(refused, 0.99)
        seen.by_second = [self.by_second[second] for second in range(int(seen.seconds))]
        return seen


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
    port, path, connections, seconds, rate, *most = sys.argv[1:7]
    load = Load(int(port), read_requests(Path(path)), int(connections), *map(int, most))
    print(json.dumps(asdict(load.run(float(seconds), float(rate)))))


if __name__ == "__main__":
    main()
