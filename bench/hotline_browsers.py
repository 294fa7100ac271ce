"""What a browser's call costs whatever carries it, aiortc or Janus: telephones talk with browsers on the same machine.

    python -m bench.hotline_browsers [--aiortc 15] [--janus 60] [--pages 3] [--seconds 10] [--seed 7]

That many telephones, plain RTP from one generator process, each talk with one browser leg: bridged, recorded on two
channels, a tone either way. The first browsers are Chromium pages, the others stand-ins (``browser_standins``: the same
ICE, DTLS-SRTP and sound, without a browser's own cost, which on two cores would be all that is measured). Counted are
the legs whose far end hears its telephone's tone when it is asked at the end, and the two telephones that are listened
to; the CPU of each kind of process, user and system, from ``/proc``, so that who calls is told apart from what carries;
how late the media engine's ticks were; and what others did on this machine meanwhile. The baseline of a leg's cost is
what the media engine itself spends in the same seconds.

Values: legs that hear; CPU milliseconds a second and a leg; the worst lateness of a tick in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.factories.browser_call import Booth, Window, phone_booth, started_browsers

from bench.browser_standins import Standin, Standins, standins
from bench.claims import claim, say
from bench.hotline_media import TONES, Telephones
from walletdesk.adapters.telephony.media.words import TickReport
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserSettings
from walletdesk.service.hotline.ports import CallAnswered, CallOffered

Far = Window | Standin
MICROPHONE = 620.0
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
AT_ONCE = 3
CARRIERS = {
    "aiortc": BrowserSettings(legs=80),
    "janus": BrowserSettings(janus="janus", legs=80),
}
# Kind of process → words of its command line; the first that fits. Ours first, then those that stand for callers.
KINDS = {
    "aiortc": "webrtc.legs_process",
    "janus": "janus -F",
    "engine": "telephony.media",
    "standins": "browser_standins",
    "chromium": "chromium",
    "driver": "playwright",
    "telephones": "",
}


@dataclass(frozen=True)
class Spent:
    """CPU seconds until now: by kind of our descendants, of this process, and of the whole machine."""

    kinds: dict[str, float]
    here: float
    machine: float

    @classmethod
    def now(cls) -> Spent:
        kinds = dict.fromkeys(KINDS, 0.0)
        for process, line in descendants().items():
            kind = next(kind for kind, words in KINDS.items() if words in line)
            kinds[kind] += cpu_seconds(process)
        busy = [int(field) for field in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        return cls(kinds, cpu_seconds(os.getpid()), (sum(busy) - busy[3] - busy[4]) / TICKS_A_SECOND)

    def since(self, before: Spent) -> Spent:
        kinds = {kind: spent - before.kinds[kind] for kind, spent in self.kinds.items()}
        return Spent(kinds, self.here - before.here, self.machine - before.machine)


def descendants() -> dict[int, str]:
    """Our own children and theirs: process → command line."""
    parents, lines = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            lines[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])

    def ours(process: int) -> bool:
        while process > 1:
            process = parents.get(process, 0)
            if process == os.getpid():
                return True
        return False

    return {process: line for process, line in lines.items() if ours(process)}


def cpu_seconds(process: int) -> float:
    """User and system time; a process that is gone counts as nothing."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


async def talk(booth: Booth, number: int, far: Far, folder: Path) -> None:
    """One browser leg, up, bridged with its telephone and recorded."""
    await far.call()
    offered = await booth.event(CallOffered, token=str(number))
    await booth.legs.answer(offered.leg)
    await booth.event(CallAnswered, leg=offered.leg)
    await far.up()
    bridge, phone = f"talk-{number}", f"phone-{number}"
    await booth.engine.bridge(bridge, (offered.leg, phone))
    await booth.engine.record(bridge, bridge, folder / f"{number}.wav", left=offered.leg, right=phone)


