"""The menu drawn as a tree: a box for each node, a row for each key, a way to where it leads. Its list twin stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from walletdesk.doors.supervisor_wall.showing.queue_names import queue_words
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.public import Choice, Menu, Node

WIDE, GAP_X, GAP_Y, HEAD, ROW = 236, 84, 22, 34, 28
ACT_WORDS = {
    "balance": Words("报余额", "Balance"),
    "freeze": Words("冻结", "Freeze"),
    "unlock": Words("解锁", "Unlock"),
    "person": Words("人工", "A person"),
    "call_back": Words("约回电", "Call-back"),
    "say": Words("播放一句话", "A sentence"),
    "go": Words("下一层", "Further"),
    "back": Words("返回", "Back"),
    "again": Words("重听", "Again"),
}
TURNS = ("back", "again")  # they are about no topic, whatever the row keeps
START, NEVER = Words("接通后", "After hello"), Words("按不到", "No key leads here")
BY_KEY = Words("按 {key}，{topic}", "Key {key}, {topic}")
TREE = Words("菜单：{nodes} 层，{keys} 个按键，从“{start}”开始", "Menu: {nodes} nodes, {keys} keys, from “{start}”")


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    x: int
    y: int

    @property
    def tall(self) -> int:
        return HEAD + ROW * max(1, len(self.node.choices)) + 8

    def row_y(self, place: int) -> int:
        return self.y + HEAD + ROW * place + ROW // 2


def act_words(choice: Choice) -> str:
    """What a key does; where a way or a sentence leads stands in the list, there is room for it."""
    words = str(ACT_WORDS.get(choice.act, choice.act))
    return f"{words} {choice.to}" if choice.to and choice.act not in ("go", "say") else words


def depths(menu: Menu) -> dict[str, int]:
    """How many keys from the start each node lies; what no key reaches stands after all others."""
    found, edge = {menu.start: 0}, [menu.start]
    while edge:
        node = menu.node(edge.pop(0))
        for choice in node.choices if node else ():
            if choice.act == "go" and choice.to not in found and menu.node(choice.to):
                found[choice.to] = found[node.name] + 1  # type: ignore[union-attr]
                edge.append(choice.to)
    deepest = max(found.values())
    found |= {node.name: deepest + 1 for node in menu.nodes if node.name not in found}
    return {name: depth for name, depth in found.items() if menu.node(name)}


def in_reading_order(menu: Menu) -> list[Node]:
    """The start first, then as the keys lead; how the tree was stored does not matter."""
    return [node for name in depths(menu) if (node := menu.node(name))]


def tree(menu: Menu, bad_nodes: Iterable[str] = ()) -> SafeString:
    """The picture. ``bad_nodes`` get the edge of danger; the words about them stand beside the picture."""
    boxes, bad = _placed(menu), set(bad_nodes)
    width = max((box.x + WIDE for box in boxes.values()), default=WIDE) + 2
    height = max((box.y + box.tall for box in boxes.values()), default=HEAD) + 2
    label = TREE.say(nodes=len(menu.nodes), keys=sum(len(node.choices) for node in menu.nodes), start=menu.start)
    return format_html(
        '<svg class="tree" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        width,
        height,
        width,
        height,
        label,
        format_html_join("", "{}", ((_ways(box, boxes),) for box in boxes.values())),
        format_html_join("", "{}", ((_box(box, menu, box.node.name in bad),) for box in boxes.values())),
    )


def _placed(menu: Menu) -> dict[str, Box]:
    at: dict[int, int] = {}
    boxes = {}
    order = depths(menu)
    for node in in_reading_order(menu):
        depth = order[node.name]
        box = Box(node, 1 + depth * (WIDE + GAP_X), at.get(depth, 1))
        at[depth] = box.y + box.tall + GAP_Y
        boxes[node.name] = box
    return boxes


def _ways(box: Box, boxes: dict[str, Box]) -> SafeString:
    """From a key's row to the box it leads to; a way back into the same column or an earlier one is told by words only."""
    drawn = []
    for place, choice in enumerate(box.node.choices):
        to = boxes.get(choice.to) if choice.act == "go" else None
        if to is None or to.x <= box.x:
            continue
        x, y, end_x, end_y = box.x + WIDE, box.row_y(place), to.x, to.y + HEAD // 2
        middle = (x + end_x) // 2
        drawn.append(
            format_html(
                '<path class="way" d="M{} {}C{} {} {} {} {} {}"/>', x, y, middle, y, middle, end_y, end_x, end_y
            )
        )
    return mark_safe("".join(drawn))  # noqa: S308 - each way is escaped above


def _box(box: Box, menu: Menu, bad: bool) -> SafeString:
    look = "box" + (" start" if box.node.name == menu.start else "") + (" bad" if bad else "")
    rows = format_html_join("", "{}", ((_row(box, place),) for place in range(len(box.node.choices))))
    return format_html(
        '<g><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text class="nodename" x="{}" y="{}">{}</text>'
        '<text class="second" x="{}" y="{}" text-anchor="end">{}</text>{}</g>',
        look, box.x, box.y, WIDE, box.tall, box.x + 12, box.y + 23, box.node.name,
        box.x + WIDE - 14, box.y + 23, _reached(box.node, menu), rows,
    )  # fmt: skip


def _reached(node: Node, menu: Menu) -> str:
    """How callers come there, in words: the name of a node is its writer's."""
    if node.name == menu.start:
        return str(START)
    ways = [one for other in menu.nodes for one in other.choices if one.act == "go" and one.to == node.name]
    return BY_KEY.say(key=ways[0].key, topic=str(queue_words(ways[0].topic))) if ways else str(NEVER)


def _row(box: Box, place: int) -> SafeString:
    choice, y = box.node.choices[place], box.row_y(place)
    does = act_words(choice)
    left, right = (does, "") if choice.act in TURNS else (str(queue_words(choice.topic)), does)
    person = " person" if choice.act == "person" else ""
    return format_html(
        '<rect class="end{}" x="{}" y="{}" width="{}" height="24" rx="3"/>'
        '<rect class="keycap" x="{}" y="{}" width="18" height="18" rx="3"/>'
        '<text class="keyname" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}">{}</text><text class="second" x="{}" y="{}" text-anchor="end">{}</text>',
        person, box.x + 8, y - 12, WIDE - 16, box.x + 12, y - 9, box.x + 21, y + 5, choice.key,
        box.x + 38, y + 5, left, box.x + WIDE - 14, y + 5, right,
    )  # fmt: skip
