"""Keys as tones: each is heard once, whatever else it sounds like, and what is no key is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.adapters.telephony.media import g711
from walletdesk.adapters.telephony.media.inband import HIGH, LOW, PAD, ToneEar

SLOT = np.array([0])


def pair(key: str, milliseconds: int, *, low: float = 5000, high: float = 5000, off: float = 0.0) -> np.ndarray:
    at = PAD.index(key)
    time = np.arange(8 * milliseconds) / 8000
    tones = (low, LOW[at // 4]), (high, HIGH[at % 4])
    return sum(height * np.sin(2 * np.pi * (1 + off) * tone * time + tone) for height, tone in tones)


def silence(milliseconds: int) -> np.ndarray:
    return np.zeros(8 * milliseconds)


def heard_in(sound: np.ndarray, *, shift: int = 0) -> str:
    sound = np.concatenate([np.zeros(shift), sound])
    frames = np.pad(sound, (0, -len(sound) % 160)).clip(-32000, 32000).astype(np.int16).reshape(-1, 1, 160)
    ear, law = ToneEar(1), np.array([0])
    told = [ear.hear(SLOT, g711.decode(g711.encode(frame, law), law))[0] for frame in frames]
    return "".join(key for presses in told for _, key in presses)


@pytest.mark.parametrize("shift", [0, 40, 80, 159])
@pytest.mark.parametrize("key", PAD)
def test_each_key_is_heard_once_wherever_a_frame_begins(key: str, shift: int) -> None:
    assert heard_in(np.concatenate([silence(40), pair(key, 80), silence(60)]), shift=shift) == key


TABLE = {
    "the same key twice": ([pair("5", 80), silence(60), pair("5", 80)], "55"),
    "two keys without a pause": ([pair("5", 80), pair("6", 80)], "56"),
    "a long press": ([pair("#", 2000)], "#"),
    "a frame is lost within": ([pair("9", 80), silence(20), pair("9", 80)], "9"),
    "too short": ([pair("9", 20)], ""),
    "one tone is softer by 6 dB": ([pair("1", 80, low=2500)], "1"),
    "one tone is softer by 20 dB": ([pair("1", 80, low=500)], ""),
    "one and a half percent off": ([pair("1", 80, off=0.015)], "1"),
    "very soft": ([pair("1", 80, low=100, high=100)], ""),
    "one tone alone": ([pair("1", 300, high=0)], ""),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_is_heard(name: str) -> None:
    parts, expected = TABLE[name]
    assert heard_in(np.concatenate([silence(40), *parts, silence(60)])) == expected


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_noise_and_vowels_press_no_key(seed: int) -> None:
    """A vowel: harmonics of a voice that glides, three of them strong, for two seconds."""
    dice = np.random.default_rng(seed)
    time = np.arange(16_000) / 8000
    voice = dice.uniform(90, 260) * (1 + 0.1 * np.sin(2 * np.pi * dice.uniform(1, 5) * time))
    phase = 2 * np.pi * np.cumsum(voice) / 8000
    formants = dice.uniform(300, 3000, 3)
    vowel = np.zeros(16_000)
    for harmonic in range(1, 16):
        height = sum(np.exp(-(((harmonic * voice.mean() - formant) / 200) ** 2)) for formant in formants)
        vowel += 6000 * (height + 0.1) * np.sin(harmonic * phase)
    assert heard_in(vowel) == ""
    assert heard_in(dice.normal(0, 4000, 16_000)) == ""
