"""The flow of a call: ``step(flow, event, menu, around) → (flow, commands)``. Pure, total, and every place hears the same way.

    begin(flow)        the first commands of a call: take it, or dial it
    step(…)            one event; what the place does not know changes nothing and is named (``Unheard``)

Three things hold whatever comes in whatever order, and are tested so: never two agents with one caller, never a caller
without a sentence, a timer or a person, and exactly one ``EndCall``.
"""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.flow_state import Flow, Surroundings
from walletdesk.service.hotline.rules.gateway_words import CallEnded, Digit, Held, MediaLost, MediaStats, PlayDone
from walletdesk.service.hotline.rules.menu import Menu
from walletdesk.service.hotline.rules.places import PLACES, FlowEvent, Place
from walletdesk.service.hotline.rules.room_words import CaseLinked, TimerFired, Verified
from walletdesk.service.hotline.rules.turn import Turn

Stepped = tuple[Flow, tuple[ask.Command, ...]]


def begin(flow: Flow, menu: Menu, around: Surroundings) -> Stepped:
    """The first step of a new call, into the place that it names."""
    turn = Turn(flow, menu, around, PLACES)
    PLACES[flow.place].enter(turn)
    return turn.done()


def step(flow: Flow, event: FlowEvent, menu: Menu, around: Surroundings) -> Stepped:
    """What becomes of the call when this happens. Refuses nothing; an ended call hears nothing."""
    turn = Turn(flow, menu, around, PLACES, lead=flow.unsaid)
    if flow.ended or not _heard(turn, event):
        return flow, (ask.Unheard(flow.place, type(event).__name__),)
    return turn.done()


def _heard(turn: Turn, event: FlowEvent) -> bool:
    flow = turn.flow
    place = PLACES[flow.place]
    match event:
        case CallEnded(leg) | MediaLost(leg):
            return _somebody_left(turn, leg)
        case PlayDone(leg, play, finished) if leg == flow.caller:
            return _sentence_over(turn, play, finished)
        case Digit(leg, digit) if leg == flow.caller:
            return _key(turn, digit)
        case TimerFired(timer, number):
            return _time_over(turn, timer, number)
        case Verified(customer, code):
            if flow.verified:
                return False
            turn.set(customer=customer, verified=True, code=code)
            place.verified(turn)
            return True
        case CaseLinked(reference):
            turn.set(case=reference)
            return True
        case MediaStats() | Held():
            return True  # the room keeps them with the leg; the flow goes on
        case _:
            return place.other(turn, event)


def _somebody_left(turn: Turn, leg: str) -> bool:
    flow = turn.flow
    place = PLACES[flow.place]
    if leg == flow.caller:
        place.caller_left(turn)
    elif leg == flow.agent_leg:
        place.agent_left(turn)
    elif leg == flow.colleague_leg:
        place.colleague_left(turn)
    elif leg == flow.listener_leg:
        turn.drop_listener()
    else:
        return False  # a line that was let go before
    return True


def _sentence_over(turn: Turn, play: str, finished: bool) -> bool:
    """A sentence cut short by a key gives that key its time; only one that was heard to its end is over."""
    if play != turn.flow.playing or not play:
        return False
    turn.set(playing="")
    turn.stop_timer("sound")
    place = PLACES[turn.flow.place]
    if finished:
        place.said(turn)
    else:
        turn.timer("key", place.seconds_for_a_key)
    return True


def _key(turn: Turn, digit: str) -> bool:
    place = PLACES[turn.flow.place]
    if type(place).key is Place.key:
        return False  # no key means anything here
    turn.stop_timer("key")
    before = turn.flow
    heard = place.key(turn, digit)
    if turn.flow == before and not turn.flow.timers:
        turn.timer("key", place.seconds_for_a_key)  # a key that meant nothing does not leave the caller in silence
    return heard


def _time_over(turn: Turn, timer: str, number: int) -> bool:
    if (timer, number) not in turn.flow.timers:
        return False  # it was cancelled, or started anew, while this was on its way
    turn.set(timers=tuple(one for one in turn.flow.timers if one[0] != timer))
    place = PLACES[turn.flow.place]
    match timer:
        case "sound":
            turn.set(playing="")
            place.said(turn)
        case "key":
            place.no_key(turn)
        case _:
            place.timer(turn, timer)
    return True
