"""What the hotline needs of the world: something that carries sound and tells us about it.

An adapter must not: know customers, cases or queues; decide what a digit means; answer by itself; dial anything that it
was not told to dial; believe a caller's number; write digits to a log or a recording while ``collect(secret=True)`` is
on; tell of an event twice; be slower than ``COMMAND_SECONDS`` to say that it took a command or could not.

The words of a gateway stand in ``rules/gateway_words.py`` and are offered here too: an adapter needs no other module.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Digit,
    DigitSource,
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

__all__ = [
    "COMMAND_SECONDS",
    "BrowserLine",
    "CallAnswered",
    "CallEnded",
    "CallOffered",
    "Capability",
    "Digit",
    "DigitSource",
    "EndReason",
    "GatewayDown",
    "GatewayEvent",
    "GatewayRefused",
    "GatewayUp",
    "Held",
    "LegKind",
    "MediaGateway",
    "MediaLost",
    "MediaStats",
    "OriginateResult",
    "PlayDone",
    "RecordingReady",
    "TelephoneLine",
    "WaitEstimator",
]

COMMAND_SECONDS = 5.0

Capability = Literal["telephone", "browser", "recording", "listen", "whisper", "originate", "transfer", "send_digits"]


class GatewayRefused(Exception):
    """The gateway cannot do this: ``code`` is one of leg_unknown, bridge_unknown, not_capable, too_late, busy."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TelephoneLine:
    """A number to dial, in E.164, through the trunk. Numbers come from what customers have on file, never from callers."""

    number: str
    shown_number: str  # our own official number


@dataclass(frozen=True, slots=True)
class BrowserLine:
    """A seat: the browser page that registered under this name (an agent's soft-phone)."""

    seat: str


class MediaGateway(Protocol):
    """Carries legs and bridges. Every command is safe to repeat and is done, or refused, within ``COMMAND_SECONDS``.

    Names of plays, bridges and recordings are the caller's; a command for a leg that is already gone does nothing.
    """

    def events(self) -> AsyncIterator[GatewayEvent]:
        """All legs' events; those of one leg in the order in which they happened."""

    def capabilities(self) -> frozenset[Capability]:
        """What this gateway can do."""

    async def answer(self, leg: str) -> None:
        """Take the call: ``CallAnswered`` follows when sound runs."""

    async def reject(self, leg: str, *, busy: bool = False, retry_after: int | None = None) -> None:
        """Refuse a call that was not answered (SIP 486 when busy, else 503, with Retry-After in seconds)."""

    async def hangup(self, leg: str) -> None:
        """End the leg."""

    async def originate(self, leg: str, to: TelephoneLine | BrowserLine, *, ring_seconds: int) -> None:
        """Place a leg under this id: one ``OriginateResult`` follows, at the latest after ``ring_seconds``."""

    async def play(
        self, leg: str, play: str, sounds: tuple[Path, ...], *, loop: bool = False, barge_in: bool = True
    ) -> None:
        """Play WAV files (8 kHz mono 16 bit) one after the other; replaces what plays. ``barge_in``: a digit ends it."""

    async def stop_play(self, leg: str) -> None:
        """Silence."""

    async def collect(self, leg: str, *, secret: bool) -> None:
        """From now on digits of this leg are secret (or again not): masked in logs, recordings paused meanwhile."""

    async def bridge(self, bridge: str, legs: tuple[str, ...]) -> None:
        """These legs hear each other (two, or three in a consultation); again with other legs to change who is in."""

    async def unbridge(self, bridge: str) -> None:
        """Part them; the legs live on and hear nothing."""

    async def say_into_bridge(self, bridge: str, sounds: tuple[Path, ...]) -> None:
        """Everyone in the bridge hears these over what they say."""

    async def listen(self, bridge: str, leg: str, *, whisper_to: str | None = None) -> None:
        """``leg`` hears the bridge without being heard; or is heard by the leg ``whisper_to`` alone."""

    async def hold(self, leg: str, *, on: bool) -> None:
        """On: the leg hears music (or what ``play`` plays) and is not heard; off: it is back in its bridge."""

    async def mute(self, leg: str, *, on: bool) -> None:
        """The leg hears and is not heard."""

    async def record(self, recording: str, bridge: str, path: Path, *, left: str, right: str) -> None:
        """Write the bridge to ``path``: leg ``left`` on the left channel, ``right`` on the right; ends with the bridge."""

    async def pause_recording(self, recording: str, *, on: bool) -> None:
        """Write silence meanwhile, so that times stay true."""

    async def stop_recording(self, recording: str) -> None:
        """Close it: ``RecordingReady`` follows."""

    async def send_digits(self, leg: str, digits: str) -> None:
        """Key these on the leg (RFC 4733)."""

    async def transfer(self, leg: str, to: TelephoneLine) -> None:
        """Hand the leg over to a number on our allow-list, and leave."""


class WaitEstimator(Protocol):
    """Tells how long the caller at ``position`` for ``topic`` and ``language`` still waits, in seconds; None: unknown.

    Must not write, nor take longer than a few milliseconds: it is asked while a caller listens.
    """

    def __call__(self, topic: str, language: str, position: int, at: datetime) -> int | None: ...
