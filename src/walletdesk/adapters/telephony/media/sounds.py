"""Sounds to be played: WAV files as frames of 20 ms, kept while there is room; read in a thread, never in a tick."""

from __future__ import annotations

import queue
import threading
import wave
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from walletdesk.adapters.telephony.media.concealment import FRAME
from walletdesk.adapters.telephony.media.g711 import Samples

RATE = 8000
LONGEST_SECONDS = 900
ROOM = 128 * 1024 * 1024  # bytes of sounds kept
MUSIC_SECONDS = 8


class BadSound(Exception):
    """Not there, or not a WAV of 8 kHz, mono, 16 bit."""


def read_wav(path: Path) -> Samples:
    """The file as [frames, 160]; the last frame is filled up with silence."""
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            if shape != (RATE, 1, 2) or file.getnframes() > RATE * LONGEST_SECONDS:
                raise BadSound(f"{path}: {shape}, {file.getnframes()} samples")
            samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    except (OSError, EOFError, wave.Error) as error:
        raise BadSound(f"{path}: {error}") from error
    return np.pad(samples, (0, -len(samples) % FRAME)).astype(np.int16).reshape(-1, FRAME)


def soft_tones() -> Samples:
    """Music for those who brought none: a quiet chord that breathes, without a seam where it begins again."""
    time = np.arange(RATE * MUSIC_SECONDS) / RATE
    chord = sum(np.sin(2 * np.pi * tone * time) for tone in (262, 330, 392))
    breath = np.sin(np.pi * time / MUSIC_SECONDS) ** 2
    return (500 * chord * breath).astype(np.int16).reshape(-1, FRAME)


class SoundShelf:
    """Files by (path, time, size): a file that was replaced is read again."""

    def __init__(self, room: int = ROOM) -> None:
        self._kept: OrderedDict[tuple[str, int, int], Samples] = OrderedDict()
        self._room = room

    def take(self, name: str) -> Samples:
        try:
            seen = Path(name).stat()
        except (OSError, ValueError) as error:
            raise BadSound(f"{name}: {error}") from error
        key = (name, seen.st_mtime_ns, seen.st_size)
        if key not in self._kept:
            self._keep(key, read_wav(Path(name)))
        self._kept.move_to_end(key)
        return self._kept[key]

    def _keep(self, key: tuple[str, int, int], frames: Samples) -> None:
        self._kept[key] = frames
        self._room -= frames.nbytes
        while self._room < 0 and len(self._kept) > 1:
            self._room += self._kept.popitem(last=False)[1].nbytes


Loaded = Callable[[tuple[Samples, ...] | BadSound], None]


class SoundLoader(threading.Thread):
    """Reads sounds in the order asked; what they were wanted for is done in the tick's thread by ``finish``."""

    def __init__(self) -> None:
        super().__init__(name="sounds", daemon=True)
        self._wanted: queue.SimpleQueue[tuple[Sequence[str], Loaded]] = queue.SimpleQueue()
        self._found: queue.SimpleQueue[tuple[Loaded, tuple[Samples, ...] | BadSound]] = queue.SimpleQueue()

    def want(self, sounds: Sequence[str], then: Loaded) -> None:
        self._wanted.put((sounds, then))

    def finish(self) -> None:
        """Do what was waited for, in the order in which it was wanted."""
        while not self._found.empty():
            then, found = self._found.get()
            then(found)

    def run(self) -> None:
        shelf = SoundShelf()
        while True:
            sounds, then = self._wanted.get()
            try:
                self._found.put((then, tuple(shelf.take(name) for name in sounds)))
            except BadSound as error:
                self._found.put((then, error))
