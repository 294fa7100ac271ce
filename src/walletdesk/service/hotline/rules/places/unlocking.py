"""The way back into a locked account by telephone, without the app: a number, then codes that came to verified addresses.

What is said is the same for a number that is nobody's. One right code brings the caller to a person with a case; two make
them known, as in the app. Nothing is unlocked here: the reset is the desk's, and the password the customer's.
"""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places.place import FlowEvent
from walletdesk.service.hotline.rules.places.proving import CODE_DIGITS, MOST_SILENCES, AsksWho
from walletdesk.service.hotline.rules.room_words import SecretKey, SecretTyped, VerifyFailed, WayBackProved
from walletdesk.service.hotline.rules.said import Said, say
from walletdesk.service.hotline.rules.turn import Turn

SECONDS_FOR_A_NUMBER, SECONDS_FOR_A_CODE = 12, 60


class Unlocking(AsksWho):
    name = "unlocking"
    seconds_for_a_key = SECONDS_FOR_A_CODE

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case SecretKey():
                turn.silence()
                turn.timer("key", SECONDS_FOR_A_NUMBER)
            case SecretTyped(digits=""):
                self._to_person(turn)
            case SecretTyped(digits=number) if turn.flow.keying == "number":
                turn.do(ask.BeginWayBack(number))
                self._wait_for_code(turn, "first")
            case SecretTyped(digits=digits):
                turn.silence()
                turn.timer("check", 8)
                turn.do(ask.CheckWayBack(digits))
            case WayBackProved(customer, more):
                turn.stop_timer("check")
                turn.set(customer=customer)
                if more:
                    self._wait_for_code(turn, "second")
                else:
                    self._to_person(turn)
            case VerifyFailed(left=0):
                self._to_person(turn)
            case VerifyFailed(left=left):
                turn.stop_timer("check")
                turn.do(ask.Collect(turn.flow.caller, secret=True, length=CODE_DIGITS))
                turn.say(say("not_verified", left=left), say("way_back_code"))
            case _:
                return False
        return True

    def no_key(self, turn: Turn) -> None:
        turn.set(misses=turn.flow.misses + 1)
        if turn.flow.misses >= MOST_SILENCES:
            self._to_person(turn)
        elif turn.flow.keying == "number":
            self.enter(turn)
        else:
            turn.say(self._sentence(turn))

    def timer(self, turn: Turn, name: str) -> None:
        self._to_person(turn)

    def verified(self, turn: Turn) -> None:
        turn.to_person(
            "security", say("verified"), say("call_code", code=turn.flow.code), say("way_back_by_person"), urgent=1
        )

    def _wait_for_code(self, turn: Turn, keying: str) -> None:
        turn.set(keying=keying, misses=0)
        turn.do(ask.SendWayBackCode(), ask.Collect(turn.flow.caller, secret=True, length=CODE_DIGITS))
        turn.say(self._sentence(turn))

    def _sentence(self, turn: Turn) -> Said:
        return say("way_back_second" if turn.flow.keying == "second" else "way_back_code")

    def _to_person(self, turn: Turn) -> None:
        """With what was proven so far: the person finds it on the case."""
        turn.to_person("security", say("way_back_by_person"), urgent=1)
