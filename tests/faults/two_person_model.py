"""The two-person law once more, written from its sentences and not from the product: what may happen to a proposal.

It shares no line with the product. It knows people by name, their team, their role and their session; proposals with
what was in them; and says for each act whether it must be refused.

    propose     who may propose refunds; one open proposal for a payment
    approve     it is open; its hour is not over; what was seen is what stands there; somebody else, of another team,
                who may decide, who is not the customer that gains, and whose session is their own and stands; and in the
                first quarter of an hour whom the lot fell on
    send back   the same, and with a reason; nobody looks at what was seen
    withdraw    its maker
    change      its maker, who still may propose: the old one dies, a new one stands

A proposal remembers its maker's team of that moment. A role or a team that changes ends the person's sessions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MAY_PROPOSE = {"agent", "senior_agent", "supervisor"}
MAY_DECIDE = {"senior_agent", "supervisor", "risk_officer", "finance_officer"}
HOUR = timedelta(hours=1)
ALONE, DAY = timedelta(minutes=15), timedelta(days=1)
SHIFT, SHIFTS = timedelta(hours=8), 24
"""They work every second eight hours."""


@dataclass
class ModelPerson:
    name: str
    team: str
    role: str
    here: bool = True
    gains: bool = False
    has_shifts: bool = False


@dataclass
class ModelProposal:
    number: int
    payment: int
    minor: int
    maker: str
    maker_team: str
    made_at: datetime
    state: str = "open"
    drawn: str = ""


@dataclass
class Seen:
    """What worlds did, added up."""

    sequences: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    bypasses: list[str] = field(default_factory=list)

    def add(self, other: Seen) -> None:
        self.sequences += other.sequences
        self.tried += other.tried
        self.bypasses += other.bypasses


@dataclass
class TwoPersonModel:
    begin: datetime
    people: dict[str, ModelPerson] = field(default_factory=dict)
    proposals: list[ModelProposal] = field(default_factory=list)
    refunds: list[tuple[int, int]] = field(default_factory=list)
    """(payment, minor units) of what must have been paid back, in order."""

    def may_propose(self, who: str, payment: int, at: datetime, holder: str) -> bool:
        person = self.people[who]
        able = person.here and person.role in MAY_PROPOSE and who == holder and not person.gains
        return able and not any(one.payment == payment and self.is_open(one, at) for one in self.proposals)

    def propose(self, who: str, payment: int, minor: int, at: datetime) -> ModelProposal:
        made = ModelProposal(len(self.proposals), payment, minor, who, self.people[who].team, at)
        self.proposals.append(made)
        return made

    def is_open(self, one: ModelProposal, at: datetime) -> bool:
        return one.state == "open" and at < one.made_at + HOUR

    def on_shift(self, who: str, at: datetime) -> bool:
        turn = (at - self.begin) // SHIFT
        return self.people[who].has_shifts and turn < SHIFTS and turn % 2 == 0

    def lots(self, one: ModelProposal) -> set[str]:
        """Whom the lot may have fallen on when this was made: whom it fell on within a day before, if they may."""
        able = {
            who for who in self.people if self.on_shift(who, one.made_at) and self.may_decide(who, one, one.made_at)
        }
        same = [past for past in self.proposals[: one.number] if past.payment == one.payment and past.drawn]
        lately = [past.drawn for past in same if one.made_at - past.made_at < DAY]
        return {lately[-1]} if lately and lately[-1] in able else able

    def may_decide(self, who: str, one: ModelProposal, at: datetime) -> bool:
        person = self.people[who]
        if one.drawn not in ("", who) and at < one.made_at + ALONE:
            return False
        other = who != one.maker and person.team != one.maker_team
        return self.is_open(one, at) and other and person.here and person.role in MAY_DECIDE and not person.gains

    def approve(self, one: ModelProposal) -> None:
        one.state = "approved"
        self.refunds.append((one.payment, one.minor))

    def may_change(self, who: str, one: ModelProposal, at: datetime, holder: str) -> bool:
        """To change it needs the right to propose; to withdraw it needs only to be the maker who is still here and whose
        case it is.
        """
        person = self.people[who]
        able = person.here and person.role in MAY_PROPOSE and who == holder
        return self.is_open(one, at) and who == one.maker and able
