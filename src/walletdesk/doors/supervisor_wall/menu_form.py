"""The menu as a form: a fieldset for each node, a row for each key, one empty row and one empty node to grow by.

    node-0-name=main   node-0-key-0=1   node-0-act-0=balance   node-0-topic-0=balance   node-0-to-0=

A row without a key is left out, and so is a node without a name; the first node is the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from walletdesk.doors.supervisor_wall.showing.menu_tree import in_reading_order
from walletdesk.service.hotline.public import Menu

MOST_NODES, MOST_ROWS = 24, 12
NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class RowFields:
    place: int
    key: str
    act: str
    topic: str
    to: str


@dataclass(frozen=True, slots=True)
class NodeFields:
    place: int
    name: str
    rows: list[RowFields]


def fields_of(menu: Menu) -> list[NodeFields]:
    """The form as this menu fills it, with room to add."""
    nodes = [
        NodeFields(
            place,
            node.name,
            [
                *(RowFields(number, one.key, one.act, one.topic, one.to) for number, one in enumerate(node.choices)),
                RowFields(len(node.choices), "", "person", "general", ""),
            ],
        )
        for place, node in enumerate(in_reading_order(menu))
    ]
    return [*nodes, NodeFields(len(nodes), "", [RowFields(0, "", "person", "general", "")])]


def tree_of(sent: Mapping[str, str]) -> dict[str, Any]:
    """The JSON tree of what was sent; whether it is good is the hotline's question."""
    nodes: dict[str, Any] = {}
    for place in range(MOST_NODES):
        name = NAME.sub("-", sent.get(f"node-{place}-name", "").strip())[:24]
        if not name:
            continue
        rows = [_row(sent, place, number) for number in range(MOST_ROWS)]
        nodes[name] = {"choices": [row for row in rows if row["key"]]}
    return {"start": next(iter(nodes), ""), "nodes": nodes}


def _row(sent: Mapping[str, str], place: int, number: int) -> dict[str, str]:
    def field(name: str) -> str:
        return sent.get(f"node-{place}-{name}-{number}", "").strip()[:24]

    row = {"key": field("key"), "act": field("act"), "topic": field("topic")}
    return row | ({"to": field("to")} if field("to") else {})
