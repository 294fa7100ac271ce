"""Who is speaking: a number and the six digits that the app shows, or a yes in the app. The line's own number says nothing.

The two answers "no such customer" and "wrong digits" are one, so that nobody learns here who is a customer.
"""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.room_words import SecretKey, SecretTyped, VerifyFailed
from walletdesk.service.hotline.rules.said import say
from walletdesk.service.hotline.rules.turn import Turn

MOST_SILENCES = 2
CODE_DIGITS = 6


class AsksWho(Place):
    """Asks for a number first; what is keyed is secret as long as somebody is asked for it."""

    def enter(self, turn: Turn) -> None:
        turn.do(ask.Collect(turn.flow.caller, secret=True))
        turn.set(keying="number")
        turn.say(say("type_phone"))

    def leave(self, turn: Turn) -> None:
        if turn.flow.keying:
            turn.do(ask.Collect(turn.flow.caller, secret=False))
            turn.set(keying="")


class Verifying(AsksWho):
    name = "verifying"
    seconds_for_a_key = 12

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case SecretKey():
                turn.silence()
                turn.timer("key", self.seconds_for_a_key)
            case SecretTyped(digits=""):
                turn.go("choosing", then="")
            case SecretTyped(digits=number) if turn.flow.keying == "number":
                turn.set(keying="code", misses=0)
                turn.do(ask.NoteClaim(number), ask.AskApproval())
                turn.do(ask.Collect(turn.flow.caller, secret=True, length=CODE_DIGITS))
                turn.say(say("type_code"), say("approve_in_app"))
            case SecretTyped(digits=digits):
                turn.silence()
                turn.timer("check", 8)
                turn.do(ask.CheckCode(digits))
            case VerifyFailed(left=0):
                self._give_up(turn)
            case VerifyFailed(left=left):
                turn.stop_timer("check")
                turn.lead = (say("not_verified", left=left),)
                self.enter(turn)
            case _:
                return False
        return True

    def no_key(self, turn: Turn) -> None:
        turn.set(misses=turn.flow.misses + 1)
        if turn.flow.misses >= MOST_SILENCES:
            self._give_up(turn)
        elif turn.flow.keying == "number":
            self.enter(turn)
        else:
            turn.say(say("type_code"), say("approve_in_app"))

    def timer(self, turn: Turn, name: str) -> None:
        self._give_up(turn)

    def verified(self, turn: Turn) -> None:
        turn.go(turn.flow.then or "choosing", say("verified"), say("call_code", code=turn.flow.code), then="")

    def _give_up(self, turn: Turn) -> None:
        """A person helps on, without anything private; a wish to freeze is no less urgent for that."""
        if turn.flow.then == "freezing":
            turn.set(then="")
            turn.to_person("security", say("verify_stopped"), urgent=2)
        else:
            turn.set(then="")
            turn.to_person(turn.flow.topic, say("verify_stopped"))
