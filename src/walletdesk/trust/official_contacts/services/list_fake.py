"""An imitation of us comes on the list, or is taken off it. Who may, and that they are two, is asked above."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.trust.official_contacts.errors import FakeIsOurs, FakeListed, FakeNotFound, FakeNotUsable
from walletdesk.trust.official_contacts.models import KnownFake
from walletdesk.trust.official_contacts.queries.editions import contacts
from walletdesk.trust.official_contacts.rules.asked import Asked, official

LONGEST_VALUE, LONGEST_NOTE = 90, 200


def usable_fake(asked: Asked | None, note_zh: str, note_en: str) -> Asked:
    """What would be listed. Refuses, in this order: ``FakeNotUsable``, ``FakeIsOurs``, ``FakeListed``."""
    notes = [note.strip() for note in (note_zh, note_en)]
    if asked is None or len(asked.value) > LONGEST_VALUE or not all(0 < len(note) <= LONGEST_NOTE for note in notes):
        raise FakeNotUsable()
    plain = Asked(asked.channel, asked.value)
    if official(contacts(), plain) is not None:
        raise FakeIsOurs()
    if KnownFake.objects.filter(channel=plain.channel, value=plain.value, ended_at=None).exists():
        raise FakeListed()
    return plain


def list_fake(asked: Asked | None, note_zh: str, note_en: str, by: str) -> UUID:
    """``by`` is who approved it. Refuses as :func:`usable_fake`."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('official_contacts:fakes', 0))")
        plain = usable_fake(asked, note_zh, note_en)
        row = KnownFake.objects.create(
            channel=plain.channel,
            value=plain.value,
            note_zh=note_zh.strip(),
            note_en=note_en.strip(),
            listed_at=now(),
            listed_by=by,
        )
        record_act(by, "list_fake", f"fake:{row.id}", reason=plain.value)
    return row.id


def end_fake(fake_id: UUID, by: str) -> None:
    """Refuses: ``FakeNotFound``."""
    with transaction.atomic():
        ended = KnownFake.objects.filter(pk=fake_id, ended_at=None).update(ended_at=now(), ended_by=by)
        if not ended:
            raise FakeNotFound()
        record_act(by, "end_fake", f"fake:{fake_id}")
