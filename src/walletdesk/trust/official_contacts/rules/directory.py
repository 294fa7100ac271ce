"""What stands in the directory, and how a change makes the next edition out of the last; pure.

A value is what a machine dials, opens or compares, in ASCII only, so that no look-alike letter hides in it; ``shown``
is how people write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts.rules.opening import DAYS

CHANNELS = {
    "phone": re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII),
    "web": re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~/-]*)?", re.ASCII),
    "email": re.compile(r"[a-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII),
    "app": re.compile(r"[a-z-]+(/[a-z-]+)*", re.ASCII),
    "chat": re.compile(r"[a-z-]+(/[a-z-]+)*", re.ASCII),
    "social": re.compile(r"[a-z]+:[A-Za-z0-9_.-]+", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to reach us. ``key`` is stable over editions."""

    key: str
    channel: str
    value: str
    shown: str
    topic: str
    name: Words
    note: Words


@dataclass(frozen=True, slots=True)
class Topic:
    """What one calls about, and when somebody is there for it (minutes from midnight; see ``opening.py``)."""

    code: str
    name: Words
    hours: Mapping[int, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class DatedDay:
    """A public holiday or a make-up working day (``kind`` 7 or 8), with who said so."""

    date: date
    kind: int
    name: Words
    source: str


@dataclass(frozen=True, slots=True)
class Directory:
    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...]
    days: tuple[DatedDay, ...]


@dataclass(frozen=True, slots=True)
class PutEntry:
    """A new entry, or another content for the one with this key."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class DropEntry:
    key: str


@dataclass(frozen=True, slots=True)
class PutTopic:
    """A new topic, or other hours and names for the one with this code."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class PutDay:
    """A dated day, or another kind for it."""

    day: DatedDay


Change: TypeAlias = PutEntry | DropEntry | PutTopic | PutDay


KEY = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


def value_fits(channel: str, value: str) -> bool:
    return channel in CHANNELS and CHANNELS[channel].fullmatch(value) is not None


def hours_fit(hours: Mapping[int, tuple[tuple[int, int], ...]]) -> bool:
    """Every kind of day is said, also when it is closed; stretches lie inside the day and do not overlap."""
    if set(hours) != set(DAYS):
        return False
    for day in hours.values():
        ends = [minute for stretch in sorted(day) for minute in stretch]
        if any(after <= before for before, after in zip(ends[::2], ends[1::2], strict=True)):
            return False
        if ends != sorted(ends) or any(not 0 <= minute <= 1440 for minute in ends):
            return False
    return True


def objection(directory: Directory, change: Change) -> str | None:
    """Why a change cannot be made: ``value_not_usable``, ``topic_unknown``, ``value_taken``, ``entry_unknown``,
    ``hours_not_usable``, ``day_not_usable``; None when it can.
    """
    if isinstance(change, PutEntry):
        entry = change.entry
        named = KEY.fullmatch(entry.key) and entry.shown.strip() and entry.name.zh.strip() and entry.name.en.strip()
        if not named or not value_fits(entry.channel, entry.value):
            return "value_not_usable"
        if entry.topic not in {topic.code for topic in directory.topics}:
            return "topic_unknown"
        others = {(other.channel, other.value) for other in directory.entries if other.key != entry.key}
        return "value_taken" if (entry.channel, entry.value) in others else None
    if isinstance(change, DropEntry):
        return None if change.key in {entry.key for entry in directory.entries} else "entry_unknown"
    if isinstance(change, PutTopic):
        return None if hours_fit(change.topic.hours) else "hours_not_usable"
    return None if change.day.kind in (7, 8) and change.day.source.strip() else "day_not_usable"


def _put(old: Sequence, new: object, key: str) -> tuple:
    """``new`` in the place of the one with the same ``key``, or at the end."""
    same = [getattr(one, key) == getattr(new, key) for one in old]
    return tuple(new if hit else one for one, hit in zip(old, same, strict=True)) if any(same) else (*old, new)


def changed(directory: Directory, change: Change) -> Directory:
    """The directory after a change against which there is no objection."""
    if isinstance(change, PutEntry):
        return replace(directory, entries=_put(directory.entries, change.entry, "key"))
    if isinstance(change, DropEntry):
        return replace(directory, entries=tuple(entry for entry in directory.entries if entry.key != change.key))
    if isinstance(change, PutTopic):
        return replace(directory, topics=_put(directory.topics, change.topic, "code"))
    days = _put(directory.days, change.day, "date")
    return replace(directory, days=tuple(sorted(days, key=lambda day: day.date)))
