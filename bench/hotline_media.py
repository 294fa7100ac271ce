"""What a call costs the media engine, beside a bare loop that takes and gives the same packets and does nothing else.

    python -m bench.hotline_media [--seconds 8] [--menu 300] [--pairs 200] [--grow] [--seed 7]

``menu``: that many legs hear a looped prompt and send sound. ``pairs``: twice that many legs, bridged two by two, each
pair recorded on two channels. All packets are real UDP on loopback, 50 a second and direction, from one generator
process; two probe legs are listened to, and the run is void unless the right tone is heard there. CPU is the engine
process's own (user and system), lateness the start of each tick after its due time. The bare loop is measured in the
same run, before and after; what a busy machine does to punctuality, it does to both. ``--grow``: a tenth of the legs too.

Values: CPU microseconds a second and a leg; the worst lateness of a tick in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import resource
import select
import socket
import sys
import tempfile
import time
import wave
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from bench.claims import claim, say
from walletdesk.adapters.telephony.media import g711
from walletdesk.adapters.telephony.media.client import MediaEngine
from walletdesk.adapters.telephony.media.packets import rtp_header
from walletdesk.adapters.telephony.media.words import EngineSettings, TickReport

TICK = 0.02
TONES = (440, 1000)
PROMPT_TONE = 650
FIRST_PORT = 26000


def tone(frequency: float, seconds: float) -> np.ndarray:
    """As the sound shelf and the codec like it."""
    return (8000 * np.sin(2 * np.pi * frequency * np.arange(int(8000 * seconds)) / 8000)).astype(np.int16)


def generate(targets: list[tuple[str, int]], ready: Connection, seed: int) -> None:
    """The telephones: one socket sends for all legs, two more for the probes. Ends when the pipe does."""
    common = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(3)]
    for each in common:
        each.bind(("127.0.0.1", 0))
    ready.send([each.getsockname()[1] for each in common])
    sound = [g711.encode(tone(each, 1).reshape(50, 160), np.zeros(50, dtype=np.intp)) for each in TONES]
    coded = [[row.tobytes() for row in each] for each in sound]
    dice = random.Random(seed)
    streams = [dice.getrandbits(32) for _ in targets]
    ready.recv()
    started, count, heard = time.monotonic(), 0, [bytearray(), bytearray()]
    while not ready.poll():
        for number, target in enumerate(targets):
            packet = rtp_header(0, count, count * 160, streams[number]) + coded[number % 2][count % 50]
            common[number + 1 if number < 2 else 0].sendto(packet, target)
        for number in (0, 1):
            while select.select([common[number + 1]], [], [], 0)[0]:
                packet = common[number + 1].recv(2048)
                if packet[1] & 0x7F == 0:
                    heard[number] += packet[12:]
        count += 1
        time.sleep(max(0.0, started + count * TICK - time.monotonic()))
    ready.send([strongest(bytes(each[-4000:])) for each in heard])


def strongest(coded: bytes) -> float:
    """The frequency that a probe heard last."""
    samples = g711.decode(np.frombuffer(coded, dtype=np.uint8)[None, :], np.zeros(1, dtype=np.intp))[0]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * 8000 / len(samples))


def echo(count: int, ready: Connection) -> None:
    """The bare loop: as many sockets, the same ticks, each packet taken and given back; nothing is looked at."""
    poll, wires = select.epoll(), {}
    for number in range(count):
        wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        wire.bind(("127.0.0.1", FIRST_PORT + 6000 + number))
        wire.setblocking(False)
        wires[wire.fileno()] = wire
        poll.register(wire.fileno(), select.EPOLLIN)
    ready.send(True)
    ready.recv()
    room, due, worst = memoryview(bytearray(2048)), time.monotonic(), 0.0
    used, began = time.process_time(), time.monotonic()
    while not ready.poll():
        due += TICK
        time.sleep(max(0.0, due - time.monotonic()))
        worst = max(worst, time.monotonic() - due)
        while found := poll.poll(0, count):
            for fd, _ in found:
                length, address = wires[fd].recvfrom_into(room)
                wires[fd].sendto(room[:length], address)
    ready.send((time.process_time() - used, time.monotonic() - began, worst * 1000))


class Telephones:
    """The generator process, from outside."""

    def __init__(self, targets: list[tuple[str, int]], seed: int) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=generate, args=(targets, theirs, seed), daemon=True)
        self._process.start()
        self.ports: list[int] = self._pipe.recv()

    def call(self) -> None:
        self._pipe.send("call")

    def hang_up(self) -> list[float]:
        self._pipe.send("end")
        heard: list[float] = self._pipe.recv()
        self._process.join()
        return heard


def bare(count: int, options: argparse.Namespace) -> tuple[float, float]:
    """CPU milliseconds a second and a leg, and the worst lateness, of the bare loop."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=echo, args=(count, theirs), daemon=True)
    process.start()
    ours.recv()
    phones = Telephones([("127.0.0.1", FIRST_PORT + 6000 + number) for number in range(count)], options.seed)
    phones.call()
    time.sleep(1)
    ours.send("count")
    time.sleep(options.seconds)
    ours.send("end")
    cpu, wall, worst = ours.recv()
    phones.hang_up()
    process.join()
    return 1000 * cpu / wall / count, worst


