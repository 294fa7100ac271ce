"""Browsers that call: real Chromium windows with a tone for a microphone, joined to a real media engine by ``BrowserLegs``.

async with phone_booth(folder) as booth:
    caller = await booth.window("caller:one", 440)
    await caller.call()
    offered = await booth.event(CallOffered)
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import http.server
import json
import math
import struct
import threading
import wave
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from playwright.async_api import Page, async_playwright

from tests.chromium import CHROMIUM, FLAGS
from walletdesk.adapters.telephony.media import words as media_words
from walletdesk.adapters.telephony.media.client import MediaEngine
from walletdesk.adapters.telephony.media.words import EngineSettings
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserLegs, BrowserSettings, RtpAddress

STATIC = Path(__file__).parents[2] / "src/walletdesk/doors/_shared/static"
PATIENCE = 20.0
# A steady tone is what noise suppression takes for noise: the microphone is asked for as it is.
PAGE = b"""<!doctype html><link rel="icon" href="data:,"><audio autoplay></audio><script type="module">
import { Call } from "/walletdesk/calls/call.js";
const plain = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
navigator.mediaDevices.getUserMedia = () => plain({ audio: asItIs });
window.begin = (leg) => {
  const audio = document.querySelector("audio"), say = (word) => window.say(JSON.stringify(word));
  window.call = new Call({ say, audio, leg, language: "en" });
  call.addEventListener("up", () => { window.isUp = true; });
  call.addEventListener("quality", (event) => { window.quality = event.detail; });
  return call.begin();
};
window.heard = async () => {
  if (!document.querySelector("audio").srcObject) return { hertz: 0, loud: 0 };
  const context = new AudioContext(), analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(document.querySelector("audio").srcObject).connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 600));
  const power = new Float32Array(analyser.frequencyBinCount), samples = new Float32Array(8192);
  analyser.getFloatFrequencyData(power);
  analyser.getFloatTimeDomainData(samples);
  let best = 1;
  power.forEach((value, bin) => { if (bin > 1 && value > power[best]) best = bin; });
  const loud = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  const answer = { hertz: best * context.sampleRate / 8192, loud };
  context.close();
  return answer;
};
window.ready = true;
</script>"""
Wanted = TypeVar("Wanted")


def write_tone(path: Path, hertz: float, *, rate: int = 48_000, seconds: int = 2) -> Path:
    """A WAV file with this tone, about −9 dB of full scale."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        count = rate * seconds
        samples = (int(12_000 * math.sin(2 * math.pi * hertz * place / rate)) for place in range(count))
        out.writeframes(struct.pack(f"<{count}h", *samples))
    return path


def loudest(samples: np.ndarray, rate: int = 8_000) -> tuple[float, float]:
    """(frequency, root mean square of full scale 1) of what is heard in ``samples``."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples)), float(np.sqrt(np.mean((samples / 32_768) ** 2)))


@dataclass
class Window:
    """A page at ``seat``. What it says reaches the hotline; ``answer`` words reach its call."""

    seat: str
    page: Page
    told: list[dict[str, Any]] = field(default_factory=list)

    async def call(self, leg: str = "") -> None:
        await self.page.evaluate("leg => begin(leg)", leg)

    async def up(self) -> None:
        await self.page.wait_for_function("window.isUp", timeout=PATIENCE * 1000)

    async def press(self, keys: str) -> None:
        for key in keys:
            await self.page.evaluate("key => call.key(key)", key)

    async def hears(self, hertz: float) -> None:
        """Waits until this tone is what it hears, and that it is loud."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            heard = await self.page.evaluate("heard()")
            if abs(heard["hertz"] - hertz) < 15 and heard["loud"] > 0.05:
                return
            assert asyncio.get_running_loop().time() < deadline, f"{self.seat} hears {heard}, not {hertz} Hz"


class Booth:
    """Legs, engine and windows of one test; all events in one list, in their order."""

    def __init__(self, folder: Path, address: str, settings: BrowserSettings, playwright: Any) -> None:
        self.folder, self.address, self._playwright = folder, address, playwright
        self.engine = MediaEngine(EngineSettings(first_port=26_000, last_port=26_999))
        self.notices: list[str] = []
        self.legs = BrowserLegs(self._open_media, self._send, settings, self.notices.append)
        self.seen: list[Any] = []
        self.windows: dict[str, Window] = {}
        self._came = asyncio.Condition()
        self._browsers: list[Any] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        await self.engine.start()
        await self.legs.start()
        self._tasks = [asyncio.create_task(self._follow(one)) for one in (self.legs, self.engine)]

    async def end(self) -> None:
        for browser in self._browsers:
            await browser.close()
        await self.legs.stop()
        await self.engine.stop()
        for task in self._tasks:
            task.cancel()

    async def window(self, seat: str, hertz: float, browser: Any = None) -> Window:
        """A page whose microphone gives this tone; in a browser of its own, or in this one."""
        page = await (browser or await self.browser(hertz)).new_page()
        made = self.windows[seat] = Window(seat, page)

        async def say(word: str) -> None:
            await self.legs.hear(seat, json.loads(word))

        await page.expose_function("say", say)
        await page.goto(self.address)
        await page.wait_for_function("window.ready")
        return made

    async def browser(self, hertz: float) -> Any:
        tone = write_tone(self.folder / f"{hertz}.wav", hertz)
        arguments = [*FLAGS, f"--use-file-for-fake-audio-capture={tone}"]
        made = await self._playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        self._browsers.append(made)
        return made

    async def event(self, kind: type[Wanted], **fields: object) -> Wanted:
        """The first event of this kind with these fields, now or within ``PATIENCE``."""

        def found() -> Any:
            return next(
                (
                    one
                    for one in self.seen
                    if isinstance(one, kind) and all(getattr(one, name) == value for name, value in fields.items())
                ),
                None,
            )

        async with self._came:
            try:
                await asyncio.wait_for(self._came.wait_for(lambda: found() is not None), PATIENCE)
            except TimeoutError:
                raise AssertionError(f"no {kind.__name__} {fields} among {self.seen}") from None
        return found()  # type: ignore[no-any-return]

    def digits(self, leg: str) -> str:
        return "".join(one.digit for one in self.seen if isinstance(one, media_words.Digit) and one.leg == leg)

    async def _open_media(self, leg: str, browser: RtpAddress) -> RtpAddress:
        host, port = await self.engine.open_leg(leg)
        await self.engine.set_remote(
            leg, browser.host, browser.port, event_payload_type=browser.event_type, latch="never"
        )
        return RtpAddress(host, port)

    async def _send(self, seat: str, word: dict[str, Any]) -> None:
        window = self.windows.get(seat)
        if window is None or window.page.is_closed():
            return
        window.told.append(word)
        if word["type"] == "answer":
            await window.page.evaluate("word => call.answered(word)", word)

    async def _follow(self, source: Any) -> None:
        async for event in source.events():
            async with self._came:
                self.seen.append(event)
                self._came.notify_all()


@contextlib.asynccontextmanager
async def phone_booth(folder: Path, settings: BrowserSettings | None = None) -> AsyncIterator[Booth]:
    """Engine, legs and a page to call from, until the end of the block."""
    with _served() as address:
        async with async_playwright() as playwright:
            booth = Booth(folder, address, settings or BrowserSettings(), playwright)
            try:
                await booth.begin()
                yield booth
            finally:
                await booth.end()


class _Pages(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".js": "text/javascript"}

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@contextlib.contextmanager
def _served() -> Iterator[str]:
    handler = functools.partial(_Pages, directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
