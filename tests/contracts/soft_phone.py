"""A soft-phone of another make: baresip, by UDP or by TLS with SRTP. It sends a tone, keys digits and keeps what it hears."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.contracts.telephones import RATE, loudness_of, pitch_of, read_wave, write_tone

MODULES = next((str(p) for p in Path("/usr/lib").glob("**/baresip/modules")), "/usr/lib/baresip/modules")


@dataclass(frozen=True)
class SoftPhone:
    """``folder`` holds its files: what it read, what it wrote down, what it heard."""

    folder: Path
    keyboard: int
    rate: int = RATE

    def heard(self, seconds: float = 0.0) -> np.ndarray:
        """All that it decoded so far, or the last so many seconds of it; its sndfile module writes dump-…-dec.wav."""
        files = [path for path in self.folder.glob("dump-*-dec.wav") if path.stat().st_size > 5_000]
        sound = read_wave(files[0])[0] if files else np.zeros(0, np.int16)
        return sound[-int(seconds * self.rate) :] if seconds else sound

    def ear(self) -> tuple[float, float]:
        """(hertz, loudness) of the last half second; nothing before half a second was heard."""
        return self._tones(0.5)[-1]

    def hears(self, hertz: float, seconds: float = 0.5) -> bool:
        """A clear tone of this pitch now, in each half second of the last ``seconds``."""
        return all(abs(pitch - hertz) < 8 and loud > 1_000 for pitch, loud in self._tones(seconds))

    def _tones(self, seconds: float) -> list[tuple[float, float]]:
        half, sound = self.rate // 2, self.heard(seconds)
        if len(sound) < int(seconds * self.rate):
            return [(0.0, 0.0)]
        stretches = [sound[at : at + half] for at in range(0, len(sound) - half + 1, half)]
        return [(pitch_of(one) * self.rate / RATE, loudness_of(one)) for one in stretches]

    def key(self, digit: str) -> None:
        """One key, down and up at once; it goes out as telephone-event."""
        os.write(self.keyboard, digit.encode() + b"\0")

    def log(self) -> str:
        return (self.folder / "baresip.log").read_text(errors="replace")

    @property
    def is_over(self) -> bool:
        return "session closed" in self.log()


@asynccontextmanager
async def baresip(
    folder: Path,
    hertz: float,
    dial: str,
    *,
    account: str = "",
    modules: tuple[str, ...] = (),
    rate: int = RATE,
    port: int = 0,
    seconds: float = 30,
    more: str = "",
) -> AsyncIterator[SoftPhone]:
    """A soft-phone that dials at once (or waits, with nothing to dial) and sends a tone for so many seconds."""
    spoken = write_tone(folder / "spoken.wav", hertz, seconds, rate, 1 if rate == RATE else 2)
    loaded = "".join(f"module {name}.so\n" for name in ("stdio", "g711", "aufile", "sndfile", *modules))
    (folder / "config").write_text(
        f"module_path {MODULES}\n{loaded}module_app account.so\nmodule_app menu.so\n"
        f"sip_listen 127.0.0.1:{port}\naudio_source aufile,{spoken}\nsnd_path {folder}\n"
        f"audio_srate 8000-48000\naudio_channels 1-2\ncall_max_calls 1\nrtp_ports 30000-30999\n{more}"
    )
    (folder / "accounts").write_text((account or "<sip:phone@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1") + "\n")
    keys, keyboard = os.pipe()
    with (folder / "baresip.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *("stdbuf", "-o0", "baresip", "-f", str(folder), *(("-e", f"/dial {dial}") if dial else ())),
            stdin=keys,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(folder)},
        )
    os.close(keys)
    try:
        yield SoftPhone(folder, keyboard, rate)
    finally:
        os.close(keyboard)
        if process.returncode is None:
            process.terminate()
            await process.wait()
