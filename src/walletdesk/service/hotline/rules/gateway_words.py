"""What a telephone gateway tells us: one ordered stream of these few words per leg, whatever carries the call.

A *leg* is one party's line: a telephone behind a trunk, or a browser. Its id is text, made by the gateway for a call
that comes in and by us for one that we place. Nothing here knows SIP, RTP or WebRTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LegKind = Literal["telephone", "browser"]
DigitSource = Literal["event", "info", "inband", "page"]
EndReason = Literal[
    "hung_up",  # by the party on this leg
    "cancelled",  # before it was answered
    "ended_by_us",
    "refused",
    "busy",
    "no_answer",
    "unreachable",
    "media_lost",
    "gateway_down",
]


@dataclass(frozen=True, slots=True)
class CallOffered:
    """Somebody calls. ``number`` is what the network says of the caller: shown, never believed.

    ``token`` is the one-time token of a call placed by a signed-in page; ``language`` what that page was written in.
    """

    leg: str
    kind: LegKind
    number: str
    dialled: str
    token: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """The leg has media both ways."""

    leg: str


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The leg is gone, exactly once, after which nothing more comes from it."""

    leg: str
    reason: EndReason


@dataclass(frozen=True, slots=True)
class Digit:
    """One key press: 0–9, * or #. The gateway has taken duplicates of one press out (300 ms across sources)."""

    leg: str
    digit: str
    source: DigitSource
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class PlayDone:
    """The sounds of ``play`` ended: to their end, or stopped (by a digit, by us, by the call's end)."""

    leg: str
    play: str
    finished: bool


@dataclass(frozen=True, slots=True)
class OriginateResult:
    """What became of a leg that we placed. "answered" is followed by ``CallAnswered``."""

    leg: str
    outcome: Literal["answered", "busy", "no_answer", "refused", "unreachable"]


@dataclass(frozen=True, slots=True)
class Held:
    """The party itself put us on hold, or took us back (a re-INVITE from its telephone)."""

    leg: str
    held: bool


@dataclass(frozen=True, slots=True)
class MediaLost:
    """No sound has come for ``seconds`` though the leg is not on hold."""

    leg: str
    seconds: int


@dataclass(frozen=True, slots=True)
class MediaStats:
    """How the leg sounded, over its life so far: counts of packets, milliseconds; ``None`` where nobody told."""

    leg: str
    received: int
    lost: int
    jitter_ms: float
    delay_ms: float | None = None


@dataclass(frozen=True, slots=True)
class RecordingReady:
    """A recording is closed on disk: 8 kHz, 16 bit, caller left and agent right. ``sha256`` is of the file as it lies."""

    recording: str
    path: str
    sha256: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class GatewayDown:
    """The gateway lost its engine or its trunk. Each leg it carried also gets its own ``CallEnded``."""

    reason: str


@dataclass(frozen=True, slots=True)
class GatewayUp:
    """The gateway takes calls (again)."""


GatewayEvent = (
    CallOffered
    | CallAnswered
    | CallEnded
    | Digit
    | PlayDone
    | OriginateResult
    | Held
    | MediaLost
    | MediaStats
    | RecordingReady
    | GatewayDown
    | GatewayUp
)
