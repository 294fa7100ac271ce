"""Who hears whom, proved by tones: bridges, codecs, packet lengths, holds, mutes, listeners, plays."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.contracts.media.peers import Peer, energy_of, frequency_of, level_of, stage, write_tone
from walletdesk.adapters.telephony.media import words

LOUD, QUIET = 6000, 150


def hears(frequency: float, *, not_also: float = 0.0):
    return lambda sound: level_of(sound, frequency) > LOUD and (not not_also or level_of(sound, not_also) < QUIET)


def silent(sound) -> bool:
    return energy_of(sound) < 20


@pytest.mark.parametrize(
    ("codec", "number", "event", "ptime", "pad"),
    [
        ("PCMU", 0, 101, 20, False),
        ("PCMA", 8, 96, 20, False),
        ("PCMU", 0, 126, 10, False),
        ("PCMA", 97, 100, 30, False),
        ("PCMU", 0, 101, 40, False),
        ("PCMU", 0, 101, 20, True),
    ],
    ids=["mu-law", "a-law", "10ms", "30ms, its own number", "40ms", "padded and extended"],
)
def test_two_hear_each_other_in_any_dress(codec: str, number: int, event: int, ptime: int, pad: bool) -> None:
    async def story() -> None:
        async with stage() as here:
            dressed = Peer("a", 440, codec, number, event, ptime, pad=pad, sequence=65500, stamp=2**32 - 4000)
            a, b = await here.join(dressed), await here.join(Peer("b", 1000))
            await here.engine.bridge("talk", ("a", "b"))
            at_b = await b.hears(hears(440, not_also=1000))
            at_a = await a.hears(hears(1000, not_also=440))
            assert (round(frequency_of(at_b), -1), round(frequency_of(at_a), -1)) == (440, 1000)
            assert {size for *_, size in a.packets} == {ptime * 8}
            steps = [(two[0] - one[0], two[1] - one[1]) for one, two in zip(a.packets, a.packets[1:], strict=False)]
            assert {(number % 65536, stamp % 2**32) for number, stamp in steps} == {(1, ptime * 8)}
            await a.press("7")
            (digit,) = await here.until(words.Digit)
            assert digit == words.Digit("a", "7", "event", 100)

    asyncio.run(story())


def test_three_hear_the_two_others_and_nobody_else() -> None:
    async def story() -> None:
        async with stage() as here:
            a, b, c = [await here.join(Peer(name, tone)) for name, tone in (("a", 400), ("b", 700), ("c", 1100))]
            await here.engine.bridge("talk", ("a", "b", "c"))
            for peer, others in ((a, (700, 1100)), (b, (400, 1100)), (c, (400, 700))):
                heard = await peer.hears(
                    lambda sound, others=others: all(level_of(sound, each) > LOUD for each in others)
                )
                assert level_of(heard, peer.frequency) < QUIET
            await here.engine.bridge("talk", ("a", "c"))
            await b.hears(silent)
            await a.hears(hears(1100, not_also=700))
            await here.engine.unbridge("talk")
            await a.hears(silent)
            await here.engine.unbridge("talk")

    asyncio.run(story())


def test_hold_mute_and_secret() -> None:
    async def story() -> None:
        async with stage() as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 1000))
            engine = here.engine
            await engine.bridge("talk", ("a", "b"))
            await b.hears(hears(440))
            await engine.mute("a", on=True)
            await b.hears(silent)
            await a.hears(hears(1000))
            await engine.mute("a", on=False)
            await b.hears(hears(440))
            await engine.hold("a", on=True)
            await b.hears(silent)
            await a.hears(lambda sound: level_of(sound, 1000) < QUIET and level_of(sound, 330) > 50)  # music
            await engine.hold("a", on=False)
            await a.hears(hears(1000))
            await engine.collect("a", secret=True)
            await b.hears(silent)
            await a.hears(hears(1000))
            await engine.collect("a", secret=False)
            await b.hears(hears(440))

    asyncio.run(story())


def test_a_listener_is_not_heard_and_a_whisper_reaches_one() -> None:
    async def story() -> None:
        async with stage() as here:
            a, b, c = [await here.join(Peer(name, tone)) for name, tone in (("a", 400), ("b", 700), ("c", 1100))]
            await here.engine.bridge("talk", ("a", "b"))
            await here.engine.listen("talk", "c")
            await c.hears(lambda sound: level_of(sound, 400) > LOUD and level_of(sound, 700) > LOUD)
            await a.hears(hears(700, not_also=1100))
            await here.engine.listen("talk", "c", whisper_to="b")
            await b.hears(lambda sound: level_of(sound, 400) > LOUD and level_of(sound, 1100) > LOUD)
            await a.hears(hears(700, not_also=1100))

    asyncio.run(story())


def test_a_play_runs_to_its_end_and_a_key_stops_it(tmp_path: Path) -> None:
    first, second = write_tone(tmp_path / "first.wav", 600, 0.4), write_tone(tmp_path / "second.wav", 900, 0.4)

    async def story() -> None:
        async with stage() as here:
            a = await here.join(Peer("a", 0))
            await a.hears(silent)
            await here.engine.play("a", "menu", (first, second))
            await a.hears(hears(600))
            await a.hears(hears(900, not_also=600))
            assert await here.until(words.PlayDone) == [words.PlayDone("a", "menu", True)]
            await here.engine.play("a", "music", (first,), loop=True)
            for _ in range(3):
                await a.hears(hears(600))
            await a.press("1")
            assert (await here.until(words.PlayDone, 2))[1] == words.PlayDone("a", "music", False)
            await a.hears(silent)
            await here.engine.play("a", "deaf", (first,), loop=True, barge_in=False)
            await a.press("2")
            await here.until(words.Digit, 2)
            await a.hears(hears(600))
            await here.engine.play("a", "next", (second,))
            await a.hears(hears(900))
            done = await here.until(words.PlayDone, 4)
            assert [(each.play, each.finished) for each in done[2:]] == [("deaf", False), ("next", True)]

    asyncio.run(story())


def test_a_key_silences_the_play_within_ten_packets(tmp_path: Path) -> None:
    """200 ms, counted in the stream that arrives rather than on a clock: from the key's first packet to silence."""
    sound = write_tone(tmp_path / "long.wav", 600, 5)

    async def story() -> None:
        async with stage() as here:
            a = await here.join(Peer("a", 0))
            await here.engine.play("a", "long", (sound,))
            await a.hears(hears(600))
            a.heard.clear()
            await a.press("4")
            assert await here.until(words.PlayDone) == [words.PlayDone("a", "long", False)]
            async with asyncio.timeout(10):
                while not a.heard or energy_of(a.heard[-1]) > 20:
                    await a.next_packet()
            assert sum(energy_of(packet) > 20 for packet in a.heard) <= 10

    asyncio.run(story())


