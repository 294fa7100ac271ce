"""Try a menu before it goes live: a sequence of keys, and what a caller would hear and where they would end.

The trial runs the real flow (``flow.step``) in a world where everybody is verified or nobody is, every topic open unless
said otherwise, and each sentence is heard to its end unless a key cuts it short.
"""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.flow import step
from walletdesk.service.hotline.rules.flow_state import Flow, Surroundings
from walletdesk.service.hotline.rules.gateway_words import Digit
from walletdesk.service.hotline.rules.menu import Menu
from walletdesk.service.hotline.rules.places import PLACES
from walletdesk.service.hotline.rules.said import Said
from walletdesk.service.hotline.rules.turn import CHINESE, Turn

SILENCE = "-"
"""In a sequence of keys: the caller presses nothing and lets the time run out."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One key (empty for the start), what was said after it, and where the caller then stood."""

    key: str
    words: tuple[Said, ...]
    place: str
    node: str
    topic: str


def try_keys(
    menu: Menu, keys: str, *, verified: bool = False, language: str = CHINESE, around: Surroundings | None = None
) -> list[Heard]:
    """What a caller who presses ``keys`` hears, key by key; ends when the caller has left the menu for good."""
    around = around or Surroundings()
    flow = Flow("trial", "caller", place="choosing", language=language, verified=verified, code="0000")
    turn = Turn(flow, menu, around, PLACES)
    PLACES["choosing"].enter(turn)
    flow, commands = turn.done()
    heard = [_heard("", flow, commands)]
    for key in keys:
        if flow.place != "choosing":
            break
        flow, commands = _wait(flow, menu, around) if key == SILENCE else _press(flow, key, menu, around)
        heard.append(_heard(key, flow, commands))
    return heard


def _press(flow: Flow, key: str, menu: Menu, around: Surroundings) -> tuple[Flow, tuple[ask.Command, ...]]:
    return step(flow, Digit(flow.caller, key, "event"), menu, around)


def _wait(flow: Flow, menu: Menu, around: Surroundings) -> tuple[Flow, tuple[ask.Command, ...]]:
    """The sentence ends, then the caller's turn does."""
    turn = Turn(flow, menu, around, PLACES)
    turn.silence()
    PLACES[flow.place].no_key(turn)
    return turn.done()


def _heard(key: str, flow: Flow, commands: tuple[ask.Command, ...]) -> Heard:
    words = tuple(word for one in commands if isinstance(one, ask.Play) for word in one.words) + flow.unsaid
    return Heard(key, words, flow.place, flow.node, flow.topic)
