"""Recordings as people send them in: tones in a WAV, at the rate of a browser's microphone."""

from __future__ import annotations

import struct

import numpy as np


def a_wav(hertz: float = 440.0, seconds: float = 1.0, rate: int = 48_000, loud: float = 0.3) -> bytes:
    """One channel, 16 bit, written by other means than the product's own."""
    samples = loud * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)
    data = np.round(samples * 32_767).astype("<i2").tobytes()
    head = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    size = struct.pack("<I", len(data))
    return (
        b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<I", 16) + head + b"data" + size + data
    )


def pitch_of(content: bytes) -> float:
    """The strongest tone of a 16-bit WAV with one channel."""
    rate = struct.unpack_from("<I", content, 24)[0]
    samples = np.frombuffer(content[44:], "<i2").astype(float)
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[np.abs(np.fft.rfft(samples)).argmax()])
