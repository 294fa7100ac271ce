"""Callers in a menu: from INVITE to 200, digits received of those sent, and what a call costs, beside a quiet house.

    python -m bench.hotline [--callers 100] [--rate 20] [--hold 15] [--seed 7]

sipp calls, listens to a looped prompt, keys five digits (RFC 4733) and hangs up. The gateway runs as in the product: this
process with sippy's thread, and the media engine in its own. The baseline of the answer time is one caller alone before
the crowd; of the digits, those sent; of the cost, one call's share of the machine at the crowd's size by the engine alone.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import tempfile
import time
from pathlib import Path

from tests.contracts.telephones import Desk, desk, sipp, write_tone

from bench.claims import claim, say
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings
from walletdesk.service.hotline.rules.gateway_words import CallEnded, CallOffered, Digit

KEYED = 5
OPEN = PorterRules(numbers=("hotline",), calls_a_second=1000, calls_at_once=1000, most_calls=2000)


async def take(one: Desk, leg: str, prompt: Path) -> None:
    await one.gateway.answer(leg)
    await one.gateway.play(leg, "menu", (prompt,), loop=True, barge_in=False)


async def host(one: Desk, prompt: Path, peak: list[int]) -> None:
    """Answer whoever calls, and play to them until they go."""
    seen, up = 0, set()
    calls: set[asyncio.Task[None]] = set()
    while True:
        for event in one.told[seen:]:
            seen += 1
            if isinstance(event, CallOffered):
                calls.add(asyncio.create_task(take(one, event.leg, prompt)))
                up.add(event.leg)
            elif isinstance(event, CallEnded):
                up.discard(event.leg)
        peak[0] = max(peak[0], len(up))
        await asyncio.sleep(0.005)


async def crowd(one: Desk, folder: Path, callers: int, rate: float, hold: int) -> list[float]:
    """So many callers; the milliseconds from each INVITE to its 200."""
    words = ("-r", str(rate), "-l", str(callers), "-d", str(hold * 1000), "-trace_rtt", "-rtt_freq", "1")
    run = folder / f"crowd-{callers}"
    run.mkdir()
    async with sipp(
        "menu_caller", run, one.address, *words, calls=callers, patience=hold + callers / rate + 60
    ) as process:
        await process.succeeds()
    with next(run.glob("*rtt.csv")).open() as file:
        return sorted(float(row["response_time_ms"]) for row in csv.DictReader(file, delimiter=";"))


def p99(times: list[float]) -> float:
    return times[min(len(times) - 1, int(len(times) * 0.99))]


async def run(callers: int, rate: float, hold: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with desk(GatewaySettings(line=LineSettings(port=0, rules=OPEN))) as one:
            peak = [0]
            hosting = asyncio.create_task(host(one, write_tone(folder / "menu.wav", 440, 5), peak))
            alone = await crowd(one, folder, 1, 1, 1)
            before = len([event for event in one.told if isinstance(event, Digit)])
            await one.gateway.engine.ticks()
            begun, cpu = time.monotonic(), time.process_time()
            times = await crowd(one, folder, callers, rate, hold)
            wall, cpu, ticks = time.monotonic() - begun, time.process_time() - cpu, await one.gateway.engine.ticks()
            hosting.cancel()
            keyed = len([event for event in one.told if isinstance(event, Digit)]) - before
            share = callers * (hold + 2) / wall  # calls up on the average
            say(
                f"{peak[0]} callers at once at most, {share:.0f} on the average, {wall:.0f} s; ticks {ticks.late_under_ms}"
            )
            claim("hotline.callers", peak[0], "calls", baseline=callers, n=callers, seed=seed)
            claim("hotline.invite_to_200.p99", p99(times), "ms", baseline=max(p99(alone), 1), n=callers, seed=seed)
            claim("hotline.digits", keyed, "digits", baseline=callers * KEYED, n=callers, seed=seed)
            engine, signalling = ticks.cpu_seconds / wall / share * 10_000, cpu / wall / share * 10_000
            claim("hotline.cpu_of_100_calls", engine + signalling, "% core", baseline=engine, n=callers, seed=seed)


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--callers", type=int, default=100)
    words.add_argument("--rate", type=float, default=20)
    words.add_argument("--hold", type=int, default=15)
    words.add_argument("--seed", type=int, default=7)
    told = words.parse_args()
    asyncio.run(run(told.callers, told.rate, told.hold, told.seed))


if __name__ == "__main__":
    main()
