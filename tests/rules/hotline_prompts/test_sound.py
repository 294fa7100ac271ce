"""What becomes of a recording: rate, band, level, length; and what is no recording at all."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from walletdesk.service.hotline.prompts.rules.music import music
from walletdesk.service.hotline.prompts.rules.sound import (
    LEVEL_DB,
    RATE,
    NotASound,
    Samples,
    as_prompt,
    drawn,
    faults,
    in_telephone_band,
    level_of,
    measured,
    read_wav,
    trimmed,
    write_wav,
)


def tone(hertz: float, seconds: float = 1.0, rate: int = 48_000, loud: float = 0.3) -> Samples:
    return loud * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def wav(samples: Samples, rate: int, form: int = 1, bits: int = 16, channels: int = 1) -> bytes:
    """A WAV written by other means than the product's own."""
    spread = np.repeat(samples, channels)
    if form == 3:
        data = spread.astype(f"<f{bits // 8}").tobytes()
    elif bits == 8:
        data = np.round(spread * 127 + 128).astype(np.uint8).tobytes()
    elif bits == 24:
        data = np.round(spread * (2**23 - 1)).astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    else:
        data = np.round(spread * (2 ** (bits - 1) - 1)).astype(f"<i{bits // 8}").tobytes()
    step = channels * bits // 8
    head = struct.pack("<HHIIHH", form, channels, rate, rate * step, step, bits)
    return b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", 16) + head + b"data" + struct.pack("<I", len(data)) + data


def strongest(samples: Samples, rate: int = RATE) -> float:
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[np.abs(np.fft.rfft(samples)).argmax()])


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_a_tone_keeps_its_pitch_and_length_at_the_telephones_rate(rate: int) -> None:
    played = as_prompt(tone(1_000, 1.0, rate), rate)
    assert strongest(played) == pytest.approx(1_000, abs=2)
    assert len(played) / RATE == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("hertz", [50, 120, 200, 3_600, 5_000, 12_000, 20_000])
def test_what_a_telephone_does_not_carry_is_taken_out(hertz: int) -> None:
    swelling = np.hanning(48_000)  # begun and ended softly: a tone that is cut off has a click in every band
    within, without = swelling * tone(1_000), swelling * tone(hertz)
    assert level_of(in_telephone_band(without, 48_000)) < level_of(in_telephone_band(within, 48_000)) - 40


@pytest.mark.parametrize("hertz", [350, 1_000, 3_300])
def test_what_it_carries_passes_whole(hertz: int) -> None:
    passed = in_telephone_band(tone(hertz), 48_000)
    assert level_of(passed) == pytest.approx(level_of(tone(hertz)), abs=0.6)


@pytest.mark.parametrize("loud", [0.01, 0.05, 0.3, 0.99])
def test_a_whisper_and_a_shout_end_at_one_level(loud: float) -> None:
    assert level_of(as_prompt(tone(800, loud=loud), 48_000)) == pytest.approx(LEVEL_DB, abs=0.5)


def test_silence_around_the_words_is_cut_and_silence_between_them_stays() -> None:
    quiet = np.zeros(48_000)
    spoken = np.concatenate([quiet, tone(700, 0.5), quiet, tone(700, 0.5), quiet])
    assert len(as_prompt(spoken, 48_000)) / RATE == pytest.approx(2.0, abs=0.15)


def test_a_prompt_begins_and_ends_at_nothing_so_that_no_splice_clicks() -> None:
    played = trimmed(in_telephone_band(tone(700), 48_000))
    assert abs(played[0]) < 1e-6
    assert abs(played[-1]) < 1e-6


