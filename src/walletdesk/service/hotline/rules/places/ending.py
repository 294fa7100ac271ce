"""The last minute: how was it, good-bye, the end. And the first minute of a call that we place."""

from __future__ import annotations

from typing import Literal

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, OriginateResult
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.said import say
from walletdesk.service.hotline.rules.turn import Turn

STARS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
DIAL_SECONDS = 25
Tried = Literal["busy", "no_answer", "refused", "unreachable", "not_confirmed"]


class Surveying(Place):
    """One key from one to five. To say nothing is an answer too, and is not asked again."""

    name = "surveying"
    outcome_if_left = "talked"

    def enter(self, turn: Turn) -> None:
        turn.say(say("survey"))

    def key(self, turn: Turn, key: str) -> bool:
        if key in STARS:
            turn.do(ask.SaveSurvey(STARS[key]))
            turn.farewell("talked", say("survey_thanks"))
        elif turn.flow.misses:
            turn.farewell("talked")
        else:
            turn.set(misses=1)
            turn.say(say("wrong_key"), say("survey"))
        return True

    def no_key(self, turn: Turn) -> None:
        turn.farewell("talked")


class Farewell(Place):
    """What was left to say, the next steps, good-bye."""

    name = "farewell"

    def enter(self, turn: Turn) -> None:
        flow = turn.flow
        steps = [say("next_steps", case=flow.case)] if flow.case else []
        turn.say(*steps, say("goodbye"), barge_in=False)

    def said(self, turn: Turn) -> None:
        turn.end(turn.flow.outcome)

    def no_key(self, turn: Turn) -> None:
        turn.end(turn.flow.outcome)

    def key(self, turn: Turn, key: str) -> bool:
        return True

    def caller_left(self, turn: Turn) -> None:
        turn.end(turn.flow.outcome)


class Leaving(Place):
    """The caller has been handed to another line: their leg goes by itself, or we end it."""

    name = "leaving"
    outcome_if_left = "transferred"

    def enter(self, turn: Turn) -> None:
        turn.timer("leave", 10)

    def timer(self, turn: Turn, name: str) -> None:
        turn.end(self.outcome_if_left)


class Ended(Place):
    """Nothing is heard any more."""

    name = "ended"


class Dialling(Place):
    """We call back. A person must press 1: an answering machine is not put into the queue."""

    name = "dialling"
    outcome_if_left = "not_reached"

    def enter(self, turn: Turn) -> None:
        turn.do(ask.Dial(turn.flow.caller, DIAL_SECONDS))
        turn.timer("dial", DIAL_SECONDS + 5)

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case CallAnswered(leg) if leg == turn.flow.caller:
                turn.stop_timer("dial")
                turn.say(say("callback_hello"))
            case OriginateResult(leg, outcome) if leg == turn.flow.caller:
                if outcome != "answered":
                    self._missed(turn, outcome)
            case _:
                return False
        return True

    def key(self, turn: Turn, key: str) -> bool:
        if key == "1":
            turn.do(ask.CallBackTried("reached"))
            turn.go("consent")
        else:
            self.no_key(turn)
        return True

    def no_key(self, turn: Turn) -> None:
        turn.set(misses=turn.flow.misses + 1)
        if turn.flow.misses >= 3:
            self._missed(turn, "not_confirmed")
        else:
            turn.say(say("callback_hello"))

    def timer(self, turn: Turn, name: str) -> None:
        self._missed(turn, "no_answer")

    def caller_left(self, turn: Turn) -> None:
        self._missed(turn, "not_confirmed")

    def _missed(self, turn: Turn, outcome: Tried) -> None:
        turn.do(ask.CallBackTried(outcome))
        turn.end(self.outcome_if_left)
