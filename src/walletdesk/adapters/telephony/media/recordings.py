"""Recordings on disk: stereo WAV, 8 kHz, 16 bit, written by a thread as the call goes on.

A killed process leaves a file whose sound is whole up to the last half second and whose header says zero: ``mend``
makes it a true WAV. A file that exists is never written over.
"""

from __future__ import annotations

import hashlib
import os
import queue
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from walletdesk.adapters.telephony.media.sounds import RATE
from walletdesk.adapters.telephony.media.words import RecordingReady

HEADER_BYTES = 44
BYTES_PER_MOMENT = 4  # two channels of 16 bits
BLOCK_FRAMES = 25  # half a second goes to the disk at once


def header(sound_bytes: int) -> bytes:
    """A WAV header for so many bytes of sound."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + sound_bytes,
        b"WAVE",
        b"fmt ",
        16,
        1,
        2,
        RATE,
        RATE * BYTES_PER_MOMENT,
        BYTES_PER_MOMENT,
        16,
        b"data",
        sound_bytes,
    )


def mend(path: Path) -> tuple[str, int]:
    """Make the header of a recording say what lies there; answers its sha256 and milliseconds. Safe to repeat."""
    with path.open("r+b") as file:
        size = max(0, path.stat().st_size - HEADER_BYTES)
        size -= size % BYTES_PER_MOMENT
        file.seek(0)
        file.write(header(size))
        file.truncate(HEADER_BYTES + size)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest(), size * 1000 // (RATE * BYTES_PER_MOMENT)


@dataclass(slots=True)
class _Open:
    path: Path
    file: BinaryIO | None = None
    error: str = ""


class RecordingWriter(threading.Thread):
    """Begins, writes and closes in the order told; ``tell`` hears of each that is closed, in this thread."""

    def __init__(self, tell: Callable[[RecordingReady], None]) -> None:
        super().__init__(name="recordings", daemon=True)
        self._tell = tell
        self._open: dict[str, _Open] = {}
        self._work: queue.SimpleQueue[tuple[str, str, bytes]] = queue.SimpleQueue()

    def begin(self, recording: str, path: str) -> None:
        self._work.put(("begin", recording, path.encode()))

    def write(self, recording: str, sound: bytes) -> None:
        self._work.put(("write", recording, sound))

    def close(self, recording: str) -> None:
        self._work.put(("close", recording, b""))

    def finish(self) -> None:
        """Close what is open and end the thread."""
        self._work.put(("finish", "", b""))
        self.join()

    def run(self) -> None:
        while True:
            what, recording, content = self._work.get()
            if what == "begin":
                self._begin(recording, Path(content.decode()))
            elif what == "write":
                self._write(self._open[recording], content)
            elif what == "close":
                self._close(recording, self._open.pop(recording))
            else:
                for name in list(self._open):
                    self._close(name, self._open.pop(name))
                return

    def _begin(self, recording: str, path: Path) -> None:
        made = self._open[recording] = _Open(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
            made.file.write(header(0))
        except OSError as error:
            made.error = str(error)

    def _write(self, made: _Open, sound: bytes) -> None:
        if made.file is None or made.error:
            return
        try:
            if made.file.write(sound) != len(sound):
                made.error = "the disk took only a part"
        except OSError as error:
            made.error = str(error)

    def _close(self, recording: str, made: _Open) -> None:
        sha256, milliseconds = "", 0
        if made.file is not None:
            try:
                made.file.close()
                sha256, milliseconds = mend(made.path)
            except OSError as error:
                made.error = made.error or str(error)
        self._tell(RecordingReady(recording, str(made.path), sha256, milliseconds, made.error))
