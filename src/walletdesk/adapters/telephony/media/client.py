"""The parent's side of the media engine: an asyncio class that starts the process, tells it what to do, and listens.

    engine = MediaEngine(EngineSettings(address="127.0.0.1"))
    await engine.start()
    address, port = await engine.open_leg("a")              # for our SDP
    await engine.set_remote("a", "10.0.0.7", 4000)          # from theirs; sound runs now
    async for event in engine.events(): ...                 # SoundRuns, Digit, PlayDone, MediaLost, LegStats, …

Orders are taken in the order in which they were called, each is safe to repeat, and each is done when its await
returns. Refusals are ``MediaRefused`` with a code, in the order tried:

    engine_down        no process, or it died before it answered
    leg_unknown        never opened, or already closed (but closing, stopping, holding and muting such a leg do nothing)
    bridge_unknown     no such bridge (but ``unbridge`` does nothing then)
    recording_unknown  no such recording (but stopping it does nothing then)
    busy               no port or no slot is free
    bad_sound          a file is missing or is not a WAV of 8 kHz, mono, 16 bit
    bad_order          an address, digit or number that cannot be
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec

from walletdesk.adapters.telephony.media import words
from walletdesk.adapters.telephony.media.words import Codec, DigitSource, EngineSettings, Event, Latch, LegStats

STOP_SECONDS = 5.0
PULSE_SECONDS = 1.0
ANSWER_SECONDS = 2.0
MISSES = 2
_decoder = msgspec.msgpack.Decoder(words.FromEngine)


class MediaRefused(Exception):
    """The engine cannot do this; ``code`` is stable (see the module), ``detail`` is for the log."""

    def __init__(self, code: words.Refusal, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class MediaEngine:
    """One engine process. Use it from one event loop; ``start`` may be called again after it went down."""

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self.settings = settings or EngineSettings()
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._pulse: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[words.Answer]] = {}
        self._number = 0
        self._told_to_end = False
        self._events: asyncio.Queue[Event] = asyncio.Queue()

    # ── the process ───────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Start the process; when this returns it ticks. Does nothing when it runs."""
        if self.running:
            return
        ours, theirs = socket.socketpair()
        os.set_inheritable(theirs.fileno(), True)
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "walletdesk.adapters.telephony.media",
                str(theirs.fileno()),
                msgspec.json.encode(self.settings).decode(),
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C is the parent's to handle; without a parent the pipe ends and so do we
            )
        reader, self._writer = await asyncio.open_connection(sock=ours)
        self._told_to_end = False
        self._reading = asyncio.create_task(self._read(reader, self._process))
        await self.ticks()
        self._pulse = asyncio.create_task(self._feel_pulse(self._process))

    async def stop(self) -> None:
        """End the process in order: recordings are closed and told of, then ``EngineDown("stopped")``."""
        process, writer, reading = self._process, self._writer, self._reading
        if process is None or writer is None or reading is None:
            return
        if writer.can_write_eof() and not writer.is_closing():
            self._told_to_end = True  # nothing can be written after the end, not even the pulse
            writer.write_eof()
        try:
            await asyncio.wait_for(asyncio.shield(reading), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await reading

    @property
    def running(self) -> bool:
        return self._writer is not None and not self._writer.is_closing()

    @property
    def pid(self) -> int | None:
        """Of the process, for whoever watches over it."""
        return self._process.pid if self._process and self.running else None

    async def events(self) -> AsyncIterator[Event]:
        """What happens, in order, for one listener; it does not end (after ``EngineDown`` it goes on with the next start)."""
        while True:
            yield await self._events.get()

    # ── legs ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def open_leg(self, leg: str) -> tuple[str, int]:
        """Make room for a leg: our address and RTP port (reports on the next one). Again: the same."""
        return self.settings.address, (await self._do(words.OpenLeg(leg))).port

    async def set_remote(
        self,
        leg: str,
        host: str,
        port: int,
        *,
        codec: Codec = "PCMU",
        payload_type: int | None = None,
        event_payload_type: int | None = 101,
        ptime: int = 20,
        latch: Latch = "host",
    ) -> None:
        """Where the party's sound goes and comes from, as both descriptions agreed; again after a re-INVITE.

        ``payload_type`` is 0 or 8 by codec unless told. ``event_payload_type`` None: the party knows no events, its
        digits are listened for as tones and ours go out so. ``ptime`` is how we send (10 to 60 in tens); any is
        understood. ``latch`` says whom else but ``host:port`` to believe, if ten packets in a row come from there
        within three seconds of this call and none from ``host:port``: nobody, the same host on another port, or
        anybody (a telephone behind a translator of addresses). ``host`` 0.0.0.0 means that they want no sound.
        """
        number = payload_type if payload_type is not None else {"PCMU": 0, "PCMA": 8}[codec]
        await self._do(words.SetRemote(leg, host, port, codec, number, event_payload_type, ptime, latch))

    async def set_direction(self, leg: str, *, we_send: bool = True, they_send: bool = True) -> None:
        """sendrecv, sendonly, recvonly, inactive. While they do not send, ``MediaLost`` is not told."""
        await self._do(words.SetDirection(leg, we_send, they_send))

    async def close_leg(self, leg: str) -> LegStats | None:
        """End it and free its ports; answers its last figures, or None when it was not there."""
        return (await self._do(words.CloseLeg(leg))).stats

    # ── what a leg hears and keys ─────────────────────────────────────────────────────────────────────────────────

    async def play(
        self, leg: str, play: str, sounds: Sequence[Path], *, loop: bool = False, barge_in: bool = True
    ) -> None:
        """Play these one after the other, instead of what plays; ``PlayDone(play)`` follows. A digit ends it if told."""
        await self._do(words.Play(leg, play, tuple(map(str, sounds)), loop, barge_in))

    async def stop_play(self, leg: str) -> None:
        await self._do(words.StopPlay(leg))

    async def collect(self, leg: str, *, secret: bool) -> None:
        """While secret: recordings of the leg's bridge are silent, and nobody in it hears the leg."""
        await self._do(words.Collect(leg, secret))

    async def report_digit(self, leg: str, digit: str, source: DigitSource, duration_ms: int = 0) -> None:
        """A digit that came another way (SIP INFO, the page). ``Digit`` follows unless the same press was told already."""
        await self._do(words.ReportDigit(leg, digit, source, duration_ms))

    async def send_digits(self, leg: str, digits: str) -> None:
        """Key these on the leg: 100 ms each, 60 ms apart, after what is being keyed."""
        await self._do(words.SendDigits(leg, digits))

    async def hold(self, leg: str, *, on: bool) -> None:
        """On: hears music, or what ``play`` plays, and is not heard. Off: back in its bridge."""
        await self._do(words.Hold(leg, on))

    async def mute(self, leg: str, *, on: bool) -> None:
        await self._do(words.Mute(leg, on))

    # ── bridges and recordings ────────────────────────────────────────────────────────────────────────────────────

    async def bridge(self, bridge: str, legs: Sequence[str]) -> None:
        """Exactly these legs hear each other; a leg leaves the bridge in which it was."""
        await self._do(words.Bridge(bridge, tuple(legs)))

    async def unbridge(self, bridge: str) -> None:
        """Part them; recordings of the bridge are closed."""
        await self._do(words.Unbridge(bridge))

    async def say_into_bridge(self, bridge: str, sounds: Sequence[Path]) -> None:
        """All in it hear these over what they say, after what is being said so already; recorded on both channels."""
        await self._do(words.SayIntoBridge(bridge, tuple(map(str, sounds))))

    async def listen(self, bridge: str, leg: str, *, whisper_to: str | None = None) -> None:
        """``leg`` hears the bridge unheard, or is heard by ``whisper_to`` alone. Ends with ``bridge``, or another ``listen``."""
        await self._do(words.Listen(bridge, leg, whisper_to))

    async def record(self, recording: str, bridge: str, path: Path, *, left: str, right: str) -> None:
        """Stereo WAV: ``left`` on the left; ``right``, and whoever else speaks in the bridge, on the right."""
        await self._do(words.Record(recording, bridge, str(path), left, right))

    async def pause_recording(self, recording: str, *, on: bool) -> None:
        """Silence is written meanwhile."""
        await self._do(words.PauseRecording(recording, on))

    async def stop_recording(self, recording: str) -> None:
        """``RecordingReady`` follows."""
        await self._do(words.StopRecording(recording))

    # ── the engine itself ─────────────────────────────────────────────────────────────────────────────────────────

    async def ticks(self) -> words.TickReport:
        """How punctual it was since this was last asked."""
        report = (await self._do(words.AskTicks())).ticks
        assert report is not None
        return report

    async def _do(self, order: words.Order) -> words.Answer:
        writer = self._writer
        if writer is None or writer.is_closing() or self._told_to_end:
            raise MediaRefused("engine_down")
        self._number += 1
        waiting = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        writer.write(words.framed(words.Command(self._number, order)))
        answer = await waiting
        if answer.refusal:
            raise MediaRefused(answer.refusal, answer.detail)
        return answer

    async def _feel_pulse(self, process: asyncio.subprocess.Process) -> None:
        """Twice no answer: it hangs, and is killed. Once may have been ourselves, if this loop stood still."""
        missed = 0
        while self.running:
            try:
                await asyncio.wait_for(self._do(words.Pulse()), ANSWER_SECONDS)
            except TimeoutError:
                missed += 1
                if missed == MISSES:
                    process.kill()
                continue
            except MediaRefused:
                return
            missed = 0
            await asyncio.sleep(PULSE_SECONDS)

    async def _read(self, reader: asyncio.StreamReader, process: asyncio.subprocess.Process) -> None:
        try:
            while True:
                (length,) = words.LENGTH.unpack(await reader.readexactly(words.LENGTH.size))
                self._hear(_decoder.decode(await reader.readexactly(length)))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            await self._ended(process)

    def _hear(self, message: words.FromEngine) -> None:
        if not isinstance(message, words.Answer):
            self._events.put_nowait(message)
            return
        waiting = self._waiting.pop(message.number, None)
        if waiting and not waiting.done():
            waiting.set_result(message)

    async def _ended(self, process: asyncio.subprocess.Process) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._pulse is not None:
            self._pulse.cancel()
        code = await process.wait()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(MediaRefused("engine_down", f"exit {code}"))
                waiting.exception()  # whoever waited may have been cancelled meanwhile
        self._waiting.clear()
        self._events.put_nowait(words.EngineDown("stopped" if code == 0 else f"exit {code}"))
