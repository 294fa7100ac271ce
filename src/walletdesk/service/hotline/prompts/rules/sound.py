"""What a prompt's sound must be like, and how any recording becomes one. Arrays in, arrays out; no file, no clock.

A telephone carries 8,000 samples a second and passes 300 to 3,400 Hz. Each prompt is brought to that, cut of the silence
around it, and levelled to one loudness (:data:`LEVEL_DB`, measured where somebody speaks), so that a spliced sentence does
not jump.
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

RATE = 8_000
LEVEL_DB = -20.0
PEAK = 0.89  # −1 dBFS: what is louder is rounded off
LOWEST_HZ, HIGHEST_HZ = 300.0, 3_400.0
EDGE_HZ = 60.0
LONGEST_SECONDS, SHORTEST_SECONDS = 60.0, 0.1
QUIETEST_DB = -50.0  # a recording below this is of nobody
FRAME = RATE // 50
MARGIN_SECONDS = 0.03
SPEECH_BELOW_LOUDEST_DB = 35.0


class NotASound(ValueError):
    """Not a prompt. ``fault``: not_wav, packed, damaged, too_short, too_long, too_quiet."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Measure:
    """``level_db`` where somebody speaks, ``peak_db``, and which share of the energy lies in the telephone's band."""

    milliseconds: int
    level_db: float
    peak_db: float
    in_band: float


def read_wav(content: bytes) -> tuple[Samples, int]:
    """Samples (−1 … 1, one channel) and rate of a WAV file: PCM of 8, 16, 24 or 32 bits, or floats.

    Refuses, in this order (``NotASound``): what is no WAV (not_wav); a packed one, such as MP3 in a WAV (packed); one
    whose head lies (damaged).
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NotASound("not_wav")
    chunks = _chunks(content)
    if len(chunks.get(b"fmt ", b"")) < 16 or b"data" not in chunks:
        raise NotASound("damaged")
    form, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    if form == 0xFFFE and len(chunks[b"fmt "]) >= 26:
        form = struct.unpack_from("<H", chunks[b"fmt "], 24)[0]
    if (form, bits) not in {(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)}:
        raise NotASound("packed")
    if not (1 <= channels <= 8 and 4_000 <= rate <= 96_000):
        raise NotASound("damaged")
    data = chunks[b"data"]
    step = channels * bits // 8
    flat = _as_floats(data[: len(data) - len(data) % step], form, bits)
    return np.asarray(np.nan_to_num(flat.reshape(-1, channels).mean(axis=1))), rate


def _chunks(content: bytes) -> dict[bytes, bytes]:
    """The first chunk of each name; a length that reaches beyond the end means: to the end (as browsers stream it)."""
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        chunks.setdefault(name, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return chunks


def _as_floats(data: bytes, form: int, bits: int) -> Samples:
    if form == 3:
        return np.clip(np.nan_to_num(np.frombuffer(data, f"<f{bits // 8}").astype(np.float64)), -1.0, 1.0)
    if bits == 8:
        return (np.frombuffer(data, np.uint8).astype(np.float64) - 128.0) / 128.0
    if bits == 24:
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        return wide.view("<i4").ravel().astype(np.float64) / 2.0**31
    return np.frombuffer(data, f"<i{bits // 8}").astype(np.float64) / 2.0 ** (bits - 1)


def write_wav(samples: Samples) -> bytes:
    """8,000 Hz, one channel, 16 bit: what the telephone's engine plays."""
    data = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(data),
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        RATE,
        RATE * 2,
        2,
        16,
        b"data",
        len(data),
    )
    return head + data


def as_prompt(samples: Samples, rate: int) -> Samples:
    """A recording as the telephone shall play it: 8,000 Hz, in band, without silence around it, at our level.

    Refuses, in this order (``NotASound``): longer than :data:`LONGEST_SECONDS` (too_long), quieter than
    :data:`QUIETEST_DB` (too_quiet), shorter than :data:`SHORTEST_SECONDS` (too_short).
    """
    if len(samples) > LONGEST_SECONDS * rate:
        raise NotASound("too_long")
    if len(samples) < SHORTEST_SECONDS * rate:
        raise NotASound("too_short")
    carried = in_telephone_band(samples, rate)
    if level_of(carried) < QUIETEST_DB:
        raise NotASound("too_quiet")
    spoken = trimmed(carried)
    if len(spoken) < (SHORTEST_SECONDS + 2 * MARGIN_SECONDS) * RATE:
        raise NotASound("too_short")
    return levelled(spoken)


