"""What a call's flow asks for. Sound words are done by the telephone's door after commit; room words by the room, in the
transaction of the step, and their answers are heard in the same transaction (``services/hear_event.py``).

Every command names its leg, play or timer, and may be given twice without harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walletdesk.service.hotline.rules.said import Said

# --- sound: for the gateway --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    leg: str


@dataclass(frozen=True, slots=True)
class Reject:
    leg: str
    busy: bool = False
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Hangup:
    leg: str


@dataclass(frozen=True, slots=True)
class Play:
    """Say these in ``language``. ``play`` comes back in ``PlayDone``."""

    leg: str
    play: str
    words: tuple[Said, ...]
    language: str
    loop: bool = False
    barge_in: bool = True


@dataclass(frozen=True, slots=True)
class StopPlay:
    leg: str


@dataclass(frozen=True, slots=True)
class Collect:
    """``secret``: from now on keys are gathered unseen, and told whole (``SecretTyped``): after ``length`` keys when that
    is known, at ``#``, or when no more come."""

    leg: str
    secret: bool
    length: int = 0


@dataclass(frozen=True, slots=True)
class Ring:
    """Call an agent's page, which takes it by itself: the agent has already said yes."""

    leg: str
    seat: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Dial:
    """Call a customer back. The number is not here: the door asks ``number_to_dial(call)`` at the last moment."""

    leg: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Bridge:
    bridge: str
    legs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unbridge:
    bridge: str


@dataclass(frozen=True, slots=True)
class SayInto:
    bridge: str
    words: tuple[Said, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Listen:
    bridge: str
    leg: str
    whisper_to: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class Mute:
    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class Record:
    """``left`` is the caller's leg, ``right`` the agent's."""

    recording: str
    bridge: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class PauseRecording:
    recording: str
    on: bool


@dataclass(frozen=True, slots=True)
class StopRecording:
    recording: str


@dataclass(frozen=True, slots=True)
class TransferLeg:
    """Hand the caller to ``line``, a name of the dial plan: never a number that somebody typed."""

    leg: str
    line: str


# --- time: for the door ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StartTimer:
    """``TimerFired(timer, turn)`` after ``seconds``, unless cancelled or started again with a later turn."""

    timer: str
    turn: int
    seconds: float


@dataclass(frozen=True, slots=True)
class CancelTimer:
    timer: str


# --- the room -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoteClaim:
    """Whoever calls says that this telephone or customer number is theirs. The answer is the same when it is nobody's."""

    number: str

    def __repr__(self) -> str:
        return f"NoteClaim({len(self.number)} keys)"


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Are these the digits that the claimed customer's app shows now?"""

    digits: str

    def __repr__(self) -> str:
        return f"CheckCode({len(self.digits)} keys)"


@dataclass(frozen=True, slots=True)
class AskApproval:
    """The claimed customer's app asks: is it you who calls?"""


@dataclass(frozen=True, slots=True)
class BeginWayBack:
    """Whoever calls is locked out of the account with this number. The answer is the same when it is nobody's."""

    number: str

    def __repr__(self) -> str:
        return f"BeginWayBack({len(self.number)} keys)"


@dataclass(frozen=True, slots=True)
class SendWayBackCode:
    """A code to the next verified address of that account."""


@dataclass(frozen=True, slots=True)
class CheckWayBack:
    """Is this the code that was sent?"""

    digits: str

    def __repr__(self) -> str:
        return f"CheckWayBack({len(self.digits)} keys)"


@dataclass(frozen=True, slots=True)
class ReadBalances:
    pass


@dataclass(frozen=True, slots=True)
class FreezeWallets:
    pass


@dataclass(frozen=True, slots=True)
class JoinQueue:
    """``urgent`` 0 to 3; ``front``: this caller was already with somebody, and comes back through no fault of theirs."""

    topic: str
    urgent: int = 0
    front: bool = False


@dataclass(frozen=True, slots=True)
class AskPlace:
    pass


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    why: Literal["hung_up", "call_back", "answered", "gave_up", "transferred"]


@dataclass(frozen=True, slots=True)
class KeepPlaceAsCallBack:
    """The place stays in line without its caller; ``gone``: the caller hung up after hearing our promise."""

    gone: bool = False


@dataclass(frozen=True, slots=True)
class CallBackWhenOpen:
    topic: str


@dataclass(frozen=True, slots=True)
class CallBackTried:
    outcome: Literal["reached", "busy", "no_answer", "refused", "unreachable", "not_confirmed"]


@dataclass(frozen=True, slots=True)
class TakeAgent:
    """The agent of this accepted offer is with this call now: the database allows one call for one agent."""

    offer: str


@dataclass(frozen=True, slots=True)
class CloseOffer:
    offer: str
    why: Literal["timed_out", "gone", "caller_left"]


@dataclass(frozen=True, slots=True)
class ReleaseAgent:
    """``wrap_up``: to write down what was said; else straight back to where they were."""

    employee: str
    wrap_up: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class InviteColleague:
    employee: str


@dataclass(frozen=True, slots=True)
class MakeAgent:
    """The colleague who was consulted is the caller's agent now."""

    employee: str


@dataclass(frozen=True, slots=True)
class LinkCase:
    """The contact's case: the one it was placed from, else a new one. Exactly one for each call."""


@dataclass(frozen=True, slots=True)
class BeginRecording:
    recording: str


@dataclass(frozen=True, slots=True)
class SaveSurvey:
    stars: int


@dataclass(frozen=True, slots=True)
class EndCall:
    """The end, exactly once."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """The place does not know this event: noted by name, nothing changes."""

    place: str
    event: str


SoundCommand = (
    Answer | Reject | Hangup | Play | StopPlay | Collect | Ring | Dial | Bridge | Unbridge | SayInto | Listen | Hold
    | Mute | Record | PauseRecording | StopRecording | TransferLeg | StartTimer | CancelTimer
)  # fmt: skip
RoomCommand = (
    NoteClaim | CheckCode | AskApproval | BeginWayBack | SendWayBackCode | CheckWayBack
    | ReadBalances | FreezeWallets | JoinQueue | AskPlace | LeaveQueue | KeepPlaceAsCallBack
    | CallBackWhenOpen | CallBackTried | TakeAgent | CloseOffer | ReleaseAgent | InviteColleague | MakeAgent | LinkCase
    | BeginRecording | SaveSurvey | EndCall | Unheard
)  # fmt: skip
Command = SoundCommand | RoomCommand
