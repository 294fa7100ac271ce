"""One leg's plain RTP on loopback, towards the media engine.

The browser's packets go through with their own numbers, so that the engine's jitter buffer sees what was lost and what
came late. A key is an RFC 4733 event of 100 ms in the same stream; while it lasts the microphone is not passed on, as
on a telephone. Its end is sent three times.
"""

from __future__ import annotations

import asyncio
import secrets
import struct
from collections import deque
from collections.abc import Callable

from walletdesk.adapters.telephony.webrtc.words import PCMU, TELEPHONE_EVENT, RtpAddress

HEADER = struct.Struct("!BBHII")
EVENT = struct.Struct("!BBH")
TICK = 0.02
SAMPLES = 160
KEY_TICKS, GAP_TICKS, END_PACKETS = 5, 3, 3
KEYS_WAITING = 32
VOLUME = 10  # dBm0 below full scale, as telephones send it
END_BIT = 0x80

Sound = Callable[[bytes, int], None]
"""``sound(payload, timestamp)`` with 20 ms of µ-law."""


def sound_in(packet: bytes) -> tuple[bytes, int] | None:
    """(µ-law, timestamp) of an RTP packet; ``None`` for anything else."""
    if len(packet) <= HEADER.size or packet[0] >> 6 != 2 or packet[1] & 0x7F != PCMU:
        return None
    start = HEADER.size + 4 * (packet[0] & 0x0F)
    if packet[0] & 0x10:
        if len(packet) < start + 4:
            return None
        start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4], "big")
    end = len(packet) - (packet[-1] if packet[0] & 0x20 else 0)
    return (packet[start:end], int.from_bytes(packet[4:8], "big")) if start < end else None


class PlainRtp(asyncio.DatagramProtocol):
    """``heard`` gets the engine's sound. Nothing from anywhere but the engine is taken (V05)."""

    def __init__(self, heard: Sound) -> None:
        self.heard = heard
        self.engine: tuple[str, int] | None = None
        self._transport: asyncio.DatagramTransport | None = None
        self._source = secrets.randbits(32)
        self._number, self._stamp = secrets.randbits(15), secrets.randbits(31)
        self._shift: int | None = None  # ours minus the browser's sequence number; None: take the next as it comes
        self._keys: deque[str] = deque(maxlen=KEYS_WAITING)
        self._keying: asyncio.Task[None] | None = None
        self._silent = False

    @classmethod
    async def bound(cls, heard: Sound) -> PlainRtp:
        """Listening on a free port of loopback."""
        made = cls(heard)
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: made, local_addr=("127.0.0.1", 0))
        return made

    @property
    def address(self) -> RtpAddress:
        """Where it hears."""
        if self._transport is None:
            raise RuntimeError("not bound")
        host, port = self._transport.get_extra_info("sockname")[:2]
        return RtpAddress(host, port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if addr[:2] == self.engine and (found := sound_in(data)):
            self.heard(*found)

    def error_received(self, exc: Exception) -> None:
        """The engine's port is closed for the moment; RTP does not care."""

    def send_sound(self, number: int, stamp: int, payload: bytes) -> None:
        """The browser's packet, on to the engine."""
        if self._silent:
            return
        if self._shift is None:
            self._shift = self._number + 1 - number
        self._number, self._stamp = (number + self._shift) & 0xFFFF, stamp
        self._send(PCMU, False, self._number, stamp, payload)

    def changed_source(self) -> None:
        """Another connection of the same page carries the leg on: its numbers follow ours."""
        self._shift = None

    def press(self, key: str) -> None:
        """Send ``key`` after those that wait; more than a hand can press are dropped."""
        self._keys.append(key)
        if self._keying is None or self._keying.done():
            self._keying = asyncio.create_task(self._send_keys())

    def close(self) -> None:
        if self._keying:
            self._keying.cancel()
        if self._transport:
            self._transport.close()

    async def _send_keys(self) -> None:
        while self._keys:
            code = "0123456789*#".index(self._keys.popleft())
            self._silent = True
            stamp = (self._stamp + SAMPLES) & 0xFFFFFFFF
            for tick in range(1, KEY_TICKS + 1):
                self._send_event(code, stamp, tick * SAMPLES, first=tick == 1)
                await asyncio.sleep(TICK)
            for _ in range(END_PACKETS):
                self._send_event(code, stamp, KEY_TICKS * SAMPLES, end=True)
            self._stamp = (stamp + KEY_TICKS * SAMPLES) & 0xFFFFFFFF
            self._silent, self._shift = False, None
            await asyncio.sleep(GAP_TICKS * TICK)

    def _send_event(self, code: int, stamp: int, duration: int, *, first: bool = False, end: bool = False) -> None:
        self._number = (self._number + 1) & 0xFFFF
        payload = EVENT.pack(code, VOLUME | (END_BIT if end else 0), duration)
        self._send(TELEPHONE_EVENT, first, self._number, stamp, payload)

    def _send(self, kind: int, marker: bool, number: int, stamp: int, payload: bytes) -> None:
        if self._transport and self.engine:
            head = HEADER.pack(0x80, kind | (0x80 if marker else 0), number, stamp, self._source)
            self._transport.sendto(head + payload, self.engine)
