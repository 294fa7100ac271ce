"""The jitter buffer as a table: packets in at their ticks, frames out. Packet n is n throughout (modulo 300)."""

from __future__ import annotations

import numpy as np
import pytest

from walletdesk.adapters.telephony.media.jitter import CALM_TICKS, FRAME, MOST, STARVED_TICKS, JitterBuffers

Arrivals = dict[int, list[int]]


class Bench:
    """One leg (slot 2 of 4); ``base`` is its first timestamp."""

    def __init__(self, base: int = 7) -> None:
        self.buffers, self.base, self.slot = JitterBuffers(4), base, np.array([2])

    def put(self, number: int, *, length: int = FRAME, shift: int = 0) -> None:
        stamp = np.array([(self.base + number * FRAME + shift) % 2**32], dtype=np.uint32)
        samples = np.full((1, length), 100 * (number % 300 + 1), dtype=np.int16)
        self.buffers.put(self.slot, stamp, samples, np.array([length]))

    def tick(self, numbers: list[int]) -> int | str:
        """What is played: a packet's number, '.' for silence, '~' for something made up."""
        for number in numbers:
            self.put(number)
        frame = self.buffers.read(self.slot)[0]
        last = int(frame[-1])
        if not frame.any():
            return "."
        gap = bool(self.buffers._concealment.gap[2])
        return "~" if gap else last // 100 - 1

    def play(self, arrivals: Arrivals, ticks: int) -> str:
        return " ".join(str(self.tick(arrivals.get(tick, []))) for tick in range(ticks))


def steady(count: int, **changes: list[int]) -> Arrivals:
    return {n: [n] for n in range(count)} | {int(tick[1:]): numbers for tick, numbers in changes.items()}


TABLE: dict[str, tuple[Arrivals, str]] = {
    "nothing ever": ({}, ". . . ."),
    "steady, 40 ms later": (steady(8), ". . 0 1 2 3 4 5"),
    "two change places": (steady(8, t2=[3], t3=[2]), ". . 0 1 2 3 4 5"),
    "one comes twice": (steady(8, t3=[3, 3]), ". . 0 1 2 3 4 5"),
    "one is lost": (steady(8, t3=[]), ". . 0 1 2 ~ 4 5"),
    "two are lost": (steady(9, t3=[], t4=[]), ". . 0 1 2 ~ ~ 4 5".replace("4 5", "5 6")),
    "one comes 40 ms late, in time": (steady(8, t2=[], t4=[4, 2]), ". . 0 1 2 3 4 5"),
    "one comes too late: the leg waits a tick": (steady(10, t2=[], t5=[5, 2]), ". . 0 1 ~ ~ 3 4 5 6"),
    "a stall of 100 ms, then a burst": (
        steady(14, t3=[], t4=[], t5=[], t6=[], t7=[3, 4, 5, 6, 7]),
        ". . 0 1 2 ~ ~ 3 4 5 6 7 8 9",
    ),
}


@pytest.mark.parametrize("base", [0, 7, 2**32 - 3 * FRAME, 2**32 - 2 * FRAME - 11], ids="base{}".format)
@pytest.mark.parametrize("name", TABLE)
def test_what_is_played(name: str, base: int) -> None:
    """Wherever the timestamps begin, also where they wrap within the first packets."""
    arrivals, expected = TABLE[name]
    assert Bench(base).play(arrivals, len(expected.split())) == expected


def test_a_burst_never_stands_more_than_120_ms_ahead() -> None:
    bench = Bench()
    bench.tick([0])
    bench.tick(list(range(1, 20)))
    assert bench.buffers.delay_samples(2) <= MOST


def test_silence_ends_the_stream_and_the_next_packet_begins_it_anew() -> None:
    bench = Bench()
    bench.play(steady(5), 5 + STARVED_TICKS + 3)
    assert not bench.buffers.running[2]
    assert [bench.tick([n]) for n in range(600, 606)] == [".", ".", 0, 1, 2, 3]


def test_a_jump_of_the_timestamps_is_followed() -> None:
    bench = Bench()
    bench.play(steady(10), 10)
    assert [bench.tick([n]) for n in range(9000, 9006)][-2:] == [2, 3]


