"""The agents: number, what they do, since how many minutes. Who may listen gets a link at each conversation.

Whose shift runs and who is not there stands among them: an empty row would tell nothing, and a gap is what to act on.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.public import AgentHere, floor
from walletdesk.trust.staff.public import EmployeeView, employees, may, shifts_between

MOST = 26
# state → words, tone, shape, class of the card
STATES = {
    "on_call": (Words("通话", "Call"), "go", "talk", "talk2"),
    "offered": (Words("来电", "Ringing"), "go", "dot", "talk2"),
    "available": (Words("空闲", "Free"), "go", "ring", ""),
    "wrap_up": (Words("整理", "Wrap"), "wait", "half", "wrapu"),
    "paused": (Words("小休", "Break"), "wait", "hold", "off"),
    "logged_off": (Words("离席", "Off"), "", "flat", "off"),
}
ANSWERING = ("agent", "senior_agent")  # whose work the line is; others may help out, and are not waited for
HOURS, LONG = Words("{n} 小时", "{n} h"), 100
LOST = (Words("失联", "Lost"), "bad", "dash", "off")  # the page closed while they were on duty
ABSENT = (Words("未到", "Not in"), "", "dash", "off due")


@dataclass(frozen=True, slots=True)
class AgentCard:
    """``call_id`` only where the reader may listen."""

    id: uuid.UUID
    number: str
    words: Words
    tone: str
    shape: str
    look: str
    minutes: int
    call_id: uuid.UUID | None

    @property
    def since(self) -> str:
        """As it fits on a card that is read across a room."""
        return f"{self.minutes}′" if self.minutes < LONG else HOURS.say(n=self.minutes // 60)


@dataclass(frozen=True, slots=True)
class AgentsPart:
    cards: list[AgentCard]
    counts: list[tuple[Words, int]]
    online: int
    all: int
    more: int


def agents_part(employee: EmployeeView) -> AgentsPart:
    """By number, those who are there, then those who should be; who logged off outside a shift is only counted."""
    moment, here = now(), floor()
    there = [one for one in here if one.state != "logged_off"]
    listens = may(employee, "listen_to_calls")
    absent = _absent({one.employee_id for one in there}, moment)
    cards = [_card(one, moment, listens) for one in there] + absent
    counted = Counter(str(one.words) for one in cards)
    return AgentsPart(
        cards=cards[:MOST],
        counts=[(words, counted[str(words)]) for words, *_ in (*STATES.values(), LOST, ABSENT) if counted[str(words)]],
        online=len(there),
        all=len({one.employee_id for one in here} | {one.id for one in absent}),
        more=max(0, len(cards) - MOST),
    )


def _absent(there: set[uuid.UUID], moment: datetime) -> list[AgentCard]:
    """Agents whose shift runs and who are not at their telephone, with the minutes since it began."""
    began = {one.employee_id: one.starts_at for one in shifts_between(moment, moment) if one.employee_id not in there}
    due = [one for one in employees(began.keys()).values() if one.role in ANSWERING]
    return [
        AgentCard(one.id, one.employee_number, *ABSENT, int((moment - began[one.id]).total_seconds() // 60), None)
        for one in sorted(due, key=lambda one: one.employee_number)
    ]


def _state(one: AgentHere) -> tuple[Words, str, str, str]:
    return LOST if one.reason == "page_closed" else STATES[one.state]


def _card(one: AgentHere, moment: datetime, listens: bool) -> AgentCard:
    words, tone, shape, look = _state(one)
    since = one.talking_since if one.state == "on_call" and one.talking_since else one.since
    minutes = max(0, int((moment - since).total_seconds() // 60))
    call_id = one.call_id if listens and one.state == "on_call" else None
    return AgentCard(one.employee_id, one.number, words, tone, shape, look, minutes, call_id)
