"""The sockets of all legs: a port pair each, drained together once a tick.

Each round of ``receive`` takes at most one packet from each socket, so that a slot stands once in a batch and arrays
can be written without a thought. A flood on one port gets ten rounds a tick; the rest waits in a small kernel buffer
and falls over its edge.
"""

from __future__ import annotations

import random
import select
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from walletdesk.adapters.telephony.media.concealment import Slots
from walletdesk.adapters.telephony.media.g711 import Bytes
from walletdesk.adapters.telephony.media.legs import Leg
from walletdesk.adapters.telephony.media.packets import is_rtcp
from walletdesk.adapters.telephony.media.words import EngineSettings

ROW = 1024  # a longer packet is nobody's voice
ROUNDS = 10
BUFFER = 64 * 1024
SO_TIMESTAMPNS = 35  # of Linux; Python does not name it
TIMESPEC = struct.Struct("@ll")


class NoPort(Exception):
    """Every port of the range is taken."""


@dataclass(slots=True)
class Batch:
    """One round: row n of ``rows`` is the packet of ``legs[n]``, ``lengths[n]`` bytes long."""

    legs: list[Leg]
    slots: Slots
    rows: Bytes
    lengths: Slots


class Wires:
    """All sockets. ``control`` is the pipe to the parent: it wakes ``wait``, and nothing else does."""

    def __init__(self, settings: EngineSettings, control: int) -> None:
        self._settings = settings
        self._family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
        pairs = (settings.last_port - settings.first_port + 1) // 2
        self._ports = [settings.first_port + settings.first_port % 2 + 2 * n for n in range(pairs)]
        random.shuffle(self._ports)  # nobody guesses the next port; the one freed last is taken last
        self._legs: dict[int, Leg] = {}
        self._reports: dict[int, Leg] = {}
        self._sound_poll, self._report_poll, self._control_poll = select.epoll(), select.epoll(), select.epoll()
        self._control_poll.register(control, select.EPOLLIN)
        self._rows = np.zeros((settings.slots, ROW), dtype=np.uint8)
        self._views = [memoryview(row) for row in self._rows]  # type: ignore[arg-type]

    def open(self, name: str, slot: int, moment: float) -> Leg:
        """A leg with its port pair."""
        for _ in range(len(self._ports)):
            port = self._ports.pop(0)
            try:
                rtp, rtcp = self._pair(port)
            except OSError:
                self._ports.append(port)
                continue
            leg = Leg(name, slot, port, rtp, rtcp, moment)
            self._legs[rtp.fileno()] = self._reports[rtcp.fileno()] = leg
            self._sound_poll.register(rtp.fileno(), select.EPOLLIN)
            self._report_poll.register(rtcp.fileno(), select.EPOLLIN)
            return leg
        raise NoPort

    def _pair(self, port: int) -> tuple[socket.socket, socket.socket]:
        made: list[socket.socket] = []
        try:
            for number in (port, port + 1):
                made.append(socket.socket(self._family, socket.SOCK_DGRAM))
                made[-1].setblocking(False)
                made[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
                made[-1].bind((self._settings.address, number))
        except OSError:
            for each in made:
                each.close()
            raise
        made[1].setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        return made[0], made[1]

    def close(self, leg: Leg) -> None:
        for wire, legs, poll in ((leg.rtp, self._legs, self._sound_poll), (leg.rtcp, self._reports, self._report_poll)):
            poll.unregister(wire.fileno())
            del legs[wire.fileno()]
            wire.close()
        self._ports.append(leg.port)

    def wait(self, seconds: float) -> bool:
        """Until the parent says something (True) or the time is up."""
        return bool(self._control_poll.poll(max(0.0, seconds)))

    def receive(self, moment: float) -> Iterator[Batch]:
        """What came since the last tick, from those who are believed, round by round."""
        for _ in range(ROUNDS):
            ready = self._sound_poll.poll(0, len(self._views))
            if not ready:
                return
            legs, lengths = self._round(ready, moment)
            if legs:
                slots = np.array([leg.slot for leg in legs], dtype=np.intp)
                yield Batch(legs, slots, self._rows[: len(legs)], np.array(lengths, dtype=np.intp))

    def _round(self, ready: list[tuple[int, int]], moment: float) -> tuple[list[Leg], list[int]]:
        legs: list[Leg] = []
        lengths: list[int] = []
        views, known, row = self._views, self._legs, 0
        for fd, _ in ready:
            leg = known[fd]
            try:
                length, address = leg.take(views[row])
            except OSError:
                continue
            if address == leg.source or self._believed(leg, address[:2], views[row], length, moment):
                legs.append(leg)
                lengths.append(length)
                row += 1
        return legs, lengths

    def _believed(self, leg: Leg, address: tuple[str, int], view: memoryview, length: int, moment: float) -> bool:
        if leg.lock is None:
            return False
        if is_rtcp(view[:length]):
            return address[0] == leg.lock.target[0]
        if not leg.lock.judge(address, bytes(view[:length]), moment):
            leg.strangers += 1
            return False
        leg.source, leg.target = leg.lock.source, leg.lock.target
        return True

    def receive_reports(self) -> Iterator[tuple[Leg, bytes, float]]:
        """RTCP that came on the ports of its own, from the host that is believed, and when the kernel took it."""
        for fd, _ in self._report_poll.poll(0):
            leg = self._reports[fd]
            try:
                packet, notes, _, address = leg.rtcp.recvmsg(ROW, 64)
            except OSError:
                continue
            if leg.lock is not None and address[0] == leg.lock.target[0]:
                yield leg, packet, _taken(notes)


def _taken(notes: list[tuple[int, int, bytes]]) -> float:
    """When a packet arrived: a tick looks only every 20 ms, which would be most of a round trip."""
    for level, kind, content in notes:
        if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS) and len(content) >= TIMESPEC.size:
            seconds, nanoseconds = TIMESPEC.unpack_from(content)
            return float(seconds) + nanoseconds / 1e9
    return now()


def now() -> float:
    """The wall clock that reports go by."""
    return time.time()
