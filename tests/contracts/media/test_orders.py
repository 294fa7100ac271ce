"""Orders to the engine: safe to repeat, refused by name, and answered whatever happens."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from pathlib import Path

import pytest

from tests.contracts.media.peers import Peer, stage, write_tone
from walletdesk.adapters.telephony.media import words
from walletdesk.adapters.telephony.media.client import MediaEngine, MediaRefused
from walletdesk.adapters.telephony.media.packets import Heard, parse_rtcp, report_of
from walletdesk.adapters.telephony.media.words import EngineSettings


async def refusal(order) -> str:
    with pytest.raises(MediaRefused) as refused:
        await order
    return refused.value.code


def test_what_cannot_be_done_is_refused_by_name(tmp_path: Path) -> None:
    stereo = tmp_path / "noise.wav"
    stereo.write_bytes(b"RIFF nonsense")

    async def story() -> None:
        async with stage() as here:
            engine = here.engine
            await engine.open_leg("a")
            assert await refusal(engine.set_remote("b", "127.0.0.1", 4000)) == "leg_unknown"
            assert await refusal(engine.play("b", "p", (stereo,))) == "leg_unknown"
            assert await refusal(engine.bridge("talk", ("a", "b"))) == "leg_unknown"
            assert await refusal(engine.listen("talk", "a")) == "bridge_unknown"
            assert await refusal(engine.say_into_bridge("talk", ())) == "bridge_unknown"
            assert await refusal(engine.record("r", "talk", stereo, left="a", right="a")) == "bridge_unknown"
            assert await refusal(engine.pause_recording("r", on=True)) == "recording_unknown"
            assert await refusal(engine.play("a", "p", (stereo,))) == "bad_sound"
            assert await refusal(engine.play("a", "p", (tmp_path / "nowhere.wav",))) == "bad_sound"
            assert await refusal(engine.set_remote("a", "phone.example", 4000)) == "bad_order"
            assert await refusal(engine.set_remote("a", "127.0.0.1", 70000)) == "bad_order"
            assert await refusal(engine.set_remote("a", "127.0.0.1", 4000, ptime=25)) == "bad_order"
            assert await refusal(engine.send_digits("a", "12x")) == "bad_order"
            assert await refusal(engine.report_digit("a", "+", "info")) == "bad_order"
            assert await refusal(engine.bridge("talk", ())) == "bad_order"

    asyncio.run(story())


def test_what_is_gone_may_be_ended_again() -> None:
    async def story() -> None:
        async with stage() as here:
            engine = here.engine
            first = await engine.open_leg("a")
            assert await engine.open_leg("a") == first
            assert first[1] % 2 == 0
            await engine.close_leg("a")
            assert await engine.close_leg("a") is None
            await engine.stop_play("a")
            await engine.hold("a", on=True)
            await engine.mute("a", on=True)
            await engine.unbridge("talk")
            await engine.stop_recording("r")
            await engine.start()

    asyncio.run(story())


def test_ports_are_given_in_pairs_passing_over_those_in_use_until_none_is_left() -> None:
    async def story() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.1", 0))
            base = taken.getsockname()[1] & ~1
            engine = MediaEngine(EngineSettings(first_port=base - 2, last_port=base + 3))
            await engine.start()
            try:
                ports = {(await engine.open_leg(name))[1] for name in "ab"}
                assert ports == {base - 2, base + 2}
                assert await refusal(engine.open_leg("c")) == "busy"
                await engine.close_leg("a")
                await engine.open_leg("c")
            finally:
                await engine.stop()

    asyncio.run(story())


def test_a_play_is_told_of_once_however_it_ends(tmp_path: Path) -> None:
    sound = write_tone(tmp_path / "s.wav", 500, 0.1)

    async def story() -> None:
        async with stage() as here:
            engine = here.engine
            await here.join(Peer("a", 0))
            await asyncio.gather(
                engine.play("a", "1", (sound,)), engine.play("a", "2", (sound,)), engine.play("a", "3", (sound,))
            )
            await here.until(words.PlayDone, 3)
            await engine.play("a", "nothing", ())
            await engine.play("a", "4", (sound,), loop=True)
            await engine.close_leg("a")
            done = await here.until(words.PlayDone, 5)
            assert [(each.play, each.finished) for each in done] == [
                ("1", False),
                ("2", False),
                ("3", True),
                ("nothing", True),
                ("4", False),
            ]

    asyncio.run(story())


def test_reports_go_both_ways() -> None:
    """Ours says what we miss; theirs tells us what they miss and how long the way is."""

    async def story() -> None:
        async with stage(report_seconds=1) as here:
            a = await here.join(
                Peer("a", 440, mangle=lambda number, packet: [] if number % 10 == 0 else [(0.0, packet)])
            )
            loop = asyncio.get_running_loop()
            async with asyncio.timeout(10):
                while True:
                    (ours, *_) = parse_rtcp(await loop.sock_recv(a.reports, 2000))
                    if ours.blocks and ours.blocks[0].lost >= 3:
                        break
            assert (ours.blocks[0].about, ours.ntp_middle > 0) == (a.source, True)
            assert 0.02 < ours.blocks[0].fraction_lost < 0.3
            theirs = Heard(ours.source, 0.1, 12, 99, 80, ours.ntp_middle, 0)
            packet = report_of(a.source, 1e9, 0, 0, 0, theirs, b"peer")
            await loop.sock_sendto(a.reports, packet, (a.engine[0], a.engine[1] + 1))
            async with asyncio.timeout(10):
                while (stats := (await here.until(words.LegStats))[-1]).delay_ms is None:
                    here.told.clear()
            assert (stats.remote_lost, stats.remote_jitter_ms) == (12, 10.0)
            assert 0 <= stats.delay_ms < 10_000, "in milliseconds, however busy the machine is"

    asyncio.run(story())


def test_an_engine_that_hangs_is_ended_and_told_of() -> None:
    async def story() -> None:
        async with stage() as here:
            await here.engine.open_leg("a")
            assert here.engine.pid
            os.kill(here.engine.pid, signal.SIGSTOP)
            (down,) = await here.until(words.EngineDown)
            assert down.reason == "exit -9"

    asyncio.run(story())


def test_the_engine_says_how_punctual_it_is() -> None:
    async def story() -> None:
        async with stage() as here:
            a = await here.join(Peer("a", 440))
            await here.engine.ticks()
            await a.hear(1)
            report = await here.engine.ticks()
            assert report.ticks >= 45
            assert sum(report.late_under_ms.values()) == report.ticks
            assert report.legs == 1
            assert 0 < report.cpu_seconds < report.wall_seconds

    asyncio.run(story())
