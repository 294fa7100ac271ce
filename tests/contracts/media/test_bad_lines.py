"""Loss, disorder, jitter, jumps and strangers: what a line does, and what an attacker tries (V05)."""

from __future__ import annotations

import asyncio
import socket

import pytest

from tests.contracts.media.peers import Peer, energy_of, frequency_of, jittery, level_of, lossy, stage
from walletdesk.adapters.telephony.media import words
from walletdesk.adapters.telephony.media.packets import rtp_header


@pytest.mark.parametrize(("share", "least"), [(0.01, 7000), (0.05, 6000), (0.10, 4500)])
def test_a_tone_survives_loss_and_the_loss_is_counted(share: float, least: int) -> None:
    async def story() -> None:
        async with stage() as here:
            a = await here.join(Peer("a", 440, mangle=lossy(share, seed=11)))
            b = await here.join(Peer("b", 0))
            await here.engine.bridge("talk", ("a", "b"))
            await b.hears(lambda sound: level_of(sound, 440) > 6000)
            await b.hears(lambda sound: abs(frequency_of(sound) - 440) < 3 and level_of(sound, 440) > least, seconds=3)
            stats = await here.engine.close_leg("a")
            assert stats
            dropped = a._count - stats.received
            assert abs(stats.lost - dropped) <= 3  # the newest may be under way
            assert 0.2 * share < stats.lost / a._count < 3 * share + 0.02

    asyncio.run(story())


@pytest.mark.parametrize(
    ("most", "least"), [(0.06, 6500), (0.2, 2500)], ids=["60ms and disorder", "200ms and disorder"]
)
def test_a_tone_survives_jitter(most: float, least: int) -> None:
    """Each packet is late by its own lot; beyond 120 ms the buffer gives up packets, not the tone."""

    async def story() -> None:
        async with stage() as here:
            await here.join(Peer("a", 500, mangle=jittery(most, seed=5)))
            b = await here.join(Peer("b", 0))
            await here.engine.bridge("talk", ("a", "b"))
            await b.hears(lambda sound: level_of(sound, 500) > 2000)
            await b.hear(1)  # the delay grows first
            await b.hears(lambda sound: abs(frequency_of(sound) - 500) < 5 and level_of(sound, 500) > least, seconds=3)
            stats = await here.engine.close_leg("a")
            assert stats
            assert stats.jitter_ms > 5

    asyncio.run(story())


def test_every_press_is_told_once_though_packets_are_lost() -> None:
    """Ends lost, beginnings lost, all but one lost: told once each, in order."""

    async def story() -> None:
        losses = [
            lambda number, ended: ended,
            lambda number, ended: not ended,
            lambda number, ended: number != 2,
            lambda number, ended: number % 2 == 0,
            lambda number, ended: False,
        ]
        async with stage() as here:
            a = await here.join(Peer("a", 440))
            await here.until(words.SoundRuns)
            for key, lose in zip("11234", losses, strict=True):
                await a.press(key, lose=lose)
                await a.hear(0.2)
            told = await here.until(words.Digit, 5)
            assert "".join(each.digit for each in told) == "11234"
            await here.engine.report_digit("a", "4", "info", 100)
            await here.engine.report_digit("a", "9", "page")
            told = await here.until(words.Digit, 6)
            assert [(each.digit, each.source) for each in told[4:]] == [("4", "event"), ("9", "page")]

    asyncio.run(story())


def test_a_new_stream_and_a_jump_in_time_are_followed() -> None:
    async def story() -> None:
        async with stage() as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 0))
            await here.engine.bridge("talk", ("a", "b"))
            await b.hears(lambda sound: level_of(sound, 440) > 6000)
            a.source, a.stamp, a.sequence, a.frequency = 0x9999, 77, 3, 800
            await b.hears(lambda sound: level_of(sound, 800) > 6000)
            a.stamp, a.frequency = 2**31 + 5, 1200
            await b.hears(lambda sound: level_of(sound, 1200) > 6000)
            stats = await here.engine.close_leg("a")
            assert stats
            assert stats.lost <= 1

    asyncio.run(story())


def test_once_somebody_is_believed_a_stranger_is_neither_heard_nor_sent_to() -> None:
    async def story() -> None:
        async with stage() as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 0))
            await here.engine.bridge("talk", ("a", "b"))
            await b.hears(lambda sound: level_of(sound, 440) > 6000)
            thief = Peer("thief", 1300, source=a.source)
            thief.engine = a.engine
            running = asyncio.create_task(thief.run())
            heard = await b.hear(1)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            thief.close()
            assert level_of(heard, 1300) < 100
            assert not thief.packets
            await b.hears(lambda sound: level_of(sound, 440) > 6000)
            stats = await here.engine.close_leg("a")
            assert stats
            assert stats.strangers > 20

    asyncio.run(story())


@pytest.mark.parametrize(("latch", "believed"), [("host", True), ("never", False)])
def test_before_anybody_is_believed_only_a_steady_stream_is(latch: str, believed: bool) -> None:
    """A telephone behind a translator of ports sends from another one than it said."""

    async def story() -> None:
        async with stage() as here:
            moved = await here.join(Peer("a", 440), signalled=("127.0.0.1", 9), latch=latch)
            b = await here.join(Peer("b", 1000))
            await here.engine.bridge("talk", ("a", "b"))
            if believed:
                await b.hears(lambda sound: level_of(sound, 440) > 6000)
                await moved.hears(lambda sound: level_of(sound, 1000) > 6000)
            else:
                assert energy_of(await b.hear(1)) < 20
                assert not moved.packets

    asyncio.run(story())


def test_single_packets_from_everywhere_are_not_believed() -> None:
    async def story() -> None:
        async with stage() as here:
            address = await here.engine.open_leg("a")
            await here.engine.set_remote("a", "127.0.0.1", 9, latch="any")
            for number in range(40):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as spray:
                    spray.sendto(rtp_header(0, number, number * 160, 5) + bytes(160), address)
            async with asyncio.timeout(10):
                while not (stats := (await here.until(words.LegStats))[-1]).strangers >= 40:
                    here.told.clear()
            assert stats.received == 0

    asyncio.run(story())


def test_noise_on_the_port_changes_nothing() -> None:
    async def story() -> None:
        async with stage() as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 0))
            await here.engine.bridge("talk", ("a", "b"))
            await b.hears(lambda sound: level_of(sound, 440) > 6000)
            for noise in (
                b"",
                b"\x80",
                bytes(12),
                b"\x9f" + bytes(400),
                b"\xbf" + b"\xff" * 1400,
                b"\x81\xc8" + bytes(9),
            ):
                a.socket.sendto(noise, a.engine)
                a.socket.sendto(noise, (a.engine[0], a.engine[1] + 1))
            a.send(0, a.stamp, b"x" * 481)
            a.send(77, a.stamp, b"x" * 160)
            await b.hears(lambda sound: level_of(sound, 440) > 6000, seconds=1)

    asyncio.run(story())


def test_silence_is_told_once_unless_held_and_told_again_after_sound() -> None:
    async def story() -> None:
        async with stage(silence_seconds=0.5) as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 440))
            await here.engine.set_direction("b", they_send=False)
            await here.until(words.SoundRuns, 2)
            a.sending = b.sending = False
            (lost,) = await here.until(words.MediaLost)
            assert lost.leg == "a"
            a.sending = True
            await a.hear(2)
            a.sending = False
            told = await here.until(words.MediaLost, 2)
            assert [each.leg for each in told] == ["a", "a"]

    asyncio.run(story())
