"""The rows of a bell's inbox for who is no customer: staff, and the people of a shop. One person reads several inboxes as one.

``readers`` are the inboxes: ``[("employee", id), ("user", user_id)]``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.doors._shared.stored_words import told
from walletdesk.service.notifications.public import NoticeNotFound, NoticeView, mark_read, notices, unread_count

A_PAGE = 50
Readers = Sequence[tuple[str, UUID]]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """``link`` is empty where the notice leads nowhere from this door."""

    id: UUID
    words: str
    under: str
    link: str
    icon: str
    at: datetime
    unread: bool


def rows(readers: Readers, doors: str) -> list[NoticeRow]:
    """The newest of all inboxes. ``doors`` are the first parts of the addresses that may be opened: ``desk|wall``."""
    ours = re.compile(rf"/(?:{doors}|security)/[A-Za-z0-9/_.-]*", re.ASCII)
    found = [one for audience, its_id in readers for one in notices(audience, its_id, limit=A_PAGE)]
    found.sort(key=lambda one: (one.created_at, one.id), reverse=True)
    return [_row(one, ours) for one in found[:A_PAGE]]


def unread(readers: Readers) -> int:
    return sum(unread_count(audience, its_id) for audience, its_id in readers)


def read(readers: Readers, notice_id: UUID | None) -> None:
    """One notice of whichever inbox it lies in, or all. Refuses what lies in none of them (``NoticeNotFound``)."""
    missed = 0
    for audience, its_id in readers:
        try:
            mark_read(audience, its_id, notice_id)
        except NoticeNotFound:
            missed += 1
    if missed == len(readers):
        raise NoticeNotFound()


def _row(notice: NoticeView, ours: re.Pattern[str]) -> NoticeRow:
    link = notice.link if ours.fullmatch(notice.link) and ".." not in notice.link and "//" not in notice.link else ""
    icon = "shield" if notice.safety else "warn" if notice.kind == "alarm" else "bell"
    at, fresh = notice.created_at, notice.read_at is None
    return NoticeRow(notice.id, told(notice.words), told(notice.more), link, icon, at, fresh)
