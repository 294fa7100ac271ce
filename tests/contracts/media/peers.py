"""A telephone's sound, without a telephone: sends a tone over real UDP every 20 ms and keeps what comes back."""

from __future__ import annotations

import asyncio
import heapq
import random
import socket
import struct
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from walletdesk.adapters.telephony.media import g711
from walletdesk.adapters.telephony.media.client import MediaEngine
from walletdesk.adapters.telephony.media.packets import key_event, parse_rtp, rtp_header
from walletdesk.adapters.telephony.media.words import EngineSettings, Event

DEADLINE = 20.0
PACKETS_OF_A_LOOK = 25
"""A long stretch is judged twice a second, not at each packet."""
TICK = 0.02
Mangle = Callable[[int, bytes], list[tuple[float, bytes]]]


def tone(frequency: float, start: int, length: int, height: int = 8000) -> np.ndarray:
    return (height * np.sin(2 * np.pi * frequency * np.arange(start, start + length) / 8000)).astype(np.int16)


def frequency_of(samples: np.ndarray) -> float:
    """The strongest frequency."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * 8000 / len(samples))


def level_of(samples: np.ndarray, frequency: float) -> float:
    """The height of this tone in the sound; 8000 for a tone as sent."""
    wave_ = np.exp(-2j * np.pi * frequency * np.arange(len(samples)) / 8000)
    window = np.hanning(len(samples))
    return float(2 * abs(np.sum(samples * window * wave_)) / window.sum())


def energy_of(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0


def write_tone(path: Path, frequency: float, seconds: float) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(tone(frequency, 0, int(8000 * seconds)).tobytes())
    return path


def read_stereo(path: str) -> tuple[np.ndarray, np.ndarray]:
    with wave.open(path, "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 8000)
        both = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)
    return both[:, 0], both[:, 1]


@dataclass
class Peer:
    """Sends ``frequency`` (0: silence) to the engine, unless paused; ``mangle`` says what becomes of each packet."""

    leg: str
    frequency: float = 0.0
    codec: str = "PCMU"
    payload_type: int = 0
    event_type: int = 101
    ptime: int = 20
    sequence: int = 1000
    stamp: int = 5000
    source: int = 0x1234
    mangle: Mangle | None = None
    pad: bool = False
    sending: bool = True
    chord: tuple[float, ...] = ()  # tones beside it
    engine: tuple[str, int] = ("", 0)
    heard: list[np.ndarray] = field(default_factory=list)
    events: list[tuple[int, int, bytes, bool]] = field(default_factory=list)
    packets: list[tuple[int, int, int]] = field(default_factory=list)  # sequence, stamp, bytes

    def __post_init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.reports = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.reports.setblocking(False)
        with suppress(OSError):
            self.reports.bind(("127.0.0.1", self.port + 1))
        self._later: list[tuple[float, int, bytes]] = []
        self._count = 0
        self._sample = 0
        self._lock = asyncio.Event()

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self.socket, self._receive)
        due = loop.time()
        try:
            while True:
                if self.sending:
                    self.send_sound()
                self._send_late(loop.time())
                due += self.ptime / 1000
                await asyncio.sleep(max(0.0, due - loop.time()))
        finally:
            loop.remove_reader(self.socket)

    def send_sound(self) -> None:
        """One packet of the tone."""
        size = self.ptime * 8
        samples = np.zeros(size, dtype=np.int16)
        for frequency in (self.frequency, *self.chord):
            samples += tone(frequency, self._sample, size)
        coded = g711.encode(samples[None, :], np.array([g711.CODEC_INDEX[self.codec]]))[0].tobytes()
        self._sample += size
        self.send(self.payload_type, self.stamp, coded)
        self.stamp += size

    def send(self, payload_type: int, stamp: int, payload: bytes) -> None:
        packet = rtp_header(payload_type, self.sequence, stamp, self.source) + payload
        if self.pad:
            packet = decorated(packet)
        self.sequence += 1
        self._count += 1
        loop = asyncio.get_running_loop()
        for delay, each in self.mangle(self._count, packet) if self.mangle else [(0.0, packet)]:
            if delay:
                heapq.heappush(self._later, (loop.time() + delay, self._count, each))
            else:
                self.socket.sendto(each, self.engine)

    def _send_late(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            self.socket.sendto(heapq.heappop(self._later)[2], self.engine)

    async def press(self, key: str, *, lose: Callable[[int, bool], bool] = lambda number, ended: False) -> None:
        """A key for 100 ms as RFC 4733 has it: five packets and two more ends; ``lose(number, ended)`` drops some."""
        self.sending = False
        for number in range(7):
            ended = number >= 4
            if lose(number, ended):
                self.sequence += 1
            else:
                self.send(self.event_type, self.stamp, key_event(key, min(number + 1, 5) * 160, ended=ended))
            if number < 5:
                await asyncio.sleep(TICK)
        self.stamp += 800
        self.sending = True

    def _receive(self) -> None:
        while True:
            try:
                packet = self.socket.recv(2048)
            except BlockingIOError:
                return
            read = parse_rtp(packet)
            if read is None or 200 - 128 <= read.payload_type <= 203 - 128:
                continue
            self.packets.append((read.sequence, read.timestamp, len(read.payload)))
            if read.payload_type == self.payload_type:
                coded = np.frombuffer(read.payload, dtype=np.uint8)[None, :]
                self.heard.append(g711.decode(coded, np.array([g711.CODEC_INDEX[self.codec]]))[0])
            else:
                self.events.append((read.sequence, read.timestamp, read.payload, read.marker))
            self._lock.set()

    def close(self) -> None:
        self.socket.close()
        self.reports.close()

    async def hear(self, seconds: float) -> np.ndarray:
        """So much of what arrives from now on."""
        self.heard.clear()
        async with asyncio.timeout(DEADLINE):
            while sum(map(len, self.heard)) < seconds * 8000:
                await self.next_packet()
        return np.concatenate(self.heard)[: int(seconds * 8000)]

    async def hears(self, wanted: Callable[[np.ndarray], bool], seconds: float = 0.3) -> np.ndarray:
        """The first so many seconds, from now on, that are as wanted; fails when the deadline passes. Whoever speaks may be
        interrupted by this machine's other work."""
        self.heard.clear()
        size = int(seconds * 8000)
        async with asyncio.timeout(DEADLINE):
            while True:
                looks = seconds < 1 or len(self.heard) % PACKETS_OF_A_LOOK == 0
                heard = np.concatenate(self.heard)[-size:] if self.heard and looks else np.zeros(0)
                if len(heard) == size and wanted(heard):
                    return heard
                await self.next_packet()

    async def next_packet(self) -> None:
        self._lock.clear()
        await self._lock.wait()


