"""Builders for the hotline: agents at their desks, customers who call, and a door that tells one call's events in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories import money
from tests.factories.trust import an_employee
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.hotline import expected_wait
from walletdesk.service.hotline.public import (
    CallView,
    accept_offer,
    call_view,
    hear,
    make_token,
    match_waiting,
    set_presence,
    set_skills,
    soft_phone,
    take_in_call,
    take_requests,
    use_wait_estimator,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.call_backs import MOST_A_DAY
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, CallOffered, Digit, PlayDone
from walletdesk.service.hotline.rules.room_words import TimerFired
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView

_numbers = itertools.count(1)
MOBILE = "138 0000 2046"


def an_old_customer(phone: str = MOBILE, yuan: int = 1_280, **user: Any) -> CustomerView:
    """Somebody whose number has been on file for a month, with a wallet."""
    with at(now() - timedelta(days=30)):
        return money.a_payer(yuan, phone=phone, **user)


def an_agent(
    number: str = "1024", *, topics: tuple[str, ...] = (), languages: tuple[str, ...] = (), role: str = "agent"
) -> EmployeeView:
    """An agent with a page that rings, available; with skills if any are named."""
    employee = an_employee(role, number=number)
    if topics or languages:
        chief = an_employee("supervisor", "wall")
        set_skills(chief.id, employee.id, topics, languages)
    set_presence(employee.id, "available", seat=seat_of(employee))
    return employee


def seat_of(employee: EmployeeView) -> str:
    return f"agent:{employee.id}:page-{employee.employee_number}"


@contextmanager
def wait_is(seconds: int) -> Iterator[None]:
    """For a while, everybody waits so many seconds for each one before them."""
    before = list(expected_wait._joined)
    use_wait_estimator(lambda topic, language, position, moment: seconds * position)
    try:
        yield
    finally:
        expected_wait._joined[:] = before


class Caller:
    """The door's part for one call: tells events with their numbers, and remembers what was asked for."""

    def __init__(
        self, number: str = "+8613800002046", *, token: str = "", kind: Any = "telephone", language: str = "zh-hans"
    ) -> None:
        self.leg = f"leg-{next(_numbers)}"
        taken = take_in_call(CallOffered(self.leg, kind, number, "95500", token, language))
        self.id, self.heard = taken.call_id, 0
        self.asked: list[ask.Command] = list(taken.commands)
        self.refused = not taken.call_id

    @classmethod
    def signed_in(cls, customer: CustomerView, **more: Any) -> Caller:
        ticket = make_token(customer.id, "zh-hans", more.pop("case_id", None))
        return cls("", token=ticket.token, kind="browser", **more)

    @classmethod
    def called_back(cls, taken: Any) -> Caller:
        """The call that we placed."""
        self = cls.__new__(cls)
        self.leg, self.id, self.heard = taken.caller, taken.call_id, 0
        self.asked, self.refused = list(taken.commands), False
        return self

    @property
    def uuid(self) -> UUID:
        return UUID(self.id)

    def view(self) -> CallView:
        return call_view(self.uuid)

    @property
    def place(self) -> str:
        return self.view().place

    def tell(self, event: Any) -> list[ask.Command]:
        self.heard += 1
        commands: list[ask.Command] = list(hear(self.id, event, self.heard).commands)
        self.asked += commands
        return commands

    def press(self, keys: str) -> list[ask.Command]:
        last: list[ask.Command] = []
        for key in keys:
            last = self.tell(Digit(self.leg, key, "event"))
        return last

    def hears_all(self) -> None:
        """The present sentence is over."""
        self.tell(PlayDone(self.leg, self.playing, True))

    @property
    def playing(self) -> str:
        return [one.play for one in self.asked if isinstance(one, ask.Play) and one.leg == self.leg][-1]

    def timer(self, name: str) -> list[ask.Command]:
        """This timer runs out."""
        turn = [one.turn for one in self.asked if isinstance(one, ask.StartTimer) and one.timer == name][-1]
        return self.tell(TimerFired(name, turn))

    def said(self) -> list[str]:
        """The names of everything that was said to the caller."""
        return [
            word.id for one in self.asked if isinstance(one, ask.Play) and one.leg == self.leg for word in one.words
        ]

    def words(self, name: str) -> Any:
        """The last sentence of that name."""
        every = [word for one in self.asked if isinstance(one, ask.Play) for word in one.words if word.id == name]
        return every[-1]

    # --- ways into the call ---

    def into_menu(self) -> Caller:
        self.tell(CallAnswered(self.leg))
        self.press("1")
        return self

    def into_line(self, keys: str = "0") -> Caller:
        self.into_menu()
        self.press(keys)
        return self

    def into_talk(self, agent: EmployeeView) -> Caller:
        """Offered to this agent, accepted, joined."""
        if self.place == "answering":
            self.into_line()
        offers_to(self)
        accept_offer(agent.id, offer_of(agent).id)
        requests_to(self)
        leg = [one.leg for one in self.asked if isinstance(one, ask.Ring)][-1]
        self.tell(CallAnswered(leg))
        whisper = [one.play for one in self.asked if isinstance(one, ask.Play) and one.leg == leg][-1]
        self.tell(PlayDone(leg, whisper, True))
        return self

    @property
    def agent_leg(self) -> str:
        return [one.leg for one in self.asked if isinstance(one, ask.Ring)][-1]

    def hangs_up(self) -> None:
        self.tell(CallEnded(self.leg, "hung_up"))


def offers_to(*callers: Caller) -> list[Any]:
    """Match, and tell each caller's flow its offer; the offers in the order in which they were made."""
    made = match_waiting()
    for call, offered in made:
        for caller in callers:
            if caller.id == call:
                caller.tell(offered)
    return [offered for _, offered in made]


def requests_to(*callers: Caller) -> None:
    """What desks and customers asked, told to each call's flow."""
    for call, event in take_requests():
        for caller in callers:
            if caller.id == call:
                caller.tell(event)


def asks_all_day(customer: CustomerView) -> None:
    """They wished to be called back as often as a day allows, each time in the place they had."""
    for _ in range(MOST_A_DAY):
        asks = Caller.signed_in(customer).into_line()
        asks.press("1")
        asks.hangs_up()


def reached(taken: Any, then: str = "") -> Caller:
    """We called back, they answered and pressed 1; then these keys."""
    back = Caller.called_back(taken)
    back.tell(CallAnswered(back.leg))
    back.press(f"1{then}")
    return back


def offer_of(agent: EmployeeView) -> Any:
    offer = soft_phone(agent.id).offer
    assert offer is not None, f"nothing rings at {agent.employee_number}"
    return offer
