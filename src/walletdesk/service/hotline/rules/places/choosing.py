"""In the menu: a key is a choice; who chooses nothing three times gets a person, never a dead line."""

from __future__ import annotations

from collections.abc import Callable

from walletdesk.service.hotline.rules.menu import Choice, Node
from walletdesk.service.hotline.rules.places.place import Place
from walletdesk.service.hotline.rules.said import Said, say
from walletdesk.service.hotline.rules.turn import Turn

MOST_MISSES = 3
SPOKEN = {"person": "menu_human", "back": "menu_back", "again": "menu_again"}


def spoken(node: Node) -> tuple[Said, ...]:
    """The node's choices as they are read out. 0 is “a person”; other keys to a person are read by their topic."""
    return tuple(
        say(SPOKEN[choice.act], key=choice.key)
        if choice.act in SPOKEN and (choice.act != "person" or choice.key == "0")
        else say("menu_choice", topic=choice.topic, key=choice.key)
        for choice in node.choices
    )


class Choosing(Place):
    name = "choosing"

    def enter(self, turn: Turn) -> None:
        node = turn.menu.node(turn.flow.node) or turn.menu.node(turn.menu.start)
        if node is None:
            turn.to_person("general", say("to_a_person"))
            return
        turn.set(node=node.name)
        turn.say(*spoken(node))

    def key(self, turn: Turn, key: str) -> bool:
        node = turn.menu.node(turn.flow.node)
        choice = node.choice(key) if node else None
        if choice is None:
            self._missed(turn, say("wrong_key"))
        else:
            DEEDS[choice.act](turn, choice)
        return True

    def no_key(self, turn: Turn) -> None:
        self._missed(turn, say("no_key"))

    def _missed(self, turn: Turn, word: Said) -> None:
        turn.set(misses=turn.flow.misses + 1)
        if turn.flow.misses >= MOST_MISSES:
            turn.to_person(turn.flow.topic, say("to_a_person"))
        else:
            turn.lead = (word,)
            self.enter(turn)


def with_proof(turn: Turn, place: str) -> None:
    """To ``place``, by way of a proof when nobody has proven anything yet."""
    if turn.flow.verified:
        turn.go(place, then="")
    else:
        turn.go("verifying", then=place)


def _person(turn: Turn, choice: Choice) -> None:
    turn.to_person(choice.topic)


def _unlock(turn: Turn, choice: Choice) -> None:
    """The way back into a locked account: codes by keypad first, then the desk; no voice can do it alone."""
    if turn.flow.verified:
        turn.to_person("security", say("way_back_by_person"), urgent=1)
    else:
        turn.go("unlocking")


def _say(turn: Turn, choice: Choice) -> None:
    turn.go("choosing", say(choice.to))


def _go(turn: Turn, choice: Choice) -> None:
    turn.go("choosing", node=choice.to)


def _back(turn: Turn, choice: Choice) -> None:
    turn.go("choosing", node=turn.menu.parent(turn.flow.node))


DEEDS: dict[str, Callable[[Turn, Choice], None]] = {
    "balance": lambda turn, choice: with_proof(turn, "hearing_balance"),
    "freeze": lambda turn, choice: with_proof(turn, "freezing"),
    "call_back": lambda turn, choice: with_proof(turn, "arranging_call_back"),
    "unlock": _unlock,
    "person": _person,
    "say": _say,
    "go": _go,
    "back": _back,
    "again": lambda turn, choice: turn.go("choosing"),
}
