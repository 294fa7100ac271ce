"""In the queue: where one stands, how long about, what we promise; and the offer to an agent, which the caller does not hear."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places.choosing import with_proof
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.room_words import (
    CallBackMade,
    CallBackRefused,
    OfferAccepted,
    OfferClosed,
    Offered,
    PlaceRefused,
    PlaceTold,
)
from walletdesk.service.hotline.rules.said import Said, say
from walletdesk.service.hotline.rules.turn import Turn

CALL_BACK_KEY = "1"
SECONDS_BETWEEN_ANNOUNCEMENTS = 45


class Waiting(Place):
    name = "waiting"
    outcome_if_left = "abandoned"

    def enter(self, turn: Turn) -> None:
        """The room answers with the place at once; until it has spoken, the timer asks again."""
        flow = turn.flow
        turn.set(position=0, promised="", front=False)
        turn.timer("place", SECONDS_BETWEEN_ANNOUNCEMENTS)
        turn.lead = (*turn.lead, say("please_wait"))
        turn.do(ask.JoinQueue(flow.topic, flow.urgent, flow.front))

    def said(self, turn: Turn) -> None:
        turn.music()

    def no_key(self, turn: Turn) -> None:
        turn.music()

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case PlaceTold():
                self._told(turn, event)
            case PlaceRefused("elsewhere"):
                turn.farewell("refused_place", say("callback_have_one"))
            case PlaceRefused():
                turn.farewell("refused_place", say("queue_full"))
            case Offered(colleague=False):
                self._offered(turn, event)
            case OfferAccepted(offer) if offer == turn.flow.offer:
                turn.go("connecting")
            case OfferClosed(offer) if offer == turn.flow.offer:
                turn.forget_offer()
            case _:
                return False
        return True

    def _told(self, turn: Turn, told: PlaceTold) -> None:
        flow = turn.flow
        news = told.position != flow.position
        promise_is_new = bool(told.by) and told.by != flow.promised
        turn.set(position=told.position, promised=told.by or flow.promised, may_call_back=told.call_back)
        if promise_is_new:
            turn.timer("promise", told.due_in)
        if news or promise_is_new:
            turn.say(*standing(told, with_promise=promise_is_new))

    def _offered(self, turn: Turn, offered: Offered) -> None:
        turn.close_offer("gone")  # the room makes one at a time: word that the earlier one is over is still on its way
        turn.set(
            offer=offered.offer,
            offered_employee=offered.employee,
            offered_number=offered.number,
            offered_seat=offered.seat,
            waited=offered.waited,
        )
        turn.timer("offer", offered.seconds)

    def key(self, turn: Turn, key: str) -> bool:
        """1 keeps the place without its caller. While an agent is being asked, the answer is a second away: no key then."""
        if key == CALL_BACK_KEY and not turn.flow.offer and turn.flow.may_call_back:
            turn.go("arranging_call_back")
        return True

    def timer(self, turn: Turn, name: str) -> None:
        match name:
            case "place":
                turn.timer("place", SECONDS_BETWEEN_ANNOUNCEMENTS)
                turn.do(ask.AskPlace())
            case "offer":
                turn.close_offer("timed_out")
            case "promise":
                choice = [say("offer_callback", key=CALL_BACK_KEY)] if turn.flow.may_call_back else []
                turn.say(say("promise_broken", by=turn.flow.promised), *choice)

    def caller_left(self, turn: Turn) -> None:
        """Who was promised "or we call you back in your place" and hangs up is called back in that place."""
        turn.close_offer("caller_left")
        if turn.flow.promised and turn.flow.may_call_back:
            turn.do(ask.KeepPlaceAsCallBack(gone=True))
            turn.end("call_back_kept")
        else:
            turn.do(ask.LeaveQueue("hung_up"))
            turn.end(self.outcome_if_left)


def standing(told: PlaceTold, *, with_promise: bool) -> list[Said]:
    """Position, about how long, the promise, and the key that turns it into a call back."""
    words = (
        [say("position_unknown_wait", n=told.position)]
        if told.minutes is None
        else [say("position", n=told.position, minutes=told.minutes)]
    )
    if with_promise:
        words.append(say("promise", by=told.by))
    if told.call_back:
        words.append(say("offer_callback", key=CALL_BACK_KEY))
    return words


class ArrangingCallBack(Place):
    """The place stays, the caller may go: to the number on file and no other."""

    name = "arranging_call_back"
    outcome_if_left = "abandoned"

    def enter(self, turn: Turn) -> None:
        turn.silence()
        turn.timer("answer", 6)
        opening = turn.around.opening(turn.flow.topic)
        if opening.open:
            turn.do(ask.JoinQueue(turn.flow.topic, turn.flow.urgent), ask.KeepPlaceAsCallBack())
        else:
            turn.do(ask.CallBackWhenOpen(turn.flow.topic))

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case PlaceTold(call_back=possible):
                turn.set(may_call_back=possible)
            case CallBackMade(n, by, last):
                when = say("callback_made", n=n, by=by) if by else say("callback_made_no_time", n=n)
                turn.farewell("call_back_kept", say("callback_number", last=last), when)
            case CallBackRefused("have_one") | PlaceRefused("elsewhere"):
                turn.farewell("call_back_kept", say("callback_have_one"))
            case CallBackRefused() | PlaceRefused():
                self.timer(turn, "answer")
            case _:
                return False
        return True

    def timer(self, turn: Turn, name: str) -> None:
        turn.to_person(turn.flow.topic, say("callback_not_possible"))

    def caller_left(self, turn: Turn) -> None:
        turn.do(ask.LeaveQueue("hung_up"))
        super().caller_left(turn)


class Closed(Place):
    """Nobody is there for this topic: when somebody is, and a call back then."""

    name = "closed"
    outcome_if_left = "closed_hours"

    def enter(self, turn: Turn) -> None:
        opening = turn.around.opening(turn.flow.topic)
        hours = [say("closed", opens=opening.opens, day=opening.day)] if opening.opens else []
        turn.say(*hours, say("closed_choices"))

    def key(self, turn: Turn, key: str) -> bool:
        match key:
            case "1":
                with_proof(turn, "arranging_call_back")
            case "2":
                turn.go("choosing", node=turn.menu.start)
            case _:
                self.no_key(turn)
        return True

    def no_key(self, turn: Turn) -> None:
        turn.farewell(self.outcome_if_left)