def test_an_announcement_is_heard_by_all_over_what_they_say(tmp_path: Path) -> None:
    sound = write_tone(tmp_path / "announcement.wav", 1500, 0.6)

    async def story() -> None:
        async with stage() as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 1000))
            await here.engine.bridge("talk", ("a", "b"))
            await here.engine.say_into_bridge("talk", (sound,))
            both = await asyncio.gather(
                a.hears(lambda heard: level_of(heard, 1500) > 2000), b.hears(lambda heard: level_of(heard, 1500) > 2000)
            )
            assert level_of(both[0], 1000) > 2000
            await a.hears(hears(1000, not_also=1500))

    asyncio.run(story())


def test_we_key_digits_as_events_or_as_tones() -> None:
    async def story() -> None:
        async with stage() as here:
            a = await here.join(Peer("a", 0, event_type=96))
            await here.engine.send_digits("a", "1#")
            async with asyncio.timeout(10):
                while len([1 for *_, payload, _ in a.events if payload[1] & 0x80]) < 6:
                    await a.hear(0.05)
            assert [payload[0] for *_, payload, _ in a.events] == [1] * 7 + [11] * 7
            assert [marker for *_, marker in a.events] == ([True] + [False] * 6) * 2
            assert len({stamp for _, stamp, *_ in a.events}) == 2
            await here.engine.set_remote("a", "127.0.0.1", a.port, event_payload_type=None)
            await here.engine.send_digits("a", "5555")
            heard = await a.hears(lambda sound: level_of(sound, 770) > 1500)
            assert level_of(heard, 1336) > 1500

    asyncio.run(story())


def test_a_key_of_a_telephone_without_events_is_heard_as_a_tone_and_told_once() -> None:
    async def story() -> None:
        async with stage() as here:
            keyed, b = await here.join(Peer("a", 0)), await here.join(Peer("b", 0))
            await here.engine.set_remote("a", "127.0.0.1", keyed.port, event_payload_type=None)
            await here.engine.bridge("talk", ("a", "b"))
            keyed.chord = (770, 1336)
            (digit,) = await here.until(words.Digit)
            assert (digit.digit, digit.source) == ("5", "inband")
            await here.engine.report_digit("a", "5", "info", 100)
            await b.hears(silent)
            keyed.chord = ()
            await b.hear(0.3)
            keyed.chord = (941, 1477)
            told = await here.until(words.Digit, 2)
            assert [each.digit for each in told] == ["5", "#"]

    asyncio.run(story())
