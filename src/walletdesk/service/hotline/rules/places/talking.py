"""Caller and agent hear each other. Everything else is the agent's wish, made at the desk."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.room_words import ColleagueRefused, DeskAsked, OfferAccepted, OfferClosed, Offered
from walletdesk.service.hotline.rules.said import Said, say
from walletdesk.service.hotline.rules.turn import CHINESE, Turn

LONGEST_CALL = 4 * 3600
SECRET_SECONDS = 180
"""A recording does not stay paused because somebody forgot to end the pause."""
HOLD_NEWS_SECONDS = 60


def introduction(turn: Turn) -> Said:
    flow = turn.flow
    if flow.case:
        return say("agent_case", number=flow.number, case=flow.case)
    return say("agent", number=flow.number)


class Talking(Place):
    name = "talking"
    outcome_if_left = "talked"

    def enter(self, turn: Turn) -> None:
        turn.silence()
        flow = turn.flow
        turn.set(talked=True, held=False)
        turn.timer("longest", LONGEST_CALL)
        turn.do(ask.LeaveQueue("answered"), ask.Bridge(flow.bridge, (flow.caller, flow.agent_leg)))
        if flow.announced != flow.number:
            turn.set(announced=flow.number)
            turn.do(ask.SayInto(flow.bridge, (introduction(turn),), flow.language or CHINESE))
        self._record(turn)

    def _record(self, turn: Turn) -> None:
        flow = turn.flow
        if flow.recording:
            turn.do(ask.PauseRecording(flow.recording, on=False))
        elif flow.recording_allowed:
            name = f"{flow.call}:rec:{flow.recordings + 1}"
            turn.set(recording=name, recordings=flow.recordings + 1)
            turn.do(ask.BeginRecording(name), ask.Record(name, flow.bridge, flow.caller, flow.agent_leg))

    def leave(self, turn: Turn) -> None:
        if turn.flow.secret:
            _secret(turn, on=False)
        if turn.flow.held:
            turn.do(ask.Hold(turn.flow.caller, on=False))
            turn.set(held=False)

    def said(self, turn: Turn) -> None:
        if turn.flow.held:
            turn.music()

    def key(self, turn: Turn, key: str) -> bool:
        return True  # a key in conversation means nothing, and is written down as a mask

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        flow = turn.flow
        match event:
            case DeskAsked(employee=who) if who == flow.employee and event.wish in WISHES:
                WISHES[event.wish](turn, event)
            case DeskAsked(wish="listen" | "whisper" | "stop_listening"):
                _listening(turn, event)
            case CallAnswered(leg) if leg == flow.listener_leg:
                turn.do(ask.Listen(flow.bridge, leg))
            case Offered(colleague=True) if not flow.colleague_offer:
                turn.set(
                    colleague_offer=event.offer,
                    colleague=event.employee,
                    colleague_number=event.number,
                    colleague_seat=event.seat,
                )
                turn.timer("colleague", event.seconds)
            case OfferAccepted(offer) if offer and offer == flow.colleague_offer:
                turn.go("consulting")
            case OfferClosed(offer) if offer and offer == flow.colleague_offer:
                turn.stop_timer("colleague")
                turn.forget_colleague()
            case ColleagueRefused() if not flow.colleague_offer:  # else a late word about an earlier wish
                turn.forget_colleague()
            case _:
                return False
        return True

    def timer(self, turn: Turn, name: str) -> None:
        match name:
            case "secret":
                _secret(turn, on=False)
            case "hold":
                turn.timer("hold", HOLD_NEWS_SECONDS)
                turn.say(say("on_hold"))
            case "colleague":
                turn.drop_colleague("timed_out")
            case "longest":
                hang_up(turn)

    def caller_left(self, turn: Turn) -> None:
        turn.end(self.outcome_if_left)

    def agent_left(self, turn: Turn) -> None:
        turn.back_in_line(say("sorry_agent_gone"))


def hang_up(turn: Turn, event: DeskAsked | None = None) -> None:
    """The agent has finished: they write down what was said, the caller is asked how it was."""
    turn.drop_colleague()
    turn.drop_listener()
    turn.drop_agent(wrap_up=True)
    turn.go("surveying", outcome="talked")


def _hold(turn: Turn, event: DeskAsked) -> None:
    if not turn.flow.held:
        turn.set(held=True)
        turn.do(ask.Hold(turn.flow.caller, on=True))
        turn.timer("hold", HOLD_NEWS_SECONDS)
        turn.say(say("on_hold"), barge_in=False)


def _resume(turn: Turn, event: DeskAsked) -> None:
    if turn.flow.held:
        turn.stop_timer("hold")
        turn.silence()
        turn.set(held=False)
        turn.do(ask.Hold(turn.flow.caller, on=False))


def _secret(turn: Turn, *, on: bool) -> None:
    """While something secret is keyed or said: digits are masked, and the recording writes silence."""
    turn.set(secret=on)
    turn.do(ask.Collect(turn.flow.caller, secret=on))
    if turn.flow.recording:
        turn.do(ask.PauseRecording(turn.flow.recording, on=on))
    if on:
        turn.timer("secret", SECRET_SECONDS)
    else:
        turn.stop_timer("secret")


def _consult(turn: Turn, event: DeskAsked) -> None:
    if not turn.flow.colleague_offer and event.to != turn.flow.employee:
        turn.do(ask.InviteColleague(event.to))


def _to_topic(turn: Turn, event: DeskAsked) -> None:
    """Back into the queue for another topic, with the age that the caller has already waited."""
    turn.drop_colleague()
    turn.drop_listener()
    turn.drop_agent(wrap_up=True)
    turn.to_person(event.to, say("transferring"))


def _to_line(turn: Turn, event: DeskAsked) -> None:
    """Out to a line of the dial plan, whose name the room has checked."""
    turn.drop_colleague()
    turn.drop_agent(wrap_up=True)
    turn.do(ask.TransferLeg(turn.flow.caller, event.to))
    turn.go("leaving", outcome="transferred")


def _listening(turn: Turn, event: DeskAsked) -> None:
    """A supervisor hears along, or speaks to the agent alone; both who talk are told when somebody comes in."""
    flow = turn.flow
    match event.wish:
        case "listen" if not flow.listener_leg:
            leg = f"{flow.call}:ear:{flow.turns}"
            turn.set(listener_leg=leg)
            turn.do(ask.SayInto(flow.bridge, (say("agent_listened"),), flow.language or CHINESE))
            turn.do(ask.Ring(leg, event.seat, 10))
        case "whisper" if flow.listener_leg:
            turn.do(ask.Listen(flow.bridge, flow.listener_leg, whisper_to=flow.agent_leg))
        case "stop_listening":
            turn.drop_listener()


WISHES = {
    "hold": _hold,
    "resume": _resume,
    "mute": lambda turn, event: turn.do(ask.Mute(turn.flow.agent_leg, on=True)),
    "unmute": lambda turn, event: turn.do(ask.Mute(turn.flow.agent_leg, on=False)),
    "secret_on": lambda turn, event: _secret(turn, on=True),
    "secret_off": lambda turn, event: _secret(turn, on=False),
    "consult": _consult,
    "transfer_topic": _to_topic,
    "transfer_line": _to_line,
    "hang_up": hang_up,
}
