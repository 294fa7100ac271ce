"""Telephones for the tests: sipp says SIP, ``RtpPhone`` carries sound (``soft_phone`` does both); and an ear for tones.

Written from the standards alone; nothing here is shared with the product, so that a mistake cannot cancel itself out.
"""

from __future__ import annotations

import asyncio
import math
import random
import signal
import socket
import struct
import subprocess
import threading
import time
import wave
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from walletdesk.adapters.telephony.gateway import TelephonyGateway
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.service.hotline.rules.gateway_words import GatewayEvent

SCENARIOS = Path(__file__).parent / "sipp"
RATE, FRAME = 8_000, 160
LONGEST_WAIT = 20.0
Event = TypeVar("Event")


# ── sound ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ulaw_table() -> np.ndarray:
    """G.711: the value of each of the 256 octets."""
    octets = ~np.arange(256, dtype=np.int32) & 0xFF
    sizes = (((octets & 0x0F) << 3) + 0x84) << ((octets & 0x70) >> 4)
    return np.where(octets & 0x80, 0x84 - sizes, sizes - 0x84).astype(np.int16)


def _alaw_table() -> np.ndarray:
    octets = np.arange(256, dtype=np.int32) ^ 0x55
    parts, steps = (octets & 0x70) >> 4, octets & 0x0F
    sizes = np.where(parts == 0, (steps << 4) + 8, ((steps << 4) + 0x108) << np.maximum(parts - 1, 0))
    return np.where(octets & 0x80, sizes, -sizes).astype(np.int16)


TABLES = {0: _ulaw_table(), 8: _alaw_table()}


def encoded(samples: np.ndarray, kind: int) -> bytes:
    """The nearest octet of each sample, found in the table itself."""
    order = np.argsort(TABLES[kind], kind="stable")
    values = TABLES[kind][order].astype(np.int32)
    right = np.clip(np.searchsorted(values, samples), 1, 255)
    nearer = np.where(np.abs(values[right] - samples) < np.abs(values[right - 1] - samples), right, right - 1)
    return order[nearer].astype(np.uint8).tobytes()


def tone(hertz: float, seconds: float, loudness: int = 8_000, rate: int = RATE) -> np.ndarray:
    return (loudness * np.sin(2 * math.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


def pitch_of(samples: np.ndarray) -> float:
    """The strongest frequency."""
    if len(samples) < RATE // 10:
        return 0.0
    seen = np.abs(np.fft.rfft(samples.astype(float) * np.hanning(len(samples))))
    seen[:5] = 0
    return float(np.argmax(seen)) * RATE / len(samples)


def loudness_of(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples.astype(float) ** 2))) if len(samples) else 0.0


