"""Reads of the directory. An edition never changes, so a process keeps those it has read."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts import verify_contacts
from walletdesk.trust.official_contacts.errors import TopicNotFound
from walletdesk.trust.official_contacts.models import CalendarDay, ContactEntry, ContactTopic, Edition
from walletdesk.trust.official_contacts.rules.directory import DatedDay, Directory, Entry, Topic
from walletdesk.trust.official_contacts.rules.document import as_document
from walletdesk.trust.official_contacts.rules.opening import DAYS, OpenState, open_state
from walletdesk.trust.official_contacts.signing_key import signing_key

ZONE_NAME = "Asia/Shanghai"
ZONE = ZoneInfo(ZONE_NAME)


@dataclass(frozen=True, slots=True)
class EditionView:
    version: int
    published_at: datetime
    published_by: str
    reason: str


def edition_view(row: Edition) -> EditionView:
    return EditionView(row.pk, row.published_at, row.published_by, row.reason)


def editions(limit: int = 20) -> list[EditionView]:
    """Who published what and why, the latest first."""
    return [edition_view(row) for row in Edition.objects.order_by("-pk")[:limit]]


def current() -> tuple[EditionView, Directory]:
    """The edition in force and what stands in it: one short statement, the rest from memory."""
    version = Edition.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return _edition(str(connection.settings_dict["NAME"]), version)


@lru_cache(maxsize=16)
def _edition(database: str, version: int) -> tuple[EditionView, Directory]:
    return edition_view(Edition.objects.get(pk=version)), _read(version)


def _read(version: int) -> Directory:
    topics = ContactTopic.objects.filter(edition=version).order_by("place").prefetch_related("hours")
    entries = ContactEntry.objects.filter(edition=version).order_by("place").select_related("topic")
    days = CalendarDay.objects.filter(edition__lte=version).order_by("date", "-edition").distinct("date")
    return Directory(
        entries=tuple(
            Entry(
                row.key,
                row.channel,
                row.value,
                row.shown,
                row.topic.code,
                Words(row.name_zh, row.name_en),
                Words(row.note_zh, row.note_en),
            )
            for row in entries
        ),
        topics=tuple(Topic(row.code, Words(row.name_zh, row.name_en), _hours(row)) for row in topics),
        days=tuple(DatedDay(row.date, row.kind, Words(row.name_zh, row.name_en), row.source) for row in days),
    )


def _hours(topic: ContactTopic) -> dict[int, tuple[tuple[int, int], ...]]:
    rows = sorted((row.day, row.opens, row.closes) for row in topic.hours.all())
    return {day: tuple((opens, closes) for of, opens, closes in rows if of == day) for day in DAYS}


def standing_in(version: int) -> Directory:
    """What stood in this edition. Only of one that there is."""
    return _edition(str(connection.settings_dict["NAME"]), version)[1]


def contacts() -> Directory:
    """The entries, topics and dated days in force, for pages."""
    return current()[1]


def directory() -> dict[str, Any]:
    """The document in force: version, issued_at, valid_until, time_zone, entries, topics with hours, dated days."""
    edition, standing = current()
    return as_document(standing, version=edition.version, published_at=edition.published_at, at=now(), zone=ZONE_NAME)


def _public_bytes() -> bytes:
    return signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_key() -> str:
    """The key that verifies, in base64: 32 bytes."""
    return base64.b64encode(_public_bytes()).decode()


def key_id() -> str:
    """What people compare: sixteen hex digits; show them in fours."""
    return verify_contacts.key_id(_public_bytes())


def signed_directory() -> dict[str, Any]:
    """``{"directory": …, "signature": base64, "key_id": …, "algorithm": "Ed25519"}``; what ``verify_contacts.py`` reads."""
    document = directory()
    signature = signing_key().sign(verify_contacts.canonical(document))
    return {
        "directory": document,
        "signature": base64.b64encode(signature).decode(),
        "key_id": key_id(),
        "algorithm": "Ed25519",
    }


def verifier_script() -> bytes:
    """The stand-alone verifier, for download."""
    return Path(verify_contacts.__file__).read_bytes()


def open_now(topic: str, at: datetime | None = None, standing: Directory | None = None) -> OpenState:
    """Whether somebody is there for this topic, and when that changes; whoever has just read the directory gives it as
    ``standing``. Refuses: ``TopicNotFound``.
    """
    states = _states(standing or contacts(), at, only=topic)
    if topic not in states:
        raise TopicNotFound(topic=topic)
    return states[topic]


def open_states(at: datetime | None = None) -> dict[str, OpenState]:
    """The same for every topic."""
    return _states(contacts(), at)


def _states(standing: Directory, at: datetime | None, only: str = "") -> dict[str, OpenState]:
    days, moment = {day.date: day.kind for day in standing.days}, at or now()
    asked = (topic for topic in standing.topics if only in ("", topic.code))
    return {topic.code: open_state(topic.hours, days, moment, ZONE) for topic in asked}
