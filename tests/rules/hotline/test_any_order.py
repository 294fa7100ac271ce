"""Whatever happens in whatever order: never two agents, never a silent caller, one end; and nothing private unproven."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import hypothesis.strategies as some
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules import room_words as room
from walletdesk.service.hotline.rules.flow import begin, step
from walletdesk.service.hotline.rules.flow_state import Flow, Opening, Surroundings
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    Digit,
    Held,
    MediaLost,
    OriginateResult,
    PlayDone,
)
from walletdesk.service.hotline.rules.menu import FIRST_MENU
from walletdesk.service.hotline.rules.places import PLACES
from walletdesk.service.hotline.rules.room_words import DeskWish
from walletdesk.service.hotline.rules.written import read, write

STARTS = (
    "ringing",
    "menu",
    "balance",
    "freeze",
    "unlock",
    "waiting",
    "connecting",
    "talking",
    "consulting",
    "together",
)
WISHES: tuple[str, ...] = DeskWish.__args__
PRIVATE = {"balance", "last_payments", "payment_out", "payment_in", "no_payments"}
EMPLOYEES = ("zhou", "he", "wu")
CLOSED = Surroundings(tuple((topic, Opening(False, "09:00", "tomorrow")) for topic in ("payments", "complaints")))


class AnyOrder(RuleBasedStateMachine):
    """A caller, three agents and a world that answers late, twice, wrongly or not at all."""

    @initialize(
        kind=some.sampled_from(("telephone", "browser", "call_back")),
        known=some.booleans(),
        closed=some.booleans(),
        start=some.sampled_from(STARTS),
    )
    def ring(self, kind: Any, known: bool, closed: bool, start: str) -> None:
        self.around = CLOSED if closed else Surroundings()
        self.engaged: dict[str, str] = {}
        self.offers: dict[str, str] = {}
        self.ends = 0
        self.recording: set[str] = set()
        self.secret = False
        flow = Flow("c1", "caller", kind, "dialling" if kind == "call_back" else "answering")
        if known:
            flow = replace(flow, customer="lin", verified=True, code="4719", language="en")
        self.flow = flow
        self.taken(*begin(flow, FIRST_MENU, self.around))
        self.lead_to(start)

    def lead_to(self, start: str) -> None:
        """Some way into the call by the common path, so that strange things also happen late in it."""
        if start == "ringing":
            return
        self.hear(CallAnswered("caller"))
        for key in "1" if self.flow.kind == "call_back" or not self.flow.language else "":
            self.hear(Digit("caller", key, "event"))
        self.hear(Digit("caller", "1", "event"))
        if self.flow.place == "choosing" and start != "menu":
            self.hear(Digit("caller", {"balance": "1", "freeze": "9", "unlock": "3"}.get(start, "0"), "event"))
        if self.flow.place != "waiting" or start in ("menu", "waiting"):
            return
        self.hear(room.PlaceTold(2, 3, "14:32", 400, True))
        self.offer("zhou", False)
        self.hear(room.OfferAccepted(self.flow.offer))
        if start == "connecting":
            return
        self.hear(CallAnswered(self.flow.agent_leg))
        self.hear(PlayDone(self.flow.agent_leg, f"w{self.flow.agents}", True))
        if start == "talking":
            return
        self.offer("he", True)
        self.hear(room.OfferAccepted(self.flow.colleague_offer))
        self.hear(CallAnswered(self.flow.colleague_leg))
        if start == "together":
            self.hear(room.DeskAsked("join", self.flow.employee))

    def hear(self, event: Any) -> None:
        before = self.flow
        self.taken(*step(self.flow, event, FIRST_MENU, self.around))
        if isinstance(event, CallEnded | MediaLost) and event.leg == before.caller and not before.ended:
            assert self.flow.ended, "who has hung up is not kept"

    def taken(self, flow: Flow, commands: tuple[ask.Command, ...]) -> None:
        assert read(write(flow)) == flow
        assert read(write(commands)) == commands or any(
            isinstance(one, ask.CheckCode | ask.NoteClaim | ask.BeginWayBack | ask.CheckWayBack) for one in commands
        )
        for command in commands:
            self.noted(command, flow)
        self.flow = flow

    def noted(self, command: ask.Command, flow: Flow) -> None:
        assert not self.ends or isinstance(command, ask.Unheard), "after the end nothing is asked for"
        match command:
            case ask.TakeAgent(offer):
                employee = self.offers.pop(offer)
                assert employee not in self.engaged
                self.engaged[employee] = offer
            case ask.ReleaseAgent(employee):
                del self.engaged[employee]
            case ask.CloseOffer(offer):
                self.offers.pop(offer, None)
            case ask.Bridge(_, legs):
                with_agents = [leg for leg in legs if leg != flow.caller]
                assert len(with_agents) <= len(self.engaged), "nobody is joined who was not taken"
                assert len(legs) == len(set(legs))
            case ask.Record(name):
                assert flow.recording_allowed
                assert not self.recording
                self.recording.add(name)
            case ask.StopRecording(name):
                self.recording.remove(name)
            case ask.Collect(_, secret):
                self.secret = secret
            case ask.ReadBalances() | ask.FreezeWallets():
                assert flow.verified
            case ask.Play(_, _, words):
                assert flow.verified or not PRIVATE & {word.id for word in words}
                assert words, "silence is not a sentence"
            case ask.EndCall():
                self.ends += 1

    # --- what can come ---

    @rule(key=some.sampled_from("0123456789*#"))
    def press(self, key: str) -> None:
        if not self.flow.keying:
            self.hear(Digit("caller", key, "event"))

    @rule(digits=some.sampled_from(("", "13800002046", "481702")))
    def type_secretly(self, digits: str) -> None:
        if self.flow.keying:
            self.hear(room.SecretKey("caller"))
            self.hear(room.SecretTyped("caller", digits))

    @rule(finished=some.booleans(), late=some.booleans())
    def sentence_over(self, finished: bool, late: bool) -> None:
        self.hear(PlayDone("caller", "0" if late else self.flow.playing, finished))

    @rule(which=some.integers(0, 9), late=some.booleans())
    def time_over(self, which: int, late: bool) -> None:
        if self.flow.timers:
            name, turn = self.flow.timers[which % len(self.flow.timers)]
            self.hear(room.TimerFired(name, turn - late))

    @rule(leg=some.sampled_from(("caller", "agent_leg", "colleague_leg", "listener_leg", "stranger")))
    def answered(self, leg: str) -> None:
        self.hear(CallAnswered(getattr(self.flow, leg, "") or leg))

    @rule(outcome=some.sampled_from(("answered", "busy", "no_answer", "refused")), mine=some.booleans())
    def rung(self, outcome: Any, mine: bool) -> None:
        leg = self.flow.caller if mine else self.flow.colleague_leg or self.flow.agent_leg
        self.hear(OriginateResult(leg, outcome))

    @rule(leg=some.sampled_from(("agent_leg", "colleague_leg", "listener_leg")), lost=some.booleans())
    def line_gone(self, leg: str, lost: bool) -> None:
        if gone := getattr(self.flow, leg):
            self.hear(MediaLost(gone, 30) if lost else CallEnded(gone, "hung_up"))
            self.hear(CallEnded(gone, "hung_up"))

    @rule(chance=some.integers(0, 30), lost=some.booleans())
    def caller_gone(self, chance: int, lost: bool) -> None:
        if chance == 0:
            self.hear(MediaLost("caller", 30) if lost else CallEnded("caller", "hung_up"))

    @rule(employee=some.sampled_from(EMPLOYEES), colleague=some.booleans())
    def offered(self, employee: str, colleague: bool) -> None:
        self.offer(employee, colleague)

    def offer(self, employee: str, colleague: bool) -> None:
        """The room offers only whom it has free, and a caller only while they wait."""
        flow = self.flow
        wanted = flow.place == "talking" if colleague else flow.place == "waiting"
        if not wanted or employee in self.engaged or employee in self.offers.values() or flow.colleague_offer:
            return
        offer = f"o{flow.turns}-{employee}"
        self.offers[offer] = employee
        self.hear(room.Offered(offer, employee, "1024", "agent:zhou:p1", 15, colleague=colleague))

    @rule(accepted=some.booleans(), other=some.booleans())
    def offer_answered(self, accepted: bool, other: bool) -> None:
        offer = "o-nobody" if other else self.flow.offer or self.flow.colleague_offer or "o-none"
        if accepted:
            self.hear(room.OfferAccepted(offer))
        else:
            self.offers.pop(offer, None)
            self.hear(room.OfferClosed(offer, "declined"))

    @rule(wish=some.sampled_from(WISHES), who=some.sampled_from(("employee", "colleague", "stranger")))
    def wished(self, wish: Any, who: str) -> None:
        to = {"transfer_topic": "payments", "consult": "wu", "transfer_line": "bank"}.get(wish, "")
        self.hear(room.DeskAsked(wish, getattr(self.flow, who, "") or "stranger", to, "agent:he:p2"))

    @rule(event=some.sampled_from((
        room.Verified("lin", "4719", "app_code"), room.VerifyFailed(2), room.VerifyFailed(0),
        room.WayBackProved("lin", True), room.WayBackProved("lin", False),
        room.BalancesRead(((128050, "CNY"),), (room.PaymentSaid("out", 3800, "CNY", "today"),)), room.MoneyUnknown(),
        room.FreezeDone("frozen"), room.FreezeDone("already"), room.FreezeDone("unknown"),
        room.PlaceTold(3, 7, "14:32", 600, True), room.PlaceTold(1, None, "", 0, False), room.PlaceRefused("full"),
        room.PlaceRefused("elsewhere"), room.CallBackMade(3, "14:32", "2046"), room.CallBackRefused("no_number"),
        room.CallBackRefused("have_one"), room.ColleagueRefused("busy"), room.CaseLinked("WD-1"), Held("caller", True),
    )))  # fmt: skip
    def told(self, event: Any) -> None:
        self.hear(event)

    # --- what must hold ---

    @invariant()
    def nobody_waits_in_silence_for_ever(self) -> None:
        assert self.flow.ended or self.flow.timers

    @invariant()
    def never_two_agents(self) -> None:
        assert set(self.engaged) == {who for who in (self.flow.employee, self._colleague()) if who}

    def _colleague(self) -> str:
        return "" if self.flow.colleague_offer else self.flow.colleague

    @invariant()
    def one_end_and_nothing_left_open(self) -> None:
        assert self.ends == int(self.flow.ended)
        if self.flow.ended:
            assert not self.engaged
            assert not self.offers
            assert not self.recording
            assert not self.secret
            assert self.flow.outcome

    @precondition(lambda self: not self.flow.ended)
    @invariant()
    def the_place_is_known(self) -> None:
        assert self.flow.place in PLACES


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)


@given(some.lists(some.integers(0, 5), max_size=400))
@settings(max_examples=100, deadline=None)
def test_a_caller_who_does_nothing_reaches_a_person_or_the_queue(order: list[int]) -> None:
    """Only time passes: the call never stops in the menu, and the queue goes on announcing."""
    flow, _ = begin(Flow("c1", "caller"), FIRST_MENU, Surroundings())
    flow, _ = step(flow, CallAnswered("caller"), FIRST_MENU, Surroundings())
    for which in [*order, *([0] * 60)]:
        name, turn = flow.timers[which % len(flow.timers)]
        flow, _ = step(flow, room.TimerFired(name, turn), FIRST_MENU, Surroundings())
    assert flow.place == "waiting"
