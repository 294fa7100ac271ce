"""A call as its flow knows it: everything a step needs, nothing secret, stored with the call after each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walletdesk.service.hotline.rules.said import Said

CallKind = Literal["telephone", "browser", "call_back"]

GENERAL, SECURITY = "general", "security"


@dataclass(frozen=True, slots=True)
class Flow:
    """``place`` names the state (``rules/places``). ``customer`` is set once known; only ``verified`` opens private things.

    ``timers`` are those that run, each with its turn; ``plays`` counts what was said, so that a late ``PlayDone`` of an
    earlier sentence is told from the present one. ``unsaid`` waits for the next sentence, because the room has to answer first.
    """

    call: str
    caller: str
    kind: CallKind = "telephone"
    place: str = "answering"
    language: str = ""
    customer: str = ""
    verified: bool = False
    code: str = ""
    case: str = ""
    topic: str = GENERAL
    urgent: int = 0

    recording_allowed: bool = False
    node: str = ""
    then: str = ""
    misses: int = 0
    keying: str = ""

    offer: str = ""
    offered_seat: str = ""
    offered_number: str = ""
    offered_employee: str = ""
    waited: int = 0
    employee: str = ""
    number: str = ""
    seat: str = ""
    agent_leg: str = ""
    agents: int = 0
    talked: bool = False
    returns: int = 0
    may_call_back: bool = False
    promised: str = ""
    position: int = 0
    front: bool = False
    announced: str = ""

    colleague_offer: str = ""
    colleague: str = ""
    colleague_number: str = ""
    colleague_seat: str = ""
    colleague_leg: str = ""
    listener_leg: str = ""
    held: bool = False
    secret: bool = False
    recording: str = ""
    recordings: int = 0

    unsaid: tuple[Said, ...] = ()
    playing: str = ""
    plays: int = 0
    timers: tuple[tuple[str, int], ...] = ()
    turns: int = 0
    outcome: str = ""

    @property
    def bridge(self) -> str:
        """The bridge of caller and agent."""
        return f"{self.call}:talk"

    @property
    def ended(self) -> bool:
        return self.place == "ended"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether somebody is there for a topic; ``opens`` "HH:MM" and ``day`` (``said.DAYS``) when nobody is."""

    open: bool
    opens: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the world outside the call is like at this step: per topic whether it is open. Unknown topics are open."""

    openings: tuple[tuple[str, Opening], ...] = ()

    def opening(self, topic: str) -> Opening:
        return dict(self.openings).get(topic, Opening(True))