def test_a_jump_backwards_is_followed_after_half_a_second() -> None:
    bench = Bench()
    for n in range(5100, 5110):
        bench.tick([n])
    heard = [bench.tick([n]) for n in range(100, 140)]
    assert heard[-1] == 137


def test_delay_grows_with_late_packets_and_shrinks_when_they_are_early_again() -> None:
    bench = Bench()
    late = {n: [n - 4] if n >= 4 and n % 2 else [n] for n in range(40)}
    for tick in range(40):
        bench.tick(late[tick])
    grown = bench.buffers.delay_samples(2)
    assert 3 * FRAME <= grown <= MOST
    for n in range(40, 40 + 6 * CALM_TICKS):
        bench.tick([n])
    assert bench.buffers.delay_samples(2) < grown


@pytest.mark.parametrize("clock", [0.995, 1.005])
def test_a_clock_that_drifts_is_followed_without_an_end(clock: float) -> None:
    """Half a percent for a minute: 300 ms apart, never more than 120 ms of delay, few frames made up."""
    bench, made_up, sent = Bench(), 0, 0
    for tick in range(3_000):
        numbers = list(range(sent, int(tick * clock)))
        sent = max(sent, int(tick * clock))
        made_up += bench.tick(numbers) == "~"
        assert bench.buffers.delay_samples(2) <= MOST
    assert made_up < 30


@pytest.mark.parametrize("length", [80, 240, 320, 480])
def test_packets_of_any_length_are_one_stream(length: int) -> None:
    """A ramp in packets of 10, 30, 40, 60 ms comes out as the ramp."""
    buffers, slot = JitterBuffers(1), np.array([0])
    ramp = np.arange(16_000, dtype=np.int16)
    out, sent = [], 0
    for tick in range(60):
        while sent + length <= (tick + 3) * FRAME:
            stamp = np.array([sent], dtype=np.uint32)
            buffers.put(slot, stamp, ramp[None, sent : sent + length], np.array([length]))
            sent += length
        out.append(buffers.read(slot)[0])
    heard = np.concatenate(out)[2 * FRAME :]
    assert (heard == ramp[: len(heard)]).all()


def test_a_gap_in_a_tone_sounds_like_the_tone_and_a_long_one_fades() -> None:
    buffers, slot = JitterBuffers(1), np.array([0])
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(FRAME * 40) / 8000)).astype(np.int16)
    lost, out = {12, 20, 21, 22, 23, 24, 25}, []
    for tick in range(40):
        if tick not in lost:
            frame = tone[None, tick * FRAME : (tick + 1) * FRAME]
            buffers.put(slot, np.array([tick * FRAME], dtype=np.uint32), frame, np.array([FRAME]))
        out.append(buffers.read(slot)[0])
    energy = [float(np.abs(frame.astype(float)).mean()) for frame in out]
    assert energy[14] > 0.8 * energy[10]
    short = np.concatenate(out[13:16])
    spectrum = np.abs(np.fft.rfft(short * np.hanning(len(short))))
    assert abs(np.argmax(spectrum) * 8000 / len(short) - 440) < 20
    assert min(energy[20:30]) < 0.05 * energy[10]
    assert np.abs(np.diff(short.astype(int))).max() < 4500  # no click


def test_legs_do_not_touch_one_another() -> None:
    """Any mixture of slots in one call is what each would be alone."""
    dice = np.random.default_rng(7)
    together, alone = JitterBuffers(5), [JitterBuffers(1) for _ in range(5)]
    for tick in range(300):
        slots = np.flatnonzero(dice.random(5) < 0.8)
        stamps = ((tick + dice.integers(-3, 2, len(slots))) * FRAME).astype(np.uint32)
        samples = dice.integers(-9000, 9000, (len(slots), FRAME)).astype(np.int16)
        lengths = np.full(len(slots), FRAME)
        if len(slots):
            together.put(slots, stamps, samples, lengths)
        for row, slot in enumerate(slots):
            alone[slot].put(np.array([0]), stamps[row : row + 1], samples[row : row + 1], lengths[:1])
        frames = together.read(np.arange(5))
        for slot in range(5):
            assert (frames[slot] == alone[slot].read(np.array([0]))[0]).all()