def write_tone(path: Path, hertz: float, seconds: float, rate: int = RATE, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setparams((channels, 2, rate, 0, "NONE", ""))
        out.writeframes(tone(hertz, seconds, rate=rate).repeat(channels).tobytes())
    return path


def read_wave(path: Path) -> np.ndarray:
    """One row a channel; a file that is still being written is read as far as it goes."""
    data = path.read_bytes()
    at = data.index(b"data") + 8
    channels = struct.unpack_from("<H", data, 22)[0]
    usable = (len(data) - at) // (2 * channels) * 2 * channels
    return np.frombuffer(data[at : at + usable], dtype="<i2").reshape(-1, channels).T


class RtpPhone:
    """Sound of one telephone: sends a tone, keeps what it hears, keys digits. A thread, since time matters."""

    def __init__(self, hertz: float = 0.0, kind: int = 0, events: int = 101, local: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((local, 0))
        self.socket.settimeout(0.005)
        self.port = self.socket.getsockname()[1]
        self.kind, self.events = kind, events
        self.to: tuple[str, int] | None = None
        self.digits: list[str] = []  # heard
        self.sent = 0
        self._heard: list[bytes] = []
        self._keys: list[str] = []
        self._tone = encoded(tone(hertz, 1.0) if hertz else np.zeros(RATE, np.int16), kind)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self.socket.close()

    def key(self, digits: str) -> None:
        self._keys.extend(digits)

    def heard(self, seconds: float = 0.5) -> np.ndarray:
        """The last so many seconds."""
        octets = b"".join(self._heard[-int(seconds * 50) :])
        return TABLES[self.kind][np.frombuffer(octets, dtype=np.uint8)]

    def hears(self, hertz: float) -> bool:
        """A clear tone of this pitch now."""
        now = self.heard()
        return len(now) >= RATE * 0.4 and abs(pitch_of(now) - hertz) < 8 and loudness_of(now) > 1_000

    def hears_nothing(self) -> bool:
        now = self.heard()
        return len(now) >= RATE * 0.4 and loudness_of(now) < 60

    @property
    def heard_nothing_at_all(self) -> bool:
        return not self._heard

    def _run(self) -> None:
        sequence, stamp, source = random.randrange(65_536), random.randrange(2**31), random.randrange(2**32)
        at, due, last_event = 0, time.monotonic(), -1
        while not self._over.is_set():
            last_event = self._listen(last_event)
            if time.monotonic() < due:
                continue
            due += 0.02
            if self.to is None:
                continue
            if self._keys:
                sequence = self._send_key(self._keys.pop(0), sequence, stamp, source)
                due = time.monotonic() + 0.02
            else:
                payload = self._tone[at : at + FRAME]
                head = struct.pack("!BBHII", 0x80, self.kind, sequence, stamp % 2**32, source)
                self.socket.sendto(head + payload, self.to)
                self.sent += 1
                at, sequence = (at + FRAME) % RATE, (sequence + 1) % 65_536
            stamp += FRAME

    def _send_key(self, digit: str, sequence: int, stamp: int, source: int) -> int:
        """RFC 4733: five packets as it lasts, its end three times, then a pause."""
        assert self.to
        number = "0123456789*#".index(digit)
        for step in [*range(1, 6), 6, 6, 6]:
            ends = 0x80 if step == 6 else 0
            mark = 0x80 if step == 1 else 0
            head = struct.pack("!BBHII", 0x80, mark | self.events, sequence, stamp % 2**32, source)
            self.socket.sendto(head + struct.pack("!BBH", number, ends | 10, step * FRAME), self.to)
            sequence = (sequence + 1) % 65_536
            self._over.wait(0.02)
        self._over.wait(0.06)
        return sequence

    def _listen(self, last_event: int) -> int:
        try:
            packet, sender = self.socket.recvfrom(2_000)
        except OSError:
            return last_event
        self.to = self.to or sender  # a telephone that speaks to where it is spoken to from
        kind, stamp = packet[1] & 0x7F, struct.unpack_from("!I", packet, 4)[0]
        if kind == self.kind:
            self._heard.append(packet[12:])
        elif kind == self.events and packet[13] & 0x80 and stamp != last_event:
            self.digits.append("0123456789*#"[packet[12]])
            return stamp
        return last_event


@contextmanager
def phone(hertz: float = 0.0, kind: int = 0, events: int = 101, local: str = "127.0.0.1") -> Iterator[RtpPhone]:
    one = RtpPhone(hertz, kind, events, local)
    try:
        yield one
    finally:
        one.close()


# ── the gateway under test ────────────────────────────────────────────────────────────────────────────────────────────


class Desk:
    """A gateway that runs, and what it told so far."""

    def __init__(self, gateway: TelephonyGateway) -> None:
        self.gateway = gateway
        self.told: list[GatewayEvent] = []
        self._taken = 0
        self._news = asyncio.Event()

    @property
    def address(self) -> str:
        host, port = self.gateway.line.address
        return f"{host}:{port}"

    async def _follow(self) -> None:
        async for event in self.gateway.events():
            self.told.append(event)
            self._news.set()

    async def next(self, kind: type[Event], **fields: Any) -> Event:
        """The next event of this kind with these values, past those already taken; what comes between is passed over."""

        def fits(event: Any) -> bool:
            return isinstance(event, kind) and all(getattr(event, name) == value for name, value in fields.items())

        async with asyncio.timeout(LONGEST_WAIT):
            while True:
                for at in range(self._taken, len(self.told)):
                    event = self.told[at]
                    if fits(event):
                        self._taken = at + 1
                        return event  # type: ignore[return-value]
                self._news.clear()
                await self._news.wait()

    def of(self, kind: type[Event], leg: str) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind) and getattr(event, "leg", None) == leg]


@asynccontextmanager
async def events_of(gateway: Any) -> AsyncIterator[Desk]:
    """What this gateway tells, kept and waited for."""
    one = Desk(gateway)
    following = asyncio.create_task(one._follow())
    try:
        yield one
    finally:
        following.cancel()


@asynccontextmanager
async def desk(settings: GatewaySettings) -> AsyncIterator[Desk]:
    gateway = TelephonyGateway(settings)
    await gateway.start()
    try:
        async with events_of(gateway) as one:
            yield one
    finally:
        await gateway.stop()


async def until(true: Callable[[], bool], what: str = "") -> None:
    """Wait for something that tells nobody when it becomes true (a sound)."""
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            while not true():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"it did not come: {what}") from None


# ── sipp ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Sipp:
    """One sipp, playing one scenario. ``code`` waits for its end: 0 when everything went as the scenario says."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, errors: Path, patience: float) -> None:
        self.process, self.port, self._errors, self._patience = process, port, errors, patience

    async def succeeds(self) -> None:
        async with asyncio.timeout(self._patience + 5):
            code = await self.process.wait()
        problems = self._errors.read_text()[-3_000:] if self._errors.exists() else ""
        assert code == 0, f"sipp ended with {code}\n{problems}"


async def _is_there(port: int, process: asyncio.subprocess.Process) -> None:
    """Wait until somebody on 127.0.0.1 has this UDP port; or the process has already had all its calls."""
    async with asyncio.timeout(20):
        while process.returncode is None and f" 0100007F:{port:04X} " not in Path("/proc/net/udp").read_text():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def sipp(
    scenario: str, folder: Path, remote: str = "", *words: str, calls: int = 1, patience: float = 35, **keys: object
) -> AsyncIterator[Sipp]:
    """``remote`` empty: it waits to be called. ``keys`` fill [name] in the scenario."""
    port, errors = free_port(), folder / f"{scenario}-{free_port()}.log"
    command = ["sipp", "-sf", str(SCENARIOS / f"{scenario}.xml"), "-i", "127.0.0.1", "-p", str(port), "-m", str(calls)]
    command += [
        "-nostdin",
        "-trace_err",
        "-error_file",
        str(errors),
        "-timeout",
        "35s",
        "-timeout_error",
        "-s",
        "hotline",
    ]
    command += [word for name, value in keys.items() for word in ("-key", name, str(value))]
    process = await asyncio.create_subprocess_exec(
        *command,
        *words,
        *([remote] if remote else []),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        if not remote:
            await _is_there(port, process)  # whoever calls before that reaches nobody, or a stranger
        yield Sipp(process, port, errors, patience)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.wait()
