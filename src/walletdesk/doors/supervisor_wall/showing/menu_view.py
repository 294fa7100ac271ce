"""A menu as a list, its versions, and what a key may be."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from walletdesk.doors.supervisor_wall.showing.menu_tree import ACT_WORDS, TURNS, act_words, in_reading_order
from walletdesk.doors.supervisor_wall.showing.queue_names import NAMES, queue_words
from walletdesk.foundation.i18n.words import Words, reading_chinese
from walletdesk.service.hotline.prompts.public import read_aloud
from walletdesk.service.hotline.public import TOPICS, Choice, Menu, Said, menu_versions
from walletdesk.trust.staff.public import EmployeeView, employees

QUOTED = Words("：{words}", ": {words}")
FIRST = Words("随系统装好的", "Shipped with the house")
AGENT, SYSTEM = Words("工号 {n}", "Agent {n}"), Words("系统", "the system")
STATES = {
    "live": (Words("使用中", "Live"), "go", "done"),
    "draft": (Words("草稿", "Draft"), "wait", "half"),
    "retired": (Words("已停用", "Retired"), "", "flat"),
}


@dataclass(frozen=True, slots=True)
class KeyRow:
    key: str
    topic: str
    does: str


@dataclass(frozen=True, slots=True)
class NodeRow:
    name: str
    start: bool
    keys: list[KeyRow]


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    words: Words
    tone: str
    shape: str
    made_by: str
    made_at: datetime
    published_by: str
    published_at: datetime | None
    reason: str
    on: bool


def nodes_of(menu: Menu) -> list[NodeRow]:
    """The picture's list twin, the start first."""
    return [
        NodeRow(
            node.name,
            node.name == menu.start,
            [
                KeyRow(one.key, "—" if one.act in TURNS else str(queue_words(one.topic)), f"{act_words(one)}{_whither(one)}")
                for one in node.choices
            ],
        )
        for node in in_reading_order(menu)
    ]  # fmt: skip


def _whither(choice: Choice) -> str:
    """The node that a key leads to, or the sentence that it lets callers hear; a sentence that is none by its name."""
    if choice.act == "say":
        with suppress(KeyError):
            return QUOTED.say(words=read_aloud("zh" if reading_chinese() else "en", Said(choice.to)))
    return f" {choice.to}" if choice.act in ("go", "say") else ""


def versions(current: int) -> list[VersionRow]:
    """The newest first; people by their numbers."""
    found = menu_versions()
    people = employees({one for row in found for one in (_id(row.made_by), _id(row.published_by)) if one})
    return [
        VersionRow(
            one.number, *STATES[one.state], _who(one.made_by, people), one.made_at, _who(one.published_by, people),
            one.published_at, FIRST.say() if one.number == 1 and not _id(one.made_by) else one.reason, one.number == current,
        )
        for one in found
    ]  # fmt: skip


def _id(actor: str) -> uuid.UUID | None:
    kind, _, name = actor.partition(":")
    return uuid.UUID(name) if kind == "employee" else None


def _who(actor: str, people: dict[uuid.UUID, EmployeeView]) -> str:
    if not actor:
        return ""
    one = people.get(_id(actor) or uuid.UUID(int=0))
    return AGENT.say(n=one.employee_number) if one else str(SYSTEM)


def choices_of() -> dict[str, list[tuple[str, str]]]:
    """What a key may do, and about what."""
    return {
        "acts": [(act, str(words)) for act, words in ACT_WORDS.items()],
        "topics": [(topic, str(NAMES.get(topic, words))) for topic, words in TOPICS.items()],
    }
