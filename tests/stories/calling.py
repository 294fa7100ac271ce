"""What a story about calls needs: the product with its hotline, windows with a known tone for a microphone, and an ear.

The tone is made in the page, as a microphone would give it, without the noise filters that take a steady tone for noise.
"""

from __future__ import annotations

import math
import time
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from django.test import override_settings
from playwright.sync_api import Page

from tests.contracts.telephones import free_port
from tests.databases import FreshDatabase
from tests.product import RunningProduct, process, running_product
from walletdesk.project.commands.installation import walletdesk

PATIENCE = 45.0
CALLER_HERTZ, AGENT_HERTZ, THIRD_HERTZ = 440.0, 880.0, 620.0
MICROPHONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext(), tone = new OscillatorNode(context, { frequency: HERTZ });
  const loudness = new GainNode(context, { gain: 0.3 }), out = new MediaStreamAudioDestinationNode(context);
  tone.connect(loudness).connect(out);
  tone.start();
  await context.resume();
  return out.stream;
};
"""
HEARD = """async () => {
  const sound = [...document.querySelectorAll("audio")].find((one) => one.srcObject);
  if (!sound) return { hertz: 0, loud: 0 };
  const context = new AudioContext(), ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(sound.srcObject).connect(ear);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const power = new Float32Array(ear.frequencyBinCount), samples = new Float32Array(8192);
  ear.getFloatFrequencyData(power);
  ear.getFloatTimeDomainData(samples);
  let best = 2;
  power.forEach((value, bin) => { if (bin > 2 && value > power[best]) best = bin; });
  const answer = { hertz: best * context.sampleRate / 8192,
                   loud: Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) };
  context.close();
  return answer;
}"""


@dataclass(frozen=True)
class CallingProduct:
    """The running product, and where its telephone is: ``line`` is host:port."""

    product: RunningProduct
    line: str
    hotline_environment: dict[str, str]

    @property
    def url(self) -> str:
        return self.product.url


@contextmanager
def answering_product(
    database: FreshDatabase, environment: Mapping[str, str] | None = None
) -> Iterator[CallingProduct]:
    """``running_product`` and a hotline beside it, both with these settings; the test itself finds the same files."""
    port = free_port()
    with running_product(database, environment) as product:
        given = {
            **product.environment,
            "HOTLINE_SIP_PORT": str(port),
            "HOTLINE_JANUS": "",
            "HOTLINE_MEDIA_PORTS": "26000-27999",
            **(environment or {}),
        }
        hotline = process("hotline", walletdesk("hotline"), given, product.folder)
        with hotline, override_settings(DATA_FOLDER=product.folder):
            log = product.folder / "hotline.log"
            eventually(lambda: "the line is open" in log.read_text(), f"the hotline\n{product.logs()}")
            yield CallingProduct(product, f"127.0.0.1:{port}", given)


def eventually(true: object, what: str) -> None:
    """Wait for what tells nobody (a file, a sound, a row of another process)."""
    assert callable(true)
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"it did not come: {what}"
        time.sleep(0.05)


def with_microphone(page: Page, hertz: float) -> Page:
    page.add_init_script(MICROPHONE.replace("HERTZ", str(hertz)))
    return page


def hears(page: Page, hertz: float) -> None:
    """This page's loudspeaker gives this tone, and clearly."""

    def now() -> bool:
        heard = page.evaluate(HEARD)
        return abs(heard["hertz"] - hertz) < 15 and heard["loud"] > 0.03

    eventually(now, f"{hertz} Hz in the page")


def tone_of(samples: np.ndarray) -> tuple[float, float]:
    """(hertz, loudness from 0 to 1) of a stretch of sound at 8 kHz."""
    seen = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    seen[:5] = 0
    loud = math.sqrt(float(np.mean((samples / 32_768) ** 2)))
    return float(np.argmax(seen)) * 8_000 / len(samples), loud


def channels(recording: bytes) -> np.ndarray:
    """One row a channel: the caller, then the agent."""
    with wave.open(BytesIO(recording)) as opened:
        assert (opened.getnchannels(), opened.getframerate(), opened.getsampwidth()) == (2, 8_000, 2)
        frames = opened.readframes(opened.getnframes())
    return np.frombuffer(frames, dtype="<i2").reshape(-1, 2).T.astype(float)


def has_tone(samples: np.ndarray, hertz: float) -> bool:
    """Half a second somewhere in it is this tone, clearly."""
    half = 4_000
    stretches = [samples[at : at + half] for at in range(0, len(samples) - half, half // 2)]
    return any(abs(pitch - hertz) < 15 and loud > 0.02 for pitch, loud in map(tone_of, stretches))
