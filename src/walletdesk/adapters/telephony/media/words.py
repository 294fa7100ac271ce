"""What the engine is told, what it answers, what it tells: the words on the pipe between the two processes.

On the pipe each message is four bytes of length (big end first) and then msgpack. A command carries a number; its
``Answer`` carries the same. Events carry none. One pipe, so the order in which things happened is the order read.
"""

from __future__ import annotations

import struct
from typing import Literal

import msgspec

Codec = Literal["PCMU", "PCMA"]
Latch = Literal["never", "host", "any"]
DigitSource = Literal["event", "info", "inband", "page"]
Refusal = Literal["leg_unknown", "bridge_unknown", "recording_unknown", "busy", "bad_sound", "bad_order", "engine_down"]

LENGTH = struct.Struct(">I")
LONGEST_MESSAGE = 1 << 20


class EngineSettings(msgspec.Struct, frozen=True):
    """Where sound enters and leaves. Ports are even for RTP, the next odd one for its reports."""

    address: str = "127.0.0.1"
    first_port: int = 20000
    last_port: int = 21999
    slots: int = 1000  # legs at once
    silence_seconds: float = 30.0
    hold_music: str = ""  # a WAV file, 8 kHz mono 16 bit; without one, two soft tones
    report_seconds: float = 5.0  # between RTCP reports, and between LegStats of a leg
    tick_cpu_nice: int = -10  # tried, not needed


class Word(msgspec.Struct, frozen=True, tag=True):
    """Base of all messages: the class name goes with it."""


# ── events ────────────────────────────────────────────────────────────────────────────────────────────────────────


class SoundRuns(Word, frozen=True):
    """The first packet of the leg's own sound was accepted: once in its life."""

    leg: str


class Digit(Word, frozen=True):
    """One key press, 0–9 * # A–D, when it ended; whatever number of packets and sources told of it."""

    leg: str
    digit: str
    source: DigitSource
    duration_ms: int


class PlayDone(Word, frozen=True):
    """``finished``: to its end. Otherwise stopped, replaced, or the leg closed. Once for each ``play``."""

    leg: str
    play: str
    finished: bool


class MediaLost(Word, frozen=True):
    """No sound for this long, though the leg should send. Once for each silence."""

    leg: str
    seconds: int


class LegStats(Word, frozen=True):
    """The leg's sound over its life so far. ``remote_*``: what its party says of what we send it (RTCP)."""

    leg: str
    received: int
    lost: int
    late: int  # came after their place was played
    strangers: int  # came from elsewhere and were dropped
    jitter_ms: float
    delay_ms: float | None = None  # half the round trip
    remote_lost: int | None = None
    remote_jitter_ms: float | None = None


class RecordingReady(Word, frozen=True):
    """Closed on disk. ``sha256`` is of the file as it lies; ``error`` is empty unless the disk refused."""

    recording: str
    path: str
    sha256: str
    milliseconds: int
    error: str = ""


class EngineDown(Word, frozen=True):
    """The process is gone, with every leg in it. Told once, by the parent's side, also when it was stopped."""

    reason: str


Event = SoundRuns | Digit | PlayDone | MediaLost | LegStats | RecordingReady | EngineDown


# ── answers ───────────────────────────────────────────────────────────────────────────────────────────────────────


class TickReport(msgspec.Struct, frozen=True):
    """How punctual the engine was since it was last asked: ticks by lateness of their start, and the CPU it used."""

    ticks: int
    late_under_ms: dict[str, int]  # "1", "2", "5", "10", "20", "more" → ticks
    worst_late_ms: float
    worst_work_ms: float
    mean_work_ms: float
    skipped: int
    legs: int
    cpu_seconds: float
    wall_seconds: float


class Answer(Word, frozen=True):
    number: int
    refusal: Refusal | None = None
    detail: str = ""
    port: int = 0
    stats: LegStats | None = None
    ticks: TickReport | None = None


# ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────────


class OpenLeg(Word, frozen=True):
    leg: str


class SetRemote(Word, frozen=True):
    leg: str
    host: str
    port: int
    codec: Codec
    payload_type: int
    event_payload_type: int | None
    ptime: int
    latch: Latch


class SetDirection(Word, frozen=True):
    leg: str
    we_send: bool
    they_send: bool


class CloseLeg(Word, frozen=True):
    leg: str


class Play(Word, frozen=True):
    leg: str
    play: str
    sounds: tuple[str, ...]
    loop: bool
    barge_in: bool


class StopPlay(Word, frozen=True):
    leg: str


class Collect(Word, frozen=True):
    leg: str
    secret: bool


class ReportDigit(Word, frozen=True):
    leg: str
    digit: str
    source: DigitSource
    duration_ms: int


class SendDigits(Word, frozen=True):
    leg: str
    digits: str


class Hold(Word, frozen=True):
    leg: str
    on: bool


class Mute(Word, frozen=True):
    leg: str
    on: bool


class Bridge(Word, frozen=True):
    bridge: str
    legs: tuple[str, ...]


class Unbridge(Word, frozen=True):
    bridge: str


class SayIntoBridge(Word, frozen=True):
    bridge: str
    sounds: tuple[str, ...]


class Listen(Word, frozen=True):
    bridge: str
    leg: str
    whisper_to: str | None


class Record(Word, frozen=True):
    recording: str
    bridge: str
    path: str
    left: str
    right: str


class PauseRecording(Word, frozen=True):
    recording: str
    on: bool


class StopRecording(Word, frozen=True):
    recording: str


class AskTicks(Word, frozen=True):
    """How punctual was it? Starts the count anew."""


class Pulse(Word, frozen=True):
    """Are you there?"""


Order = (
    OpenLeg
    | SetRemote
    | SetDirection
    | CloseLeg
    | Play
    | StopPlay
    | Collect
    | ReportDigit
    | SendDigits
    | Hold
    | Mute
    | Bridge
    | Unbridge
    | SayIntoBridge
    | Listen
    | Record
    | PauseRecording
    | StopRecording
    | AskTicks
    | Pulse
)


class Command(msgspec.Struct, frozen=True):
    number: int
    order: Order


FromEngine = (
    Answer | SoundRuns | Digit | PlayDone | MediaLost | LegStats | RecordingReady
)  # EngineDown is the parent's own word

_encoder = msgspec.msgpack.Encoder()


def framed(message: msgspec.Struct) -> bytes:
    """The message as it goes on the pipe."""
    body = _encoder.encode(message)
    return LENGTH.pack(len(body)) + body
