"""What the room itself tells a call's flow, beside the gateway's words: answers to commands, and what people at desks ask.

Nothing here carries a secret: :class:`SecretTyped` exists in memory only, for one step, and is written down as a mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DeskWish = Literal[
    "hold", "resume", "mute", "unmute",
    "secret_on", "secret_off",  # the caller is about to key, or say, a card number or a code
    "consult", "back_to_caller", "join", "hand_over",
    "transfer_topic", "transfer_line",
    "listen", "whisper", "stop_listening",
    "hang_up",
]  # fmt: skip
Outcome = Literal["frozen", "already", "unknown"]
OfferEnd = Literal["declined", "timed_out", "gone"]


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A key of a secret entry was pressed: that it was, never which."""

    leg: str


@dataclass(frozen=True, slots=True)
class SecretTyped:
    """A secret entry is whole. ``digits`` are gone with the step that hears this."""

    leg: str
    digits: str

    def __repr__(self) -> str:
        return f"SecretTyped(leg={self.leg!r}, digits={len(self.digits)} keys)"


@dataclass(frozen=True, slots=True)
class Verified:
    """Who calls is known. ``code`` is the short code that screen, telephone and app show; ``how`` names the proof."""

    customer: str
    code: str
    how: str


@dataclass(frozen=True, slots=True)
class VerifyFailed:
    """The proof was wrong: ``left`` tries remain, 0 ends it."""

    left: int


@dataclass(frozen=True, slots=True)
class WayBackProved:
    """The code that came to a verified address was right. ``more``: a second one can go to another address."""

    customer: str
    more: bool


@dataclass(frozen=True, slots=True)
class PaymentSaid:
    """One movement as it is read out: ``direction`` "in" or "out", ``day`` one of ``said.DAYS``."""

    direction: Literal["in", "out"]
    minor: int
    asset: str
    day: str


@dataclass(frozen=True, slots=True)
class BalancesRead:
    """The verified customer's available balances (minor units, asset) and last payments; ``frozen``: nothing can go out."""

    balances: tuple[tuple[int, str], ...]
    payments: tuple[PaymentSaid, ...]
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class MoneyUnknown:
    """The books could not be read now."""


@dataclass(frozen=True, slots=True)
class FreezeDone:
    """What became of the freeze; "unknown" is told as such."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """Where the caller stands: ``minutes`` None when nobody can tell; ``by`` the promised time or empty; ``due_in`` the
    seconds until then; ``call_back`` whether we may call back (verified, a number on file for long enough)."""

    position: int
    minutes: int | None
    by: str
    due_in: int
    call_back: bool


@dataclass(frozen=True, slots=True)
class PlaceRefused:
    """No place: "full", or "elsewhere" when the same customer waits on another line."""

    why: Literal["full", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Offered:
    """The caller is offered to an agent, whose screen shows it; ``waited`` whole minutes. ``colleague``: a consultation."""

    offer: str
    employee: str
    number: str
    seat: str
    seconds: int
    waited: int = 0
    colleague: bool = False


@dataclass(frozen=True, slots=True)
class OfferAccepted:
    offer: str


@dataclass(frozen=True, slots=True)
class OfferClosed:
    """The offer came to nothing."""

    offer: str
    why: OfferEnd


@dataclass(frozen=True, slots=True)
class ColleagueRefused:
    """The colleague who was asked cannot come now."""

    why: str


@dataclass(frozen=True, slots=True)
class CallBackMade:
    """We will call back, as number ``n`` in line; ``by`` the promised time or empty; ``last`` digits of the number on file."""

    n: int
    by: str
    last: str


@dataclass(frozen=True, slots=True)
class CallBackRefused:
    """ "have_one", "no_trunk", "no_number", "too_new" or "too_many_today"."""

    why: str


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """The call has its case."""

    reference: str


@dataclass(frozen=True, slots=True)
class DeskAsked:
    """Somebody at a desk wishes something of this call. ``to``: an employee, a topic or a line of the dial plan."""

    wish: DeskWish
    employee: str
    to: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The timer of that name and turn has run out."""

    timer: str
    turn: int


RoomEvent = (
    SecretKey | SecretTyped | Verified | VerifyFailed | WayBackProved | BalancesRead | MoneyUnknown | FreezeDone | PlaceTold
    | PlaceRefused | Offered | OfferAccepted | OfferClosed | ColleagueRefused | CallBackMade | CallBackRefused
    | CaseLinked | DeskAsked | TimerFired
)  # fmt: skip
