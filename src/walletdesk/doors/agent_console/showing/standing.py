"""How an account stands: its locks, whether it is frozen, what stands on it, its devices and where it is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import Standing
from walletdesk.trust.verification.public import LOCK_REASONS

LOCKED = Status(Words("登录锁着", "Sign-in locked"), "wait", "hold")
FROZEN = Status(Words("已冻结", "Frozen"), "wait", "hold")
MARKED = Status(Words("暂缓", "Held"), "wait", "half")
NEW = Status(Words("新设备", "New device"), "wait", "half")
KNOWN = Status(Words("认得", "Known"), "plain", "dot")
MODES = {
    "debit": Words("付不出去", "Nothing goes out"),
    "credit": Words("收不进来", "Nothing comes in"),
    "full": Words("不能收也不能付", "Nothing goes out or comes in"),
}
BARE = Words("账户停着", "The account stands still")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that stands on the account. ``until`` None: not by the clock."""

    status: Status
    words: Words
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    id: UUID
    name: str
    added_at: datetime
    seen_at: datetime
    status: Status
    sessions: int


@dataclass(frozen=True, slots=True)
class StandingShown:
    """``devices`` is empty while masked. ``sessions``: at how many places somebody is signed in now."""

    facts: list[Fact]
    devices: list[DeviceRow]
    sessions: int
    masked: bool


def draw_standing(found: Standing, *, masked: bool) -> StandingShown:
    facts = [Fact(LOCKED, LOCK_REASONS[one.reason].words, one.since, one.until) for one in found.locks]
    if found.freeze.frozen:
        words = MODES.get(found.freeze.mode, BARE)
        facts.append(Fact(FROZEN, _why(words, found.freeze.reason), found.freeze.since, None))
    facts += [Fact(MARKED, one.words, one.made_at, one.until) for one in found.marks if one.kind != "frozen"]
    devices = [
        DeviceRow(
            one.id,
            one.name,
            one.added_at,
            one.last_seen_at,
            NEW if one.id in found.new_devices else KNOWN,
            found.sessions.get(one.id, 0),
        )
        for one in found.devices
    ]
    return StandingShown(facts, [] if masked else devices, sum(found.sessions.values()), masked)


def _why(words: Words, reason: Words | None) -> Words:
    return Words(f"{words.zh}：{reason.zh}", f"{words.en}: {reason.en}") if reason else words
