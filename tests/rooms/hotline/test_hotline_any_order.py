"""Callers, agents and the app do what they like in any order, on the real tables: every law of the database holds after
each step, every refusal is a refusal, and in the end nothing stands open that should not."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.hotline import Caller, an_agent, an_old_customer, seat_of, wait_is
from walletdesk.foundation.errors import Refusal
from walletdesk.service.hotline.models import (
    Call,
    CallBack,
    Contact,
    Engagement,
    Offer,
    Presence,
    QueuePlace,
    Recording,
)
from walletdesk.service.hotline.public import (
    accept_offer,
    answer_approval,
    ask_call,
    decline_offer,
    due_call_backs,
    match_waiting,
    open_approval,
    recover_calls,
    set_presence,
    show_digits,
    soft_phone,
    take_requests,
    wrap_up,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, OriginateResult, PlayDone
from walletdesk.service.hotline.rules.room_words import DeskWish, SecretTyped, TimerFired

pytestmark = pytest.mark.django_db
STEPS = 130


class World:
    """Three customers, three agents, as many calls as come."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.people = [an_old_customer(f"138 0000 20{n}6") for n in range(3)]
        self.agents = [an_agent(str(1100 + n)) for n in range(3)]
        self.calls: list[Caller] = []
        self.deeds: list[Callable[[], Any]] = [
            self.ring, self.ring_signed_in, self.press, self.press, self.press, self.sentence_over, self.time_over,
            self.time_over, self.line_answers, self.line_ends, self.type_secret, self.match, self.match, self.requests,
            self.requests, self.accept, self.accept, self.decline, self.wish, self.wish, self.presence, self.wrap,
            self.app_answers, self.call_back, self.hang_up, *[self.go_along] * 8,
        ]  # fmt: skip

    @property
    def call(self) -> Caller | None:
        live = [one for one in self.calls if not one.refused and not one.view().ended_at]
        return self.dice.choice(live) if live else None

    def ring(self) -> None:
        self.calls.append(Caller(f"+861390000{self.dice.randrange(1000, 9999)}"))
        self.calls[-1].tell(CallAnswered(self.calls[-1].leg))

    def ring_signed_in(self) -> None:
        self.calls.append(Caller.signed_in(self.dice.choice(self.people)))
        self.calls[-1].tell(CallAnswered(self.calls[-1].leg))

    def press(self) -> None:
        if self.call:
            self.call.press(self.dice.choice("0011290*5"))

    def sentence_over(self) -> None:
        if call := self.call:
            plays = [one for one in call.asked if isinstance(one, ask.Play)][-3:]
            for play in plays:
                call.tell(PlayDone(play.leg, play.play, self.dice.random() < 0.8))

    def time_over(self) -> None:
        if (call := self.call) and (timers := [one for one in call.asked if isinstance(one, ask.StartTimer)][-4:]):
            one = self.dice.choice(timers)
            call.tell(TimerFired(one.timer, one.turn))

    def line_answers(self) -> None:
        if (call := self.call) and (legs := self.legs_of(call)):
            leg = self.dice.choice(legs[-2:])
            call.tell(OriginateResult(leg, self.dice.choice(("answered", "answered", "no_answer"))))
            call.tell(CallAnswered(leg))

    def line_ends(self) -> None:
        if (call := self.call) and (legs := self.legs_of(call)) and self.dice.random() < 0.4:
            call.tell(CallEnded(self.dice.choice(legs), "hung_up"))

    @staticmethod
    def legs_of(call: Caller) -> list[str]:
        return [one.leg for one in call.asked if isinstance(one, ask.Ring | ask.Dial)]

    def go_along(self) -> None:
        """What mostly happens next: into the line, offered, accepted, joined."""
        if not (call := self.call):
            return self.ring_signed_in()
        match call.place:
            case "consent" | "choosing":
                call.press("0")
            case "waiting":
                self.match()
                self.accept()
                self.requests()
            case "connecting":
                leg = self.legs_of(call)[-1]
                call.tell(CallAnswered(leg))
                call.tell(
                    PlayDone(leg, next(one.play for one in reversed(call.asked) if isinstance(one, ask.Play)), True)
                )
        return None

    def type_secret(self) -> None:
        if (call := self.call) and call.place == "verifying":
            person = self.dice.choice(self.people)
            call.tell(SecretTyped(call.leg, person.phone))
            call.tell(SecretTyped(call.leg, self.dice.choice((show_digits(person.id).digits, "000000", ""))))

    def match(self) -> None:
        for id_, event in match_waiting():
            self.tell(id_, event)

    def requests(self) -> None:
        for id_, event in take_requests():
            self.tell(id_, event)

    def tell(self, call_id: str, event: Any) -> None:
        for one in self.calls:
            if one.id == call_id:
                one.tell(event)

    def ringing(self) -> Any:
        return [(agent, offer) for agent in self.agents if (offer := soft_phone(agent.id).offer)]

    def accept(self) -> None:
        for agent, offer in self.ringing():
            accept_offer(agent.id, offer.id)

    def decline(self) -> None:
        for agent, offer in self.ringing()[:1]:
            decline_offer(agent.id, offer.id)

    def wish(self) -> None:
        agent = self.dice.choice(self.agents)
        if call := soft_phone(agent.id).call:
            wish = self.dice.choice(get_args(DeskWish))
            other = str(self.dice.choice(self.agents).id)
            ask_call(agent.id, call.id, wish, to="payments" if wish == "transfer_topic" else other, seat=seat_of(agent))

    def presence(self) -> None:
        agent = self.dice.choice(self.agents)
        set_presence(
            agent.id, self.dice.choice(("available", "available", "available", "paused")), "break", seat_of(agent)
        )

    def wrap(self) -> None:
        agent = self.dice.choice(self.agents)
        for call in soft_phone(agent.id).unwrapped:
            wrap_up(agent.id, call.id, "solved", "说好了")

    def app_answers(self) -> None:
        person = self.dice.choice(self.people)
        if question := open_approval(person.id):
            answer_approval(person.id, question.id, yes=self.dice.random() < 0.7)

    def call_back(self) -> None:
        self.calls += [Caller.called_back(taken) for taken in due_call_backs()]

    def hang_up(self) -> None:
        if (call := self.call) and self.dice.random() < 0.4:
            call.hangs_up()


@pytest.fixture(autouse=True)
def two_minutes_each() -> Iterator[None]:
    with wait_is(120):
        yield


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_they_do_the_tables_agree(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    world, seen = World(seed), set()
    for _ in range(STEPS):
        deed = world.dice.choice(world.deeds)
        with contextlib.suppress(Refusal):  # it was said no to; nothing happened
            deed()
        laws_hold()
        seen |= set(Call.objects.values_list("place", flat=True))
    assert {"waiting", "talking"} <= seen, f"seed {seed} never came far: {seen}"
    recover_calls()
    laws_hold()
    assert not Engagement.objects.filter(ended_at=None).exists()
    assert not Offer.objects.filter(state="open").exists()
    assert not Presence.objects.filter(state__in=("on_call", "offered")).exists()
    assert not Recording.objects.filter(state="open").exists()
    assert Contact.objects.count() == Call.objects.count()
    open_places = set(QueuePlace.objects.exclude(state="left").values_list("id", flat=True))
    assert open_places == set(CallBack.objects.filter(state="waiting").values_list("place_id", flat=True))


def laws_hold() -> None:
    """What would be said at commit, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
