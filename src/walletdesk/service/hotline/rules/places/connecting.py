"""An agent has said yes: their line is set up, they hear in one sentence who this is, then the two are joined."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, OriginateResult, PlayDone
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.said import Said, say
from walletdesk.service.hotline.rules.turn import CHINESE, Turn

RING_SECONDS = 10


def whisper(turn: Turn) -> Said:
    """Who this is, for the agent's ear: known or not, and how long they waited."""
    flow = turn.flow
    if flow.kind == "call_back":
        return say("whisper_callback", minutes=flow.waited)
    return say("whisper_customer" if flow.verified else "whisper_stranger", minutes=flow.waited)


class Connecting(Place):
    name = "connecting"
    outcome_if_left = "abandoned"

    def enter(self, turn: Turn) -> None:
        flow = turn.flow
        agents = flow.agents + 1
        leg = f"{flow.call}:agent:{agents}"
        turn.do(ask.TakeAgent(flow.offer))
        turn.set(
            employee=flow.offered_employee,
            number=flow.offered_number,
            seat=flow.offered_seat,
            agent_leg=leg,
            agents=agents,
        )
        turn.forget_offer()
        if not turn.flow.playing:
            turn.music()
        turn.do(ask.LinkCase(), ask.Ring(leg, turn.flow.seat, RING_SECONDS))
        turn.timer("ring", RING_SECONDS + 2)

    def said(self, turn: Turn) -> None:
        turn.music()

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        flow = turn.flow
        match event:
            case OriginateResult(leg, outcome) if leg == flow.agent_leg:
                if outcome != "answered":
                    self.agent_left(turn)
            case CallAnswered(leg) if leg == flow.agent_leg:
                turn.do(ask.Play(leg, f"w{flow.agents}", (whisper(turn),), flow.language or CHINESE))
                turn.stop_timer("ring")
                turn.timer("whisper", 6)
            case PlayDone(leg, play) if leg == flow.agent_leg and play == f"w{flow.agents}":
                turn.go("talking")
            case _:
                return False
        return True

    def timer(self, turn: Turn, name: str) -> None:
        if name == "whisper":
            turn.go("talking")
        else:
            self.agent_left(turn)

    def caller_left(self, turn: Turn) -> None:
        turn.do(ask.LeaveQueue("hung_up"))
        turn.end(self.outcome_if_left)

    def agent_left(self, turn: Turn) -> None:
        turn.back_in_line(say("sorry_agent_gone"))