def decorated(packet: bytes) -> bytes:
    """The same packet with two contributing sources, a header extension and eight bytes of padding."""
    head = struct.pack(">B", 0x80 | 0x20 | 0x10 | 2) + packet[1:12]
    extension = b"\xbe\xde\x00\x02" + bytes(8)
    return head + bytes(8) + extension + packet[12:] + bytes(7) + b"\x08"


def lossy(share: float, seed: int) -> Mangle:
    dice = random.Random(seed)
    return lambda number, packet: [] if dice.random() < share else [(0.0, packet)]


def jittery(most: float, seed: int) -> Mangle:
    dice = random.Random(seed)
    return lambda number, packet: [(dice.random() * most, packet)]


class Stage:
    """An engine, its peers, and the events it told."""

    def __init__(self, engine: MediaEngine) -> None:
        self.engine = engine
        self.told: list[Event] = []
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = [asyncio.create_task(self._listen())]
        self.peers: list[Peer] = []

    async def _listen(self) -> None:
        async for event in self.engine.events():
            self.told.append(event)
            self._news.set()

    async def join(self, peer: Peer, *, signalled: tuple[str, int] | None = None, latch: str = "host") -> Peer:
        """Open a leg and let the peer send to it."""
        peer.engine = await self.engine.open_leg(peer.leg)
        host, port = signalled or ("127.0.0.1", peer.port)
        await self.engine.set_remote(
            peer.leg,
            host,
            port,
            codec=peer.codec,  # type: ignore[arg-type]
            payload_type=peer.payload_type,
            event_payload_type=peer.event_type,
            ptime=peer.ptime,
            latch=latch,  # type: ignore[arg-type]
        )
        self.peers.append(peer)
        self._tasks.append(asyncio.create_task(peer.run()))
        return peer

    async def until(self, kind: type, count: int = 1) -> list[Event]:
        """So many events of this kind."""
        async with asyncio.timeout(DEADLINE):
            while len(found := [event for event in self.told if isinstance(event, kind)]) < count:
                self._news.clear()
                await self._news.wait()
        return found

    async def close(self) -> None:
        for task in self._tasks[1:]:
            task.cancel()
        await self.engine.stop()
        self._tasks[0].cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for peer in self.peers:
            peer.close()


@asynccontextmanager
async def stage(**settings: object) -> AsyncIterator[Stage]:
    engine = MediaEngine(EngineSettings(first_port=24000, last_port=24999, slots=64, **settings))  # type: ignore[arg-type]
    await engine.start()
    made = Stage(engine)
    try:
        yield made
    finally:
        await made.close()