async def telephones(booth: Booth, count: int, seed: int) -> Telephones:
    """So many of them, off the hook, none joined to anybody yet."""
    names = [f"phone-{number}" for number in range(count)]
    phones = Telephones([await booth.engine.open_leg(name) for name in names], seed)
    for number, name in enumerate(names):
        await booth.engine.set_remote(name, "127.0.0.1", phones.ports[number + 1 if number < 2 else 0])
    phones.call()
    return phones


async def callers(booth: Booth, some: Standins, count: int, pages: int) -> list[Far]:
    """At the seats ``caller:0`` and on: so many pages first, stand-ins then."""
    seats = [f"caller:{number}" for number in range(count)]
    browser = await booth.browsers.of(MICROPHONE) if pages else None
    real: list[Far] = [booth.telephone(seat, await booth.page(browser)) for seat in seats[:pages]]
    return real + [some.caller(seat) for seat in seats[pages:]]


async def measured(name: str, count: int, options: argparse.Namespace, folder: Path) -> None:
    async with (
        started_browsers(folder) as browsers,
        phone_booth(browsers, CARRIERS[name]) as booth,
        standins(booth, MICROPHONE) as some,
    ):
        phones = await telephones(booth, count, options.seed)
        far = await callers(booth, some, count, options.pages)
        for first in range(0, count, AT_ONCE):
            numbers = range(first, min(count, first + AT_ONCE))
            await asyncio.gather(*(talk(booth, number, far[number], folder) for number in numbers))
        before = Spent.now()
        await booth.engine.ticks()
        await asyncio.sleep(options.seconds)
        report, used = await booth.engine.ticks(), Spent.now().since(before)
        heard = [await one.heard() for one in far]
        probes = phones.hang_up()
    hearing = sum(abs(one["hertz"] - TONES[n % 2]) < 15 and one["loud"] > 0.05 for n, one in enumerate(heard))
    if any(abs(each - MICROPHONE) > 15 for each in probes[:count]):
        raise SystemExit(f"the telephones heard {probes} and not {MICROPHONE}: void")
    tell(name, count, hearing, report, used, options)


def tell(name: str, count: int, hearing: int, report: TickReport, used: Spent, options: argparse.Namespace) -> None:
    """The claims, and for people where the CPU went."""
    shares = {kind: round(100 * spent / options.seconds) for kind, spent in used.kinds.items() if spent}
    rest = used.machine - sum(used.kinds.values()) - used.here
    say(
        f"{name}: {count} calls, {hearing} hear; % of a core: {shares}, BrowserLegs and this bench "
        f"{100 * used.here / options.seconds:.0f}, others' work on this machine {100 * rest / options.seconds:.0f}; "
        f"late {report.late_under_ms}, skipped {report.skipped}, mean tick {report.mean_work_ms} ms"
    )
    per_leg = 1000 * used.kinds[name] / options.seconds / count
    engine = 1000 * report.cpu_seconds / report.wall_seconds / count
    claim(f"browsers.{name}.hearing", hearing, "legs", baseline=count, n=count, seed=options.seed)
    claim(f"browsers.{name}.cpu_per_leg", per_leg, "ms CPU/s", baseline=engine, n=count, seed=options.seed)
    claim(f"browsers.{name}.worst_late", report.worst_late_ms, "ms", baseline=20.0, n=report.ticks, seed=options.seed)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.hotline_browsers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--aiortc", type=int, default=15, help="calls carried by aiortc")
    parser.add_argument("--janus", type=int, default=60, help="calls carried by Janus")
    parser.add_argument("--pages", type=int, default=3, help="how many of them are Chromium pages")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {options.seconds} s each")
    for name, count in (("aiortc", options.aiortc), ("janus", options.janus)):
        if name == "janus" and not shutil.which("janus"):
            say("janus: not run, it is not installed")
        elif count:
            with tempfile.TemporaryDirectory() as place:
                asyncio.run(measured(name, count, options, Path(place)))


if __name__ == "__main__":
    sys.exit(main())
