"""A telephone world in memory that keeps the promises of ``ports.MediaGateway``: nobody rings, nobody waits for a packet.

    gateway = FakeGateway()                     sentences pass at once; FakeGateway(pace=1.0) takes as long as they last
    phone = gateway.telephone_calls("13800000001")
    phone.keys("1"); phone.hangs_up(); phone.heard
    gateway.page("agent:…", answers="no_answer")

``tests/contracts/test_media_gateway.py`` holds it and the real one to the same words.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import wave
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from walletdesk.service.hotline.ports import BrowserLine, Capability, GatewayRefused, TelephoneLine
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Digit,
    EndReason,
    GatewayDown,
    GatewayEvent,
    GatewayUp,
    Held,
    LegKind,
    MediaLost,
    MediaStats,
    OriginateResult,
    PlayDone,
    RecordingReady,
)

Outcome = Literal["answered", "busy", "no_answer", "refused", "unreachable"]
RATE = 8000


@dataclass(eq=False)
class FakePhone:
    """One leg and whoever holds it. ``heard`` are the sounds played to it, in order, the latest last."""

    leg: str
    _gateway: FakeGateway
    number: str = ""
    placed_by_us: bool = False
    state: Literal["ringing", "up", "gone"] = "ringing"
    heard: list[tuple[Path, ...]] = field(default_factory=list)
    ended: EndReason | None = None
    retry_after: int | None = None
    secret: bool = False
    held: bool = False
    muted: bool = False
    playing: str = ""
    loops: bool = False
    barge_in: bool = True
    keyed_by_us: str = ""
    transferred_to: str = ""
    listens_to: str = ""
    whispers_to: str = ""
    play_task: asyncio.Task[None] | None = None
    ring_timer: asyncio.TimerHandle | None = None

    def keys(self, digits: str) -> None:
        """Press these, one after the other; the first ends a sentence that may be ended so."""
        for digit in digits:
            if self.playing and self.barge_in:
                self._gateway.sentence_over(self, finished=False)
            if self.state == "up":
                self._gateway.tell(Digit(self.leg, digit, "event", 100))

    def hangs_up(self) -> None:
        """Before the answer this is a cancelled call."""
        self._gateway.end(self, "hung_up" if self.state == "up" else "cancelled")

    def holds(self, on: bool = True) -> None:
        self._gateway.tell(Held(self.leg, on))

    def falls_silent(self, seconds: int = 30) -> None:
        self._gateway.tell(MediaLost(self.leg, seconds))

    def sounded(self, received: int = 500, lost: int = 0) -> None:
        self._gateway.tell(MediaStats(self.leg, received, lost, 4.0, 20.0))

    def answers(self) -> None:
        """It was ringing because of us."""
        self._gateway.pick_up(self)


@dataclass(eq=False)
class FakeRecording:
    path: Path
    bridge: str
    left: str
    right: str
    paused: bool = False
    milliseconds: int = 0


class FakeGateway:
    """``pace``: how much of a sentence's real length it takes, 0 for none. ``by_hand``: a placed leg rings until told.

    ``name``: what its legs are called after. The same leg's name is the same call, so who starts several gateways on one
    database names each.
    """

    def __init__(self, pace: float = 0.0, *, by_hand: bool = False, name: str = "fake") -> None:
        self.pace, self.by_hand = pace, by_hand
        self.phones: dict[str, FakePhone] = {}
        self.bridges: dict[str, tuple[str, ...]] = {}
        self.said_into: dict[str, list[tuple[Path, ...]]] = {}
        self.recordings: dict[str, FakeRecording] = {}
        self.recorded: set[str] = set()
        self.outcomes: dict[str, Outcome] = {}
        self.done: list[tuple[str, str]] = []
        self.up = True
        self._events: asyncio.Queue[GatewayEvent] = asyncio.Queue()
        self._name, self._numbers = name, itertools.count(1)
        self.tell(GatewayUp())

    # --- the world ---

    def telephone_calls(self, number: str = "13800000001", dialled: str = "95500") -> FakePhone:
        return self.calls("telephone", number, dialled)

    def page_calls(self, token: str, language: str = "zh") -> FakePhone:
        return self.calls("browser", token=token, language=language)

    def calls(
        self, kind: LegKind, number: str = "", dialled: str = "", token: str = "", language: str = ""
    ) -> FakePhone:
        phone = FakePhone(f"{self._name}-{next(self._numbers)}", self, number)
        self.phones[phone.leg] = phone
        self.tell(CallOffered(phone.leg, kind, number, dialled, token, language))
        return phone

    def page(self, seat: str, *, answers: Outcome = "answered") -> None:
        """What happens when this seat (or this number) is rung."""
        self.outcomes[seat] = answers

    def goes_down(self, reason: str = "engine") -> None:
        """As a dead engine: every leg ends, recordings are closed as far as they came."""
        self.up = False
        for phone in tuple(self.phones.values()):
            self.end(phone, "gateway_down")
        for recording in tuple(self.recordings):
            self._close_recording(recording)
        self.tell(GatewayDown(reason))

    def comes_up(self) -> None:
        self.up = True
        self.tell(GatewayUp())

    # --- how the phones speak to it ---

    def tell(self, event: GatewayEvent) -> None:
        self._events.put_nowait(event)

    def end(self, phone: FakePhone, reason: EndReason) -> None:
        if phone.state == "gone":
            return
        rang, phone.state, phone.ended = phone.state == "ringing", "gone", reason
        if phone.ring_timer:
            phone.ring_timer.cancel()
        if phone.playing:
            self.sentence_over(phone, finished=False)
        for bridge, legs in tuple(self.bridges.items()):
            if phone.leg in legs:
                self.bridges[bridge] = tuple(leg for leg in legs if leg != phone.leg)
        if phone.placed_by_us and rang:
            outcome = {"busy": "busy", "refused": "refused", "ended_by_us": "no_answer", "no_answer": "no_answer"}
            self.tell(OriginateResult(phone.leg, outcome.get(reason, "unreachable")))  # type: ignore[arg-type]
        else:
            self.tell(CallEnded(phone.leg, reason))

    def pick_up(self, phone: FakePhone) -> None:
        if phone.state != "ringing":
            return
        if phone.ring_timer:
            phone.ring_timer.cancel()
        phone.state = "up"
        if phone.placed_by_us:
            self.tell(OriginateResult(phone.leg, "answered"))
        self.tell(CallAnswered(phone.leg))

    def sentence_over(self, phone: FakePhone, *, finished: bool) -> None:
        if phone.playing:
            play, phone.playing, phone.loops = phone.playing, "", False
            if phone.play_task and not finished:
                phone.play_task.cancel()
            phone.play_task = None
            self.tell(PlayDone(phone.leg, play, finished))

    # --- the port ---

    async def events(self) -> AsyncIterator[GatewayEvent]:
        while True:
            yield await self._events.get()

    def capabilities(self) -> frozenset[Capability]:
        return frozenset(
            ("telephone", "browser", "recording", "listen", "whisper", "originate", "transfer", "send_digits")
        )

    async def answer(self, leg: str) -> None:
        phone = self._there(leg)
        if phone and not phone.placed_by_us:
            self.pick_up(phone)

    async def reject(self, leg: str, *, busy: bool = False, retry_after: int | None = None) -> None:
        phone = self._there(leg)
        if phone and phone.state == "ringing":
            phone.retry_after = retry_after
            self.end(phone, "ended_by_us")

    async def hangup(self, leg: str) -> None:
        if phone := self._there(leg):
            self.end(phone, "ended_by_us")

    async def originate(self, leg: str, to: TelephoneLine | BrowserLine, *, ring_seconds: int) -> None:
        if not self.up:
            raise GatewayRefused("busy")
        if leg in self.phones:
            return
        whom = to.seat if isinstance(to, BrowserLine) else to.number
        phone = self.phones[leg] = FakePhone(leg, self, whom, placed_by_us=True)
        outcome = self.outcomes.get(whom, "answered")
        loop = asyncio.get_running_loop()
        if self.by_hand:
            phone.ring_timer = loop.call_later(ring_seconds, self.end, phone, "no_answer")
        elif outcome == "answered":
            self.pick_up(phone)
        else:
            self.end(phone, outcome)

    async def play(
        self, leg: str, play: str, sounds: tuple[Path, ...], *, loop: bool = False, barge_in: bool = True
    ) -> None:
        phone = self._there(leg)
        if phone is None:
            return
        if phone.playing == play:
            return
        self.sentence_over(phone, finished=False)
        seconds = sum(_seconds(sound) for sound in sounds)
        phone.heard.append(sounds)
        phone.playing, phone.loops, phone.barge_in = play, loop, barge_in
        if not loop:
            phone.play_task = asyncio.get_running_loop().create_task(self._sound(phone, play, seconds * self.pace))

    async def _sound(self, phone: FakePhone, play: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if phone.playing == play:
            self.sentence_over(phone, finished=True)

    async def stop_play(self, leg: str) -> None:
        if phone := self._there(leg):
            self.sentence_over(phone, finished=False)

    async def collect(self, leg: str, *, secret: bool) -> None:
        if phone := self._there(leg):
            phone.secret = secret

    async def bridge(self, bridge: str, legs: tuple[str, ...]) -> None:
        if any(leg not in self.phones for leg in legs):
            raise GatewayRefused("leg_unknown")
        for other, inside in self.bridges.items():
            if other != bridge:
                self.bridges[other] = tuple(leg for leg in inside if leg not in legs)
        self.bridges[bridge] = tuple(leg for leg in legs if self.phones[leg].state == "up")

    async def unbridge(self, bridge: str) -> None:
        self.bridges.pop(bridge, None)
        for name, recording in tuple(self.recordings.items()):
            if recording.bridge == bridge:
                self._close_recording(name)

    async def say_into_bridge(self, bridge: str, sounds: tuple[Path, ...]) -> None:
        self._known_bridge(bridge)
        self.said_into.setdefault(bridge, []).append(sounds)

    async def listen(self, bridge: str, leg: str, *, whisper_to: str | None = None) -> None:
        self._known_bridge(bridge)
        if phone := self._there(leg):
            phone.listens_to, phone.whispers_to = bridge, whisper_to or ""

    async def hold(self, leg: str, *, on: bool) -> None:
        if phone := self._there(leg):
            phone.held = on

    async def mute(self, leg: str, *, on: bool) -> None:
        if phone := self._there(leg):
            phone.muted = on

    async def record(self, recording: str, bridge: str, path: Path, *, left: str, right: str) -> None:
        self._known_bridge(bridge)
        if recording in self.recordings or recording in self.recorded:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self.recordings[recording] = FakeRecording(path, bridge, left, right, milliseconds=1000)
        _write_stereo(path, 1000)

    async def pause_recording(self, recording: str, *, on: bool) -> None:
        if recording in self.recordings:
            self.recordings[recording].paused = on

    async def stop_recording(self, recording: str) -> None:
        self._close_recording(recording)

    async def send_digits(self, leg: str, digits: str) -> None:
        if phone := self._there(leg):
            phone.keyed_by_us += digits

    async def transfer(self, leg: str, to: TelephoneLine) -> None:
        if phone := self._there(leg):
            phone.transferred_to = to.number
            self.end(phone, "ended_by_us")

    # --- inside ---

    def _there(self, leg: str) -> FakePhone | None:
        """The leg, or ``None`` when it is gone. Refuses one that never was."""
        if leg not in self.phones:
            raise GatewayRefused("leg_unknown", leg)
        return self.phones[leg] if self.phones[leg].state != "gone" else None

    def _known_bridge(self, bridge: str) -> None:
        if bridge not in self.bridges:
            raise GatewayRefused("bridge_unknown", bridge)

    def _close_recording(self, name: str) -> None:
        recording = self.recordings.pop(name, None)
        if recording:
            self.recorded.add(name)
            digest = hashlib.sha256(recording.path.read_bytes()).hexdigest()
            self.tell(RecordingReady(name, str(recording.path), digest, recording.milliseconds))


def _seconds(sound: Path) -> float:
    with wave.open(str(sound)) as opened:
        return opened.getnframes() / opened.getframerate()


def _write_stereo(path: Path, milliseconds: int) -> None:
    with wave.open(str(path), "wb") as written:
        written.setnchannels(2)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(bytes(4 * RATE * milliseconds // 1000))