def in_telephone_band(samples: Samples, rate: int) -> Samples:
    """At 8,000 Hz, and only what a telephone carries. Exact for any rate: the spectrum is cut, not stretched."""
    whole = rate // gcd(rate, RATE)
    padded = np.pad(samples, (0, -len(samples) % whole + whole * -(-rate // (4 * whole))))
    spectrum = np.fft.rfft(padded)
    hertz = np.arange(len(spectrum), dtype=np.float64) * (rate / len(padded))
    wanted = len(padded) * RATE // rate
    cut = spectrum * _pass(np.asarray(hertz))
    kept = np.zeros(wanted // 2 + 1, dtype=complex)
    kept[: min(len(kept), len(cut))] = cut[: len(kept)]
    played = np.fft.irfft(kept, wanted) * (wanted / len(padded))
    return played[: -(-len(samples) * RATE // rate)]


def _pass(hertz: Samples) -> Samples:
    """1 inside the band, 0 outside, a cosine's slope between."""
    rise = np.clip((hertz - (LOWEST_HZ - EDGE_HZ)) / EDGE_HZ, 0.0, 1.0)
    fall = np.clip((HIGHEST_HZ + EDGE_HZ - hertz) / EDGE_HZ, 0.0, 1.0)
    return np.asarray((0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall)))


def _frames(samples: Samples) -> Samples:
    """Loudness in dBFS, 20 ms at a time."""
    padded = np.pad(samples, (0, -len(samples) % FRAME))
    return 10.0 * np.log10(np.mean(padded.reshape(-1, FRAME) ** 2, axis=1) + 1e-12)


def level_of(samples: Samples) -> float:
    """Loudness in dBFS of the frames in which somebody speaks (within 35 dB of the loudest)."""
    loudness = _frames(samples)
    if not len(loudness):
        return -120.0
    speaking = loudness[loudness > loudness.max() - SPEECH_BELOW_LOUDEST_DB]
    return float(10.0 * np.log10(np.mean(10.0 ** (speaking / 10.0))))


def trimmed(samples: Samples) -> Samples:
    """Without the silence before and after, but for a breath; both ends fade over 5 ms, so that no splice clicks."""
    loudness = _frames(samples)
    speaking = np.flatnonzero(loudness > loudness.max() - SPEECH_BELOW_LOUDEST_DB)
    margin = int(MARGIN_SECONDS * RATE)
    first, last = speaking[0] * FRAME - margin, (speaking[-1] + 1) * FRAME + margin
    kept = samples[max(0, first) : min(len(samples), last)].copy()
    slope = np.linspace(0.0, 1.0, min(40, len(kept) // 2))
    kept[: len(slope)] *= slope
    kept[len(kept) - len(slope) :] *= slope[::-1]
    return kept


def levelled(samples: Samples) -> Samples:
    """At :data:`LEVEL_DB`; peaks that would pass :data:`PEAK` are rounded, never cut off square."""
    louder = samples * 10.0 ** ((LEVEL_DB - level_of(samples)) / 20.0)
    knee = 0.7 * PEAK
    over = np.abs(louder) > knee
    room = PEAK - knee
    louder[over] = np.sign(louder[over]) * (knee + room * np.tanh((np.abs(louder[over]) - knee) / room))
    return louder


def measured(samples: Samples) -> Measure:
    """Of a prompt at 8,000 Hz."""
    energy = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    within = (hertz >= LOWEST_HZ - EDGE_HZ) & (hertz <= HIGHEST_HZ + EDGE_HZ)
    peak = float(np.abs(samples).max(initial=0.0))
    return Measure(
        milliseconds=len(samples) * 1000 // RATE,
        level_db=level_of(samples),
        peak_db=float(20.0 * np.log10(peak + 1e-6)),
        in_band=float(energy[within].sum() / (energy.sum() + 1e-12)),
    )


def faults(measure: Measure) -> tuple[str, ...]:
    """What would keep this sound from being a prompt: length, level, peak, band. Empty when it is one."""
    checks = {
        "length": SHORTEST_SECONDS * 1000 <= measure.milliseconds <= LONGEST_SECONDS * 1000,
        "level": abs(measure.level_db - LEVEL_DB) <= 3.0,
        "peak": measure.peak_db <= -0.5,
        "band": measure.in_band >= 0.97,
    }
    return tuple(name for name, held in checks.items() if not held)


def drawn(samples: Samples, bars: int = 48) -> tuple[int, ...]:
    """The sound as a picture: the height of each bar in percent of the loudest."""
    if not len(samples):
        return ()
    edges = np.linspace(0, len(samples), bars + 1).astype(int)
    heights = [float(np.abs(samples[a:b]).max(initial=0.0)) for a, b in itertools.pairwise(edges)]
    loudest = max(heights) or 1.0
    return tuple(max(4, round(100 * height / loudest)) for height in heights)
