"""What the line tells the gateway. ``call`` is the line's own name of a call; the gateway uses it as the leg's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walletdesk.adapters.telephony.sip.session import Description

EndCause = Literal["hung_up", "cancelled", "ended_by_us", "refused", "busy", "no_answer", "unreachable"]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody calls; nothing was said to them yet but that we are trying."""

    call: str
    number: str
    dialled: str
    theirs: Description
    source: str  # the address that the INVITE came from


@dataclass(frozen=True, slots=True)
class Established:
    """Both sides know that the call is up. ``theirs`` when we had called: what they answered."""

    call: str
    theirs: Description | None = None


@dataclass(frozen=True, slots=True)
class Redescribed:
    """They described their sound anew (hold, resume, another codec or place); it is agreed already."""

    call: str
    theirs: Description


@dataclass(frozen=True, slots=True)
class KeyPressed:
    call: str
    digit: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is gone, told once."""

    call: str
    cause: EndCause


@dataclass(frozen=True, slots=True)
class TrunkDown:
    reason: str


@dataclass(frozen=True, slots=True)
class TrunkUp:
    pass


LineWord = Invited | Established | Redescribed | KeyPressed | Ended | TrunkDown | TrunkUp
