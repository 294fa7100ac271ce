"""Reads: is this us, is it a known imitation, or neither. Nothing is kept of who asked, or what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts.errors import FakeNotFound
from walletdesk.trust.official_contacts.models import KnownFake
from walletdesk.trust.official_contacts.queries.editions import contacts
from walletdesk.trust.official_contacts.rules import asked as law
from walletdesk.trust.official_contacts.rules.directory import Entry


@dataclass(frozen=True, slots=True)
class FakeView(law.Fake):
    id: UUID
    note: Words
    listed_at: datetime
    listed_by: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``asked`` is None where nothing could be read; ``entry`` goes with ``official``, ``fake`` with ``fake``."""

    says: Literal["official", "fake", "unknown"]
    asked: law.Asked | None
    entry: Entry | None = None
    fake: FakeView | None = None


def _views(rows: Iterable[KnownFake]) -> list[FakeView]:
    return [
        FakeView(row.channel, row.value, row.id, Words(row.note_zh, row.note_en), row.listed_at, row.listed_by)
        for row in rows
    ]


def known_fakes() -> list[FakeView]:
    """The list in force, the latest first."""
    return _views(KnownFake.objects.filter(ended_at=None).order_by("-listed_at", "-id"))


def known_fake(fake_id: UUID) -> FakeView:
    """One of the list in force. Refuses: ``FakeNotFound``."""
    found = _views(KnownFake.objects.filter(pk=fake_id, ended_at=None))
    if not found:
        raise FakeNotFound()
    return found[0]


def check(text: str) -> Verdict:
    """The directory speaks first: what is ours cannot be listed as false, nor be made so by mistake."""
    asked = law.read_asked(text)
    if asked is None:
        return Verdict("unknown", None)
    if entry := law.official(contacts(), asked):
        return Verdict("official", asked, entry)
    if fake := law.known_fake(known_fakes(), asked):
        return Verdict("fake", asked, fake=fake)
    return Verdict("unknown", asked)
