"""What every place of a call answers to. A place is where a call stands; one class a place, one module each."""

from __future__ import annotations

from typing import ClassVar

from walletdesk.service.hotline.rules.gateway_words import GatewayEvent
from walletdesk.service.hotline.rules.room_words import RoomEvent
from walletdesk.service.hotline.rules.turn import Turn

FlowEvent = GatewayEvent | RoomEvent


class Place:
    """The defaults: nothing is said, no key is known, and a caller who leaves ends the call."""

    name: ClassVar[str]
    outcome_if_left: ClassVar[str] = "left_in_menu"
    seconds_for_a_key: ClassVar[float] = 6

    def enter(self, turn: Turn) -> None:
        """The call comes here."""

    def leave(self, turn: Turn) -> None:
        """The call goes elsewhere, or ends."""

    def said(self, turn: Turn) -> None:
        """The sentence is over: by default, now it is the caller's turn."""
        turn.timer("key", self.seconds_for_a_key)

    def key(self, turn: Turn, key: str) -> bool:
        """A key was pressed. False: this place knows no keys."""
        return False

    def no_key(self, turn: Turn) -> None:
        """The caller's turn is over."""

    def timer(self, turn: Turn, name: str) -> None:
        """A timer of this place other than ``key`` and ``sound`` has run out."""

    def other(self, turn: Turn, event: FlowEvent) -> bool:
        """Any other event. False: this place does not know it."""
        return False

    def verified(self, turn: Turn) -> None:
        """Who calls has just become known, here or in the app."""

    def caller_left(self, turn: Turn) -> None:
        turn.end(self.outcome_if_left)

    def agent_left(self, turn: Turn) -> None:
        """The agent's line is gone, and nobody at the desk asked for that."""

    def colleague_left(self, turn: Turn) -> None:
        """The colleague's line is gone."""
