"""Recordings: tones in a WAV as people send them in, and a call of the hotline whose recording is ready."""

from __future__ import annotations

import hashlib
import struct
from typing import Any

import numpy as np

from tests.factories.hotline import Caller
from walletdesk.service.hotline.public import recording_path
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import RecordingReady

SOUND = b"RIFF" + bytes(range(256)) * 4_000  # about a megabyte: several sealed pieces


def recorded(agent: Any, customer: Any, run_on_commit: Any) -> tuple[Caller, str]:
    """A call with this agent whose recording is ready; the data folder should be the test's own."""
    call = Caller.signed_in(customer).into_talk(agent)
    name = [one.recording for one in call.asked if isinstance(one, ask.Record)][-1]
    path = recording_path(name)
    path.write_bytes(SOUND)
    call.hangs_up()
    with run_on_commit(execute=True):
        call.tell(RecordingReady(name, str(path), hashlib.sha256(SOUND).hexdigest(), 32_000))
    return call, name


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
