"""One step of one call, under way: the locked row, the flow, what is to be told to the door, what happens after."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import Fact, publish_many
from walletdesk.service.hotline.events import CallChanged
from walletdesk.service.hotline.models import Call, CallEvent, CallLeg, Engagement, MenuVersion, Offer
from walletdesk.service.hotline.queries.surroundings import surroundings
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.flow import begin, step
from walletdesk.service.hotline.rules.flow_state import Flow
from walletdesk.service.hotline.rules.gateway_words import Digit
from walletdesk.service.hotline.rules.menu import FIRST_MENU, Menu, read_menu
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.written import read, write

MOST_ANSWERS = 50
"""Room words answer with events, which may ask for room words: never more than a few. A loop is a mistake of ours."""
PLACES_WITHOUT_KEYS = ("verifying", "unlocking", "talking", "consulting", "together", "leaving")
ROLE_OF_LEG = {"agent": "agent", "colleague": "colleague", "ear": "listener"}

Act = Callable[["Run", Any], list[FlowEvent]]


class Run:
    """``acts`` says which function does which room word; it may answer with events, heard in the same transaction."""

    def __init__(self, call: Call, acts: dict[type, Act]) -> None:
        self.call, self.acts = call, acts
        self.flow: Flow = read(call.flow)
        self.at = now()
        self.sound: list[ask.SoundCommand] = []
        self.facts: list[Fact] = []
        self.menu = menu_of(call)
        self.around = surroundings(self.at)
        self._shown_before = _shown(self.flow)

    @property
    def customer_id(self) -> UUID | None:
        return self.call.customer_id

    def begin(self) -> None:
        """The first commands of a new call."""
        flow, commands = begin(self.flow, self.menu, self.around)
        self._settle(self._take(flow, commands))

    def hear(self, event: FlowEvent) -> None:
        """The event, and every answer of the room to what it led to."""
        self._settle([event])

    def _settle(self, events: list[FlowEvent]) -> None:
        waiting = deque(events)
        for _ in range(MOST_ANSWERS):
            if not waiting:
                return
            flow, commands = step(self.flow, waiting.popleft(), self.menu, self.around)
            waiting.extend(self._take(flow, commands))
        raise RuntimeError(f"call {self.call.id}: the room answers itself without end at {self.flow.place}")

    def _take(self, flow: Flow, commands: Iterable[ask.Command]) -> list[FlowEvent]:
        """Do the room words, keep the sound words for the door; the room's answers."""
        self.flow = flow
        answers: list[FlowEvent] = []
        for command in commands:
            if isinstance(command, ask.Unheard):
                continue
            act = self.acts.get(type(command))
            if act is None:
                self._note_leg(command)
                self.sound.append(command)  # type: ignore[arg-type]
                continue
            answers += act(self, command)
        return answers

    def _note_leg(self, command: ask.Command) -> None:
        match command:
            case ask.Ring(leg, seat):
                role = ROLE_OF_LEG[leg.split(":")[1]]
                CallLeg.objects.get_or_create(
                    id=leg,
                    defaults={
                        "call": self.call,
                        "role": role,
                        "kind": "browser",
                        "employee_id": seat.split(":")[1],
                        "began_at": self.at,
                    },
                )
            case ask.Dial(leg):
                CallLeg.objects.get_or_create(id=leg, defaults={"call": self.call, "role": "caller"})

    def note(self, event: FlowEvent, number: int) -> None:
        """Write the event down, secrets masked: also single keys, wherever they are not choices of a menu."""
        detail = write(event)
        name = detail.pop("is")
        if isinstance(event, Digit) and self.flow.place in PLACES_WITHOUT_KEYS:
            detail["digit"] = "•"
        CallEvent.objects.create(
            call=self.call, number=number, at=self.at, name=name, place=self.flow.place, detail=detail
        )

    def save(self, number: int) -> None:
        """Store flow and answer; tell whoever looks when the call stands elsewhere."""
        call, flow = self.call, self.flow
        call.flow, call.heard, call.answer = write(flow), number, write(self.sound)
        call.place, call.topic, call.language = flow.place, flow.topic, flow.language
        call.save()
        if _shown(flow) != self._shown_before or self.facts:
            changed = CallChanged(call.id, call.customer_id, self._employees(), flow.place, self.at)
            publish_many([changed, *self.facts])

    def _employees(self) -> tuple[UUID, ...]:
        engaged = Engagement.objects.filter(call=self.call, ended_at=None).values_list("employee_id", flat=True)
        offered = Offer.objects.filter(call=self.call, state="open").values_list("employee_id", flat=True)
        return tuple(sorted({*engaged, *offered}))


def _shown(flow: Flow) -> tuple[object, ...]:
    """What screens show of a call: another one, and they are told."""
    return flow.place, flow.held, flow.secret, flow.recording, flow.colleague, flow.listener_leg, flow.case


def menu_of(call: Call) -> Menu:
    """The menu as it was when this call came in: an edit never moves the keys under a caller's fingers."""
    row = MenuVersion.objects.filter(number=call.menu_id or 0).first()
    return read_menu(row.tree) if row else FIRST_MENU
