"""The official directory at the desk: what stands, what would, and where the two differ, as whoever looks us up reads it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts.public import Directory, Entry, Topic, editions
from walletdesk.trust.staff.public import employees

DAYS = (
    Words("周一", "Monday"),
    Words("周二", "Tuesday"),
    Words("周三", "Wednesday"),
    Words("周四", "Thursday"),
    Words("周五", "Friday"),
    Words("周六", "Saturday"),
    Words("周日", "Sunday"),
    Words("法定假日", "Public holiday"),
    Words("调休上班日", "Make-up working day"),
)
PARTS = {
    "channel": Words("渠道", "Channel"),
    "value": Words("号码或地址", "Number or address"),
    "shown": Words("怎样写", "As people write it"),
    "topic": Words("主题", "Topic"),
    "name": Words("名称", "Name"),
    "note": Words("说明", "Note"),
}
NOTHING, CLOSED = Words("没有", "Nothing"), Words("休息", "Closed")
STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
BETWEEN = re.compile(r"[,，、;\s]+")
UNREADABLE = ((0, 0),)
"""A stretch that no directory takes."""


@dataclass(frozen=True, slots=True)
class Difference:
    what: Words
    before: Words | str
    after: Words | str


@dataclass(frozen=True, slots=True)
class EditionRow:
    version: int
    at: datetime
    by: str
    reason: str


def hours_text(day: tuple[tuple[int, int], ...]) -> str:
    """As it is typed and read back: ``9:00-18:00, 19:00-21:00``; empty when closed."""
    return ", ".join(f"{a // 60}:{a % 60:02d}-{b // 60}:{b % 60:02d}" for a, b in day)


def read_hours(text: str) -> tuple[tuple[int, int], ...]:
    if BETWEEN.sub("", STRETCH.sub("", text)):
        return UNREADABLE
    return tuple((int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in STRETCH.findall(text))


def differences(before: Directory, after: Directory) -> list[Difference]:
    entries = _entries(before), _entries(after)
    topics = {one.code: one for one in before.topics}
    found = [row for key in {**entries[0], **entries[1]} for row in _of_entry(key, *(one.get(key) for one in entries))]
    return found + [row for one in after.topics for row in _of_topic(topics.get(one.code), one)]


def _entries(directory: Directory) -> Mapping[str, Entry]:
    return {one.key: one for one in directory.entries}


def _of_entry(key: str, old: Entry | None, new: Entry | None) -> list[Difference]:
    rows = []
    for part, words in PARTS.items():
        was, will = (getattr(one, part) if one else NOTHING for one in (old, new))
        if was != will:
            rows.append(Difference(Words(f"{key}，{words.zh}", f"{key}, {words.en.lower()}"), was, will))
    return rows


def _of_topic(old: Topic | None, new: Topic) -> list[Difference]:
    was = old.hours if old else {}
    rows = [] if old is None or old.name == new.name else [Difference(PARTS["name"], old.name, new.name)]
    return rows + [
        Difference(
            Words(f"{new.name.zh}，{DAYS[day].zh}", f"{new.name.en}, {DAYS[day].en}"),
            hours_text(was.get(day, ())) or CLOSED,
            hours_text(new.hours[day]) or CLOSED,
        )
        for day in sorted(new.hours)
        if was.get(day, ()) != new.hours[day]
    ]


def history() -> list[EditionRow]:
    """Every edition lately, the latest first, with the number of whoever approved it."""
    found = editions(20)
    by = {one.published_by: _employee_id(one.published_by) for one in found}
    people = employees({one for one in by.values() if one})

    def who(actor: str) -> str:
        employee = people.get(by[actor]) if by[actor] else None  # type: ignore[arg-type]
        return employee.employee_number if employee else ""

    return [EditionRow(one.version, one.published_at, who(one.published_by), one.reason) for one in found]


def _employee_id(actor: str) -> uuid.UUID | None:
    kind, _, number = actor.partition(":")
    try:
        return uuid.UUID(number) if kind == "employee" else None
    except ValueError:
        return None