@pytest.mark.parametrize(("form", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_plain_wav_is_read(form: int, bits: int, channels: int) -> None:
    samples, rate = read_wav(wav(tone(440, 0.2, 16_000), 16_000, form, bits, channels))
    assert rate == 16_000
    assert samples == pytest.approx(tone(440, 0.2, 16_000), abs=0.01)


def test_our_own_wav_is_read_back_sample_by_sample() -> None:
    samples = as_prompt(tone(440), 48_000)
    again, rate = read_wav(write_wav(samples))
    assert rate == RATE
    assert again == pytest.approx(samples, abs=1 / 32_000)


REFUSED = [
    (b"", "not_wav"),
    (b"ID3\x04an mp3 of somebody", "not_wav"),
    (b"<html>RIFF WAVE</html>", "not_wav"),
    (b"RIFF\0\0\0\0WAVE", "damaged"),
    (b"RIFF\0\0\0\0WAVEfmt \x04\0\0\0\1\0\1\0data\0\0\0\0", "damaged"),
    (wav(tone(440, 0.2), 48_000).replace(struct.pack("<HH", 1, 1), struct.pack("<HH", 85, 1), 1), "packed"),
    (wav(tone(440, 0.2), 48_000).replace(struct.pack("<I", 48_000), struct.pack("<I", 1), 1), "damaged"),
    (wav(tone(440, 0.2), 48_000).replace(struct.pack("<HH", 1, 1), struct.pack("<HH", 1, 0), 1), "damaged"),
]


@pytest.mark.parametrize(("content", "fault"), REFUSED)
def test_what_is_no_recording_is_refused_by_name(content: bytes, fault: str) -> None:
    with pytest.raises(NotASound) as refused:
        read_wav(content)
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    ("samples", "fault"),
    [
        (tone(440, 61.0, 8_000), "too_long"),
        (tone(440, 0.05, 8_000), "too_short"),
        (np.zeros(8_000), "too_quiet"),
        (tone(440, 1.0, 8_000, loud=0.0005), "too_quiet"),
        (np.concatenate([np.zeros(8_000), tone(1_000, 0.001, 8_000), np.zeros(8_000)]), "too_short"),
    ],
)
def test_what_cannot_be_a_prompt_is_refused_by_name(samples: Samples, fault: str) -> None:
    with pytest.raises(NotASound) as refused:
        as_prompt(samples, 8_000)
    assert refused.value.fault == fault


@settings(max_examples=200, deadline=None)
@given(some.binary(max_size=400))
def test_no_bytes_at_all_do_worse_than_being_refused(rest: bytes) -> None:
    try:
        samples, rate = read_wav(b"RIFF\0\0\0\0WAVE" + rest)
        as_prompt(samples, rate)
    except NotASound:
        pass


@settings(max_examples=60, deadline=None)
@given(
    some.sampled_from([4_000, 8_000, 12_345, 22_050, 44_100]),
    some.integers(0, 2**32 - 1),
    some.floats(0.001, 1.0),
    some.floats(0.0, 0.98),
)
def test_whatever_is_taken_is_a_prompt(rate: int, seed: int, loud: float, rests: float) -> None:
    """Noise of any loudness that comes and goes: refused by name, or as long and as loud as a prompt may be."""
    chance = np.random.default_rng(seed)
    bursts = np.repeat(chance.random(40) > rests, rate // 20)
    try:
        played = as_prompt(loud * chance.uniform(-1, 1, len(bursts)) * bursts, rate)
    except NotASound:
        return
    assert faults(measured(played)) == ()


def test_a_measure_names_what_is_wrong() -> None:
    good = as_prompt(tone(1_000), 48_000)
    assert faults(measured(good)) == ()
    assert faults(measured(good * 7.0)) == ("level", "peak")
    assert faults(measured(good * 0.1)) == ("level",)
    assert faults(measured(tone(100, rate=RATE, loud=0.14))) == ("band",)


def test_the_picture_of_a_sound_shows_where_somebody_speaks() -> None:
    bars = drawn(np.concatenate([np.zeros(800), tone(500, 0.1, RATE)]), 10)
    assert len(bars) == 10
    assert set(bars[:5]) == {4}
    assert min(bars[5:]) > 90


def test_the_music_closes_on_itself_and_is_softer_than_a_voice() -> None:
    loop = music()
    assert len(loop) == 24 * RATE
    assert level_of(loop) < LEVEL_DB - 3
    steps = np.abs(np.diff(np.concatenate([loop, loop[:1]])))
    assert steps[-1] <= steps.max() / 2