async def engine_run(
    count: int, options: argparse.Namespace, *, pairs: bool, folder: Path
) -> tuple[TickReport, list[float]]:
    """So many legs up for so many seconds; the report of those seconds and what the probes heard."""
    engine = MediaEngine(EngineSettings(first_port=FIRST_PORT, last_port=FIRST_PORT + 3999))
    await engine.start()
    drained = asyncio.create_task(drain(engine))
    try:
        names = [f"leg{number}" for number in range(count)]
        phones = Telephones([await engine.open_leg(name) for name in names], options.seed)
        for number, name in enumerate(names):
            await engine.set_remote(name, "127.0.0.1", phones.ports[number + 1 if number < 2 else 0])
        phones.call()
        if pairs:
            await bridge_all(engine, names, folder)
        else:
            for name in names:
                await engine.play(name, "menu", (folder / "prompt.wav",), loop=True, barge_in=False)
        await asyncio.sleep(1)
        await engine.ticks()
        await asyncio.sleep(options.seconds)
        return await engine.ticks(), phones.hang_up()
    finally:
        await engine.stop()
        drained.cancel()


async def bridge_all(engine: MediaEngine, names: list[str], folder: Path) -> None:
    for left, right in zip(names[::2], names[1::2], strict=True):
        await engine.bridge(left, (left, right))
        await engine.record(left, left, folder / f"{os.getpid()}-{time.monotonic_ns()}.wav", left=left, right=right)


async def drain(engine: MediaEngine) -> None:
    async for _ in engine.events():
        pass


def measure(name: str, count: int, options: argparse.Namespace, *, pairs: bool) -> None:
    """One shape: bare loop, engine, bare loop."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with wave.open(str(folder / "prompt.wav"), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(tone(PROMPT_TONE, 4).tobytes())
        before = bare(count, options)
        report, heard = asyncio.run(engine_run(count, options, pairs=pairs, folder=folder))
        after = bare(count, options)
    expected = [TONES[1], TONES[0]] if pairs else [PROMPT_TONE, PROMPT_TONE]
    if any(abs(each - wanted) > 20 for each, wanted in zip(heard, expected, strict=True)):
        raise SystemExit(f"the probes heard {heard} and not {expected}: void")
    cost = 1000 * report.cpu_seconds / report.wall_seconds / count
    baseline = (before[0] + after[0]) / 2
    say(
        f"{name}: {count} legs, {100 * report.cpu_seconds / report.wall_seconds:.1f} % of a core, mean tick "
        f"{report.mean_work_ms} ms, longest {report.worst_work_ms} ms, late {report.late_under_ms}, skipped {report.skipped}"
    )
    claim(f"media.{name}.cpu_per_leg", 1000 * cost, "us CPU/s", baseline=1000 * baseline, n=count, seed=options.seed)
    lateness = max(before[1], after[1])
    claim(f"media.{name}.worst_late", report.worst_late_ms, "ms", baseline=lateness, n=report.ticks, seed=options.seed)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.hotline_media", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8, help="of each measurement")
    parser.add_argument("--menu", type=int, default=300, help="legs in the menu")
    parser.add_argument("--pairs", type=int, default=200, help="recorded conversations of two legs")
    parser.add_argument("--grow", action="store_true", help="a tenth of that as well")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    options = read_options()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard) if soft < 8192 else (soft, hard))
    say(f"seed {options.seed}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {options.seconds} s each")
    shapes: list[tuple[str, int, dict[str, Any]]] = [
        ("menu", options.menu, {"pairs": False}),
        ("pairs", 2 * options.pairs, {"pairs": True}),
    ]
    for name, count, shape in shapes:
        for size in (max(2, count // 20 * 2), count) if options.grow else (count,):
            measure(f"{name}.n{size}", size, options, **shape)


if __name__ == "__main__":
    sys.exit(main())
