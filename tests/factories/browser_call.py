"""Browsers that call: real Chromium windows with a tone for a microphone, joined to a real media engine by ``BrowserLegs``.

async with started_browsers(folder) as browsers, phone_booth(browsers) as booth:
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
from typing import Any, Protocol, TypeVar

import numpy as np
from playwright.async_api import Page, async_playwright

from tests.chromium import CHROMIUM, FLAGS
from walletdesk.adapters.telephony.media import words as media_words
from walletdesk.adapters.telephony.media.client import MediaEngine
from walletdesk.adapters.telephony.media.words import EngineSettings
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserLegs, BrowserSettings, RtpAddress

STATIC = Path(__file__).parents[2] / "src/walletdesk/doors/_shared/static"
PATIENCE = 20.0
# A steady tone is what noise suppression takes for noise: the microphone is asked for as it is. It is asked for once a
# page, and each call has its own copy of it: pages with many calls in them are what makes sixty callers fit on a machine.
PAGE = b"""<!doctype html><link rel="icon" href="data:,"><script type="module">
import { Call } from "/walletdesk/calls/call.js";
const plain = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
const asItIs = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
let microphone;
navigator.mediaDevices.getUserMedia = async () => (await (microphone ??= plain({ audio: asItIs }))).clone();
window.phones = {};
window.begin = (seat, leg) => {
  const audio = new Audio(), call = new Call({ say: (word) => window.say(seat, JSON.stringify(word)), audio, leg, language: "en" });
  const phone = phones[seat] = { call, audio, isUp: false, quality: null };
  call.addEventListener("up", () => { phone.isUp = true; });
  call.addEventListener("quality", (event) => { phone.quality = event.detail; });
  return call.begin();
};
window.heard = async (seat) => {
  const sound = phones[seat].audio.srcObject;
  if (!sound) return { hertz: 0, loud: 0 };
  const context = new AudioContext(), analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(sound).connect(analyser);
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
    """A telephone at ``seat``, in a page of its own or beside others. What it says reaches the hotline; ``answer`` words
    reach its call."""

    seat: str
    page: Page
    told: list[dict[str, Any]] = field(default_factory=list)

    async def call(self, leg: str = "") -> None:
        await self.page.evaluate("([seat, leg]) => begin(seat, leg)", [self.seat, leg])

    async def answered(self, word: dict[str, Any]) -> None:
        if not self.page.is_closed():
            await self.page.evaluate("([seat, word]) => phones[seat].call.answered(word)", [self.seat, word])

    async def up(self) -> None:
        await self.until("phone.isUp")

    async def until(self, condition: str) -> None:
        """Waits until this holds of its ``phone``."""
        script = f"seat => {{ const phone = phones[seat]; return {condition}; }}"
        await self.page.wait_for_function(script, arg=self.seat, timeout=PATIENCE * 1000)

    async def press(self, keys: str) -> None:
        for key in keys:
            await self.page.evaluate("([seat, key]) => phones[seat].call.key(key)", [self.seat, key])

    async def cut(self) -> None:
        """The connection is gone without a word."""
        await self.page.evaluate("seat => phones[seat].call.end()", self.seat)

    async def heard(self) -> dict[str, float]:
        """The loudest frequency of the last moment, and how loud."""
        return dict(await self.page.evaluate("seat => heard(seat)", self.seat))

    async def hears(self, hertz: float) -> None:
        """Waits until this tone is what it hears, and that it is loud."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            heard = await self.heard()
            if abs(heard["hertz"] - hertz) < 15 and heard["loud"] > 0.05:
                return
            assert asyncio.get_running_loop().time() < deadline, f"{self.seat} hears {heard}, not {hertz} Hz"


class Seated(Protocol):
    """Who sits at a seat: a ``Window``, or what stands in for one."""

    told: list[dict[str, Any]]

    async def answered(self, word: dict[str, Any]) -> None:
        """The answer to its offer."""


class Browsers:
    """A Chromium for each tone, which is the microphone of all its pages; started when somebody first calls with it."""

    def __init__(self, folder: Path, playwright: Any) -> None:
        self.folder, self._playwright, self._started = folder, playwright, dict[float, Any]()

    async def of(self, hertz: float) -> Any:
        if hertz not in self._started:
            tone = write_tone(self.folder / f"{hertz}.wav", hertz)
            arguments = [*FLAGS, f"--use-file-for-fake-audio-capture={tone}"]
            self._started[hertz] = await self._playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        return self._started[hertz]


@contextlib.asynccontextmanager
async def started_browsers(folder: Path) -> AsyncIterator[Browsers]:
    """For one booth after the other, until the end of the block, which ends them too; their tones in ``folder``."""
    async with async_playwright() as playwright:
        yield Browsers(folder, playwright)


class Booth:
    """Legs, engine and windows of one test; all events in one list, in their order."""

    def __init__(self, address: str, settings: BrowserSettings, browsers: Browsers) -> None:
        self.address, self.browsers = address, browsers
        self.engine = MediaEngine(EngineSettings(first_port=26_000, last_port=26_999))
        self.notices: list[str] = []
        self.legs = BrowserLegs(self._open_media, self._send, settings, self.notices.append)
        self.seen: list[Any] = []
        self.windows: dict[str, Seated] = {}
        self._came = asyncio.Condition()
        self._contexts: list[Any] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        await self.engine.start()
        await self.legs.start()
        self._tasks = [asyncio.create_task(self._follow(one)) for one in (self.legs, self.engine)]

    async def end(self) -> None:
        for context in self._contexts:
            await context.close()
        await self.legs.stop()
        await self.engine.stop()
        for task in self._tasks:
            task.cancel()

    async def window(self, seat: str, hertz: float) -> Window:
        """A telephone in a page of its own; its microphone gives this tone."""
        return self.telephone(seat, await self.page(await self.browsers.of(hertz)))

    def telephone(self, seat: str, page: Page) -> Window:
        """One more telephone in this page."""
        made = self.windows[seat] = Window(seat, page)
        return made

    async def page(self, browser: Any) -> Page:
        """A page of this browser, ready to call."""
        self._contexts.append(await browser.new_context())
        page: Page = await self._contexts[-1].new_page()

        async def say(seat: str, word: str) -> None:
            await self.legs.hear(seat, json.loads(word))

        await page.expose_function("say", say)
        await page.goto(self.address)
        await page.wait_for_function("window.ready")
        return page

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
        if window is None:
            return
        window.told.append(word)
        if word["type"] == "answer":
            await window.answered(word)

    async def _follow(self, source: Any) -> None:
        async for event in source.events():
            async with self._came:
                self.seen.append(event)
                self._came.notify_all()


@contextlib.asynccontextmanager
async def phone_booth(browsers: Browsers, settings: BrowserSettings | None = None) -> AsyncIterator[Booth]:
    """Engine, legs and a page to call from, until the end of the block."""
    with _served() as address:
        booth = Booth(address, settings or BrowserSettings(), browsers)
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
