"""The first minute: the line is taken, the language chosen, recording agreed to or not."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.said import say
from walletdesk.service.hotline.rules.turn import CHINESE, Turn

LANGUAGES = {"1": CHINESE, "2": "en"}


class Answering(Place):
    """We have said yes; sound is on its way."""

    name = "answering"
    outcome_if_left = "left_in_greeting"

    def enter(self, turn: Turn) -> None:
        turn.do(ask.Answer(turn.flow.caller))
        turn.timer("answer", 10)

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case CallAnswered(leg) if leg == turn.flow.caller:
                if turn.flow.language:
                    turn.go("consent", say("welcome"))
                else:
                    turn.go("choosing_language", say("welcome"))
                return True
        return False

    def timer(self, turn: Turn, name: str) -> None:
        turn.end("no_sound")


class ChoosingLanguage(Place):
    name = "choosing_language"
    outcome_if_left = "left_in_greeting"
    seconds_for_a_key = 4

    def enter(self, turn: Turn) -> None:
        turn.say(say("choose_language"))

    def key(self, turn: Turn, key: str) -> bool:
        if key in LANGUAGES:
            turn.go("consent", language=LANGUAGES[key])
        else:
            self.no_key(turn)
        return True

    def no_key(self, turn: Turn) -> None:
        """Asked twice; who then says nothing hears Chinese, and can still reach a person who speaks English."""
        turn.set(misses=turn.flow.misses + 1)
        if turn.flow.misses >= 2:
            turn.go("consent", language=CHINESE)
        else:
            self.enter(turn)


class Consent(Place):
    """Recording is announced; 2 says no. To stay on the line after the sentence is a yes."""

    name = "consent"
    outcome_if_left = "left_in_greeting"
    seconds_for_a_key = 1.5

    def enter(self, turn: Turn) -> None:
        turn.say(say("recording_consent"))

    def key(self, turn: Turn, key: str) -> bool:
        self._settled(turn, allowed=key != "2")
        return True

    def no_key(self, turn: Turn) -> None:
        self._settled(turn, allowed=True)

    def caller_left(self, turn: Turn) -> None:
        """Whom we called back stands in line already: a place without anybody would hold an agent back for ever."""
        if turn.flow.kind == "call_back":
            turn.do(ask.LeaveQueue("hung_up"))
        super().caller_left(turn)

    def _settled(self, turn: Turn, *, allowed: bool) -> None:
        turn.set(recording_allowed=allowed)
        lead = [] if allowed else [say("recording_off")]
        flow = turn.flow
        if flow.verified:
            lead += [say("verified_already"), say("call_code", code=flow.code)]
        if flow.kind == "call_back":
            turn.go("waiting", *lead, front=True)
        else:
            turn.go("choosing", *lead, node=turn.menu.start)
