"""What pages, carriers and we say to one another.

Between a page and us, over its WebSocket (``doors/live/call_signal.py``), one JSON object each::

    page → us   here                           this agent's page can be rung
                gone                           its WebSocket closed (said by the door, never by the page)
                offer     sdp, id, language, leg   a complete offer (no trickle); ``leg`` when it answers a ring
                decline   leg                  will not answer this ring
                hangup    leg
    us → page   ring      leg, seconds
                quiet     leg                  stop ringing
                answer    leg, sdp, to         ``to``: the id of the offer
                ended     leg, reason          the call is over, or was refused (``busy``: retry_after in seconds)
                again     code                 what was said could not be used; nothing happened

Keys are not among these words: what passes here lies in a table for a moment, and a key may be part of a secret. They
go where the sound goes, by the data channel ``keys`` (aiortc) or as RFC 4733 (Janus).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

KEYS = frozenset("0123456789*#")
PCMU, TELEPHONE_EVENT = 0, 101
"""Payload numbers towards the media engine: G.711 µ-law, RFC 4733."""

Body = Mapping[str, Any]
SendToPage = Callable[[str, dict[str, Any]], Awaitable[None]]
"""``await send(seat, body)``: hand ``body`` to the page that sits there. Must not raise when nobody sits there."""


@dataclass(frozen=True, slots=True)
class RtpAddress:
    """Where plain RTP is heard; ``event_type`` is the payload number of RFC 4733 there."""

    host: str
    port: int
    event_type: int = TELEPHONE_EVENT


OpenMedia = Callable[[str, RtpAddress], Awaitable[RtpAddress]]
"""``await open_media(leg, browser_side)``: make the media engine's leg that speaks with ``browser_side`` in PCMU (0)
and telephone-event (``event_type``), 20 ms a packet; the answer is where the engine hears. Again for a leg that has one: the
same answer, with the new ``browser_side``."""


@dataclass(frozen=True, slots=True)
class WentUp:
    """Sound runs both ways (DTLS is done)."""

    leg: str


@dataclass(frozen=True, slots=True)
class WentDown:
    """The page's side of the leg is gone: ``closed`` by the page, or ``lost`` on the way."""

    leg: str
    why: Literal["closed", "lost"]


@dataclass(frozen=True, slots=True)
class Heard:
    """How the page's sound arrived, over the leg's life; ``delay_ms`` is half a round trip, or ``None``."""

    leg: str
    received: int
    lost: int
    jitter_ms: float
    delay_ms: float | None


CarrierEvent = WentUp | WentDown | Heard
