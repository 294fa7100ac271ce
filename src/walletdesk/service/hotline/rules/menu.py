"""The menu: a tree of nodes, each a few keys; edited by staff, checked before it goes live.

{"start": "main", "nodes": {"main": {"choices": [
    {"key": "1", "act": "balance", "topic": "balance"},
    {"key": "2", "act": "go", "topic": "payments", "to": "payments"},
    {"key": "0", "act": "person", "topic": "general"}]}, …}}

act          what the key does
balance      read balance and last payments (asks for proof first)
freeze       freeze by keypad (asks for proof first)
unlock       the way back into a locked account: codes by keypad, then a person with the skill ``security``
person       queue for ``topic``
call_back    arrange to be called back
say          say the prompt ``to``, then this node again
go           to the node ``to``
back         to the node it came from; at the start, the start again
again        this node again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ACTS = ("balance", "freeze", "unlock", "person", "call_back", "say", "go", "back", "again")
KEYS = "123456789*#0"
PERSON_KEY = "0"


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    act: str
    topic: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    name: str
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Menu:
    start: str
    nodes: tuple[Node, ...]

    def node(self, name: str) -> Node | None:
        return next((node for node in self.nodes if node.name == name), None)

    def parent(self, name: str) -> str:
        """The node that leads to ``name``, the first that stands in the tree; the start for the start."""
        for node in self.nodes:
            if any(choice.act == "go" and choice.to == name for choice in node.choices):
                return node.name
        return self.start


class MenuNotReadable(ValueError):
    """The tree is not of the shape above; the words say where."""


def read_menu(tree: Any) -> Menu:
    """The menu of a JSON tree. Refuses what is not of its shape (``MenuNotReadable``); whether it is *good* is
    ``menu_check``'s question."""
    if not isinstance(tree, Mapping) or not isinstance(tree.get("nodes"), Mapping):
        raise MenuNotReadable("the tree needs start and nodes")
    nodes = tuple(_node(str(name), node) for name, node in tree["nodes"].items())
    return Menu(str(tree.get("start", "")), nodes)


def _node(name: str, node: Any) -> Node:
    if not isinstance(node, Mapping) or not isinstance(node.get("choices"), list):
        raise MenuNotReadable(f"node {name} needs its choices")
    return Node(name, tuple(_choice(name, choice) for choice in node["choices"]))


def _choice(name: str, choice: Any) -> Choice:
    if not isinstance(choice, Mapping) or not all(isinstance(part, str) for part in choice.values()):
        raise MenuNotReadable(f"a choice of node {name} is not a row of texts")
    unknown = set(choice) - {"key", "act", "topic", "to"}
    if unknown or not {"key", "act", "topic"} <= set(choice):
        raise MenuNotReadable(f"a choice of node {name} needs key, act and topic, and may have to")
    return Choice(choice["key"], choice["act"], choice["topic"], choice.get("to", ""))


def write_menu(menu: Menu) -> dict[str, Any]:
    """The JSON tree of a menu."""
    return {
        "start": menu.start,
        "nodes": {
            node.name: {
                "choices": [
                    {"key": choice.key, "act": choice.act, "topic": choice.topic}
                    | ({"to": choice.to} if choice.to else {})
                    for choice in node.choices
                ]
            }
            for node in menu.nodes
        },
    }


FIRST_MENU = Menu(
    "main",
    (
        Node(
            "main",
            (
                Choice("1", "balance", "balance"),
                Choice("2", "go", "payments", "payments"),
                Choice("3", "unlock", "security"),
                Choice("4", "go", "general", "more"),
                Choice("9", "freeze", "freeze"),
                Choice("0", "person", "general"),
            ),
        ),
        Node(
            "payments",
            (
                Choice("1", "person", "payments"),
                Choice("2", "person", "complaints"),
                Choice("*", "back", "general"),
                Choice("0", "person", "payments"),
            ),
        ),
        Node(
            "more",
            (
                Choice("1", "person", "funds"),
                Choice("2", "person", "merchants"),
                Choice("3", "call_back", "call_back"),
                Choice("4", "say", "number_check", "number_hint"),
                Choice("*", "back", "general"),
                Choice("0", "person", "general"),
            ),
        ),
    ),
)
"""What a fresh house answers with."""
