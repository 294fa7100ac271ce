"""Balance and last payments, and freezing by keypad: for verified callers only."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.room_words import BalancesRead, FreezeDone, MoneyUnknown
from walletdesk.service.hotline.rules.said import Said, say
from walletdesk.service.hotline.rules.turn import Turn

FREEZE_KEY = "9"


def read_out(read: BalancesRead) -> tuple[Said, ...]:
    """That the wallet is frozen, where it is; balances, then the last payments, the newest first."""
    frozen = (say("frozen_already"),) if read.frozen else ()
    balances = frozen + tuple(say("balance", amount=minor, asset=asset) for minor, asset in read.balances)
    if not read.payments:
        return (*balances, say("no_payments"))
    payments = tuple(
        say(f"payment_{one.direction}", amount=one.minor, asset=one.asset, day=one.day) for one in read.payments
    )
    return (*balances, say("last_payments", n=len(payments)), *payments)


class HearingBalance(Place):
    name = "hearing_balance"
    outcome_if_left = "served_by_menu"
    seconds_for_a_key = 1

    def enter(self, turn: Turn) -> None:
        if not turn.flow.verified:  # no path leads here unproven; should one ever, it leads back
            turn.go("verifying", then=self.name)
            return
        turn.timer("books", 8)
        turn.do(ask.ReadBalances())

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case BalancesRead():
                turn.stop_timer("books")
                turn.say(*read_out(event))
            case MoneyUnknown():
                self.timer(turn, "books")
            case _:
                return False
        return True

    def key(self, turn: Turn, key: str) -> bool:
        turn.go("choosing")
        return True

    def no_key(self, turn: Turn) -> None:
        turn.go("choosing")

    def timer(self, turn: Turn, name: str) -> None:
        turn.stop_timer("books")
        turn.say(say("unknown_money"))


class Freezing(Place):
    """9 once more, and money stops going out. An outcome that is not known is told as such, and a person takes over."""

    name = "freezing"
    outcome_if_left = "left_in_menu"

    def enter(self, turn: Turn) -> None:
        if not turn.flow.verified:
            turn.go("verifying", then=self.name)
            return
        turn.say(say("freeze_confirm"))

    def key(self, turn: Turn, key: str) -> bool:
        if key == FREEZE_KEY and not any(name == "books" for name, _ in turn.flow.timers):
            turn.silence()
            turn.timer("books", 8)
            turn.do(ask.FreezeWallets())
        elif key != FREEZE_KEY:
            turn.go("choosing")
        return True

    def no_key(self, turn: Turn) -> None:
        turn.go("choosing")

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        match event:
            case FreezeDone("unknown"):
                self.timer(turn, "books")
            case FreezeDone(outcome):
                turn.go("hearing_freeze", say("frozen" if outcome == "frozen" else "frozen_already"))
            case _:
                return False
        return True

    def timer(self, turn: Turn, name: str) -> None:
        turn.to_person("security", say("freeze_not_known"), urgent=3)


class HearingFreeze(Place):
    """The money has stopped; who hangs up now has been served."""

    name = "hearing_freeze"
    outcome_if_left = "served_by_menu"
    seconds_for_a_key = 1

    def enter(self, turn: Turn) -> None:
        turn.say()

    def key(self, turn: Turn, key: str) -> bool:
        turn.go("choosing")
        return True

    def no_key(self, turn: Turn) -> None:
        turn.go("choosing")
