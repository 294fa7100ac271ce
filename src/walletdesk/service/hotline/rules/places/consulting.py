"""A colleague is asked: first aside, while the caller hears music and nothing is recorded; then all three, or handed over."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, OriginateResult
from walletdesk.service.hotline.rules.places.connecting import RING_SECONDS
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.places.talking import LONGEST_CALL, hang_up
from walletdesk.service.hotline.rules.room_words import DeskAsked
from walletdesk.service.hotline.rules.said import say
from walletdesk.service.hotline.rules.turn import Turn


class _WithColleague(Place):
    """What both places have in common: who may leave, and what remains."""

    outcome_if_left = "talked"

    def agent_left(self, turn: Turn) -> None:
        """The agent's page is gone, the colleague is there: the colleague takes over."""
        if self.colleague_is_there(turn):
            self.hand_over(turn, gone=True)
        else:
            turn.back_in_line(say("sorry_agent_gone"))

    def colleague_left(self, turn: Turn) -> None:
        turn.drop_colleague()
        turn.go("talking")

    def hand_over(self, turn: Turn, *, gone: bool = False) -> None:
        flow = turn.flow
        employee, number = flow.colleague, flow.colleague_number
        leg, seat = flow.colleague_leg, flow.colleague_seat
        turn.forget_colleague()
        turn.drop_agent(wrap_up=True, gone=gone)
        turn.set(employee=employee, number=number, agent_leg=leg, seat=seat)
        turn.do(ask.MakeAgent(employee))
        turn.go("talking")

    def colleague_is_there(self, turn: Turn) -> bool:
        return True


class Consulting(_WithColleague):
    name = "consulting"

    def enter(self, turn: Turn) -> None:
        flow = turn.flow
        leg = f"{flow.call}:colleague:{flow.turns}"
        turn.do(ask.TakeAgent(flow.colleague_offer), ask.Hold(flow.caller, on=True))
        turn.set(colleague_offer="", colleague_leg=leg)
        if flow.recording:
            turn.do(ask.PauseRecording(flow.recording, on=True))
        turn.say(say("consulting"), barge_in=False)
        turn.do(ask.Ring(leg, flow.colleague_seat, RING_SECONDS))
        turn.timer("ring", RING_SECONDS + 2)

    def leave(self, turn: Turn) -> None:
        turn.silence()
        turn.do(ask.Hold(turn.flow.caller, on=False))

    def said(self, turn: Turn) -> None:
        turn.music()

    def colleague_is_there(self, turn: Turn) -> bool:
        return not any(name == "ring" for name, _ in turn.flow.timers)

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        flow = turn.flow
        match event:
            case CallAnswered(leg) if leg == flow.colleague_leg:
                turn.stop_timer("ring")
                turn.timer("longest", LONGEST_CALL)
                turn.do(ask.Bridge(flow.bridge, (flow.agent_leg, leg)))
            case OriginateResult(leg, outcome) if leg == flow.colleague_leg:
                if outcome != "answered":
                    self.colleague_left(turn)
            case DeskAsked("back_to_caller", who) if who in (flow.employee, flow.colleague):
                self.colleague_left(turn)
            case DeskAsked("hang_up", who) if who == flow.colleague:
                self.colleague_left(turn)
            case DeskAsked("join", who) if who == flow.employee and self.colleague_is_there(turn):
                turn.go("together")
            case DeskAsked("hand_over", who) if who == flow.employee and self.colleague_is_there(turn):
                self.hand_over(turn)
            case _:
                return False
        return True

    def timer(self, turn: Turn, name: str) -> None:
        self.colleague_left(turn)


class Together(_WithColleague):
    """Caller, agent and colleague in one conversation, recorded again."""

    name = "together"

    def enter(self, turn: Turn) -> None:
        flow = turn.flow
        turn.timer("longest", LONGEST_CALL)
        turn.do(ask.Bridge(flow.bridge, (flow.caller, flow.agent_leg, flow.colleague_leg)))
        turn.do(ask.SayInto(flow.bridge, (say("agent", number=flow.colleague_number),), flow.language))
        if flow.recording:
            turn.do(ask.PauseRecording(flow.recording, on=False))

    def key(self, turn: Turn, key: str) -> bool:
        return True

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        flow = turn.flow
        match event:
            case DeskAsked("hand_over" | "hang_up", who) if who == flow.employee:
                self.hand_over(turn)
            case DeskAsked("back_to_caller" | "hang_up", who) if who in (flow.employee, flow.colleague):
                self.colleague_left(turn)
            case _:
                return False
        return True

    def timer(self, turn: Turn, name: str) -> None:
        turn.drop_colleague()
        hang_up(turn)
