"""What a browser's call costs whatever carries it, aiortc or Janus, with real Chromium pages on the same machine.

    python -m bench.hotline_browsers [--aiortc 15] [--janus 60] [--seconds 10] [--seed 7]

That many pages call, are answered, and hear a looped prompt while they send a tone. Counted are the pages that hear the
prompt at the end (each is asked), the CPU of the carrier's process (user and system, from ``/proc``), and how late the
media engine's ticks were. The baseline of a leg's cost is what the media engine itself spends on it in the same seconds.
Chromium runs on the same cores: what it uses is printed, for the pages of callers are not ours to pay for.

Values: pages that hear; CPU milliseconds a second and a leg; the worst lateness of a tick in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.factories.browser_call import Booth, Window, phone_booth, write_tone

from bench.claims import claim, say
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserSettings
from walletdesk.service.hotline.ports import CallAnswered, CallOffered

MICROPHONE, PROMPT = 440.0, 1000.0
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
AT_ONCE = 3
CARRIERS = {
    "aiortc": ("webrtc.legs_process", BrowserSettings(legs=80)),
    "janus": ("janus", BrowserSettings(janus="janus", legs=80)),
}


def processes(words: str) -> list[int]:
    """Our descendants whose command line holds these words."""
    parents, lines = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            lines[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])

    def ours(process: int) -> bool:
        while process > 1:
            process = parents.get(process, 0)
            if process == os.getpid():
                return True
        return False

    return [process for process, line in lines.items() if words in line and ours(process)]


def cpu_seconds(these: list[int]) -> float:
    """User and system time of these processes; one that is gone counts as nothing."""
    total = 0
    for process in these:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS_A_SECOND


async def call(booth: Booth, number: int, browser: object, prompt: Path) -> Window:
    """One page, up and hearing the prompt."""
    seat = f"caller:{number}"
    window = await booth.window(seat, MICROPHONE, browser)
    await window.call()
    offered = await booth.event(CallOffered, token=str(number))
    await booth.legs.answer(offered.leg)
    await booth.event(CallAnswered, leg=offered.leg)
    await window.up()
    await booth.engine.play(offered.leg, f"prompt-{number}", (prompt,), loop=True, barge_in=False)
    return window


async def measured(name: str, count: int, seconds: float, seed: int, folder: Path) -> None:
    words, settings = CARRIERS[name]
    prompt = write_tone(folder / "prompt.wav", PROMPT, rate=8_000, seconds=4)
    async with phone_booth(folder, settings) as booth:
        browser = await booth.browser(MICROPHONE)
        windows: list[Window] = []
        for first in range(0, count, AT_ONCE):
            some = range(first, min(count, first + AT_ONCE))
            windows += await asyncio.gather(*(call(booth, number, browser, prompt) for number in some))
        carrier, chromium = processes(words), processes("chromium")
        if not carrier:
            raise SystemExit(f"no process of {name} was found")
        before, pages_before = cpu_seconds(carrier), cpu_seconds(chromium)
        await booth.engine.ticks()
        await asyncio.sleep(seconds)
        report = await booth.engine.ticks()
        used, pages = cpu_seconds(carrier) - before, cpu_seconds(chromium) - pages_before
        hearing = 0
        for window in windows:
            heard = await window.page.evaluate("heard()")
            hearing += abs(heard["hertz"] - PROMPT) < 15 and heard["loud"] > 0.05
    per_leg, engine = 1000 * used / seconds / count, 1000 * report.cpu_seconds / report.wall_seconds / count
    say(
        f"{name}: {count} pages, {hearing} hear; carrier {100 * used / seconds:.0f} % of a core, Chromium "
        f"{100 * pages / seconds:.0f} %, late {report.late_under_ms}, skipped {report.skipped}"
    )
    claim(f"browsers.{name}.hearing", hearing, "pages", baseline=count, n=count, seed=seed)
    claim(f"browsers.{name}.cpu_per_leg", per_leg, "ms CPU/s", baseline=engine, n=count, seed=seed)
    claim(f"browsers.{name}.worst_late", report.worst_late_ms, "ms", baseline=20.0, n=report.ticks, seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.hotline_browsers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--aiortc", type=int, default=15, help="pages carried by aiortc")
    parser.add_argument("--janus", type=int, default=60, help="pages carried by Janus")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {options.seconds} s each")
    for name, count in (("aiortc", options.aiortc), ("janus", options.janus)):
        if name == "janus" and not shutil.which("janus"):
            say("janus: not run, it is not installed")
        elif count:
            with tempfile.TemporaryDirectory() as place:
                asyncio.run(measured(name, count, options.seconds, options.seed, Path(place)))


if __name__ == "__main__":
    sys.exit(main())
