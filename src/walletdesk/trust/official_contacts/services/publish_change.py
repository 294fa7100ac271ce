"""An editor changes the directory: the next edition."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.official_contacts.errors import (
    ChangeNotUsable,
    EditionMoved,
    NothingToChange,
    PublishReasonMissing,
)
from walletdesk.trust.official_contacts.events import DirectoryPublished
from walletdesk.trust.official_contacts.models import CalendarDay, ContactEntry, ContactTopic, Edition, OpeningHours
from walletdesk.trust.official_contacts.queries.editions import EditionView, current, edition_view
from walletdesk.trust.official_contacts.rules.directory import Change, Directory, changed, objection


def publish_change(changes: Sequence[Change], by: str, reason: str, expected_version: int | None = None) -> EditionView:
    """All changes together make one new edition, or none does. ``by`` is the actor, such as ``employee:<uuid>``.

    This room stands below staff: the caller first asks ``staff.insist(employee, "publish_contacts")``.
    Refuses, in this order: ``PublishReasonMissing``, ``EditionMoved`` (when ``expected_version`` is given),
    ``ChangeNotUsable`` (``place``, ``why``), ``NothingToChange``. Publishes ``DirectoryPublished``.
    """
    if not reason.strip():
        raise PublishReasonMissing()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('official_contacts', 0))")
        standing, wanted = preview_change(changes, expected_version)
        row = Edition.objects.create(published_at=now(), published_by=by, reason=reason.strip()[:300])
        _print(row, wanted, standing)
        record_act(by, "publish_contacts", f"edition:{row.pk}", reason=row.reason, detail={"version": row.pk})
        publish(DirectoryPublished(row.pk, by, row.reason, row.published_at))
    return edition_view(row)


def preview_change(changes: Sequence[Change], expected_version: int | None = None) -> tuple[Directory, Directory]:
    """What stands, and what would stand after these changes; nothing is written. Refuses as ``publish_change``, but for the
    reason.
    """
    last, standing = current()
    if expected_version is not None and expected_version != last.version:
        raise EditionMoved(version=last.version)
    return standing, after_changes(standing, changes)


def after_changes(standing: Directory, changes: Sequence[Change]) -> Directory:
    """Refuses, in this order: ``ChangeNotUsable``, ``NothingToChange``."""
    wanted = standing
    for place, change in enumerate(changes, start=1):
        if why := objection(wanted, change):
            raise ChangeNotUsable(place=place, why=why)
        wanted = changed(wanted, change)
    if wanted == standing:
        raise NothingToChange()
    return wanted


def _print(edition: Edition, wanted: Directory, standing: Directory) -> None:
    """Write every entry and topic of the new edition, and the dated days that it brings."""
    topics = ContactTopic.objects.bulk_create(
        ContactTopic(edition=edition, place=place, code=topic.code, name_zh=topic.name.zh, name_en=topic.name.en)
        for place, topic in enumerate(wanted.topics)
    )
    by_code = {row.code: row for row in topics}
    OpeningHours.objects.bulk_create(
        OpeningHours(topic=by_code[topic.code], day=day, opens=opens, closes=closes)
        for topic in wanted.topics
        for day, stretches in topic.hours.items()
        for opens, closes in stretches
    )
    ContactEntry.objects.bulk_create(
        ContactEntry(
            edition=edition,
            place=place,
            key=entry.key,
            channel=entry.channel,
            value=entry.value,
            shown=entry.shown,
            topic=by_code[entry.topic],
            name_zh=entry.name.zh,
            name_en=entry.name.en,
            note_zh=entry.note.zh,
            note_en=entry.note.en,
        )
        for place, entry in enumerate(wanted.entries)
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(
            edition=edition, date=day.date, kind=day.kind, name_zh=day.name.zh, name_en=day.name.en, source=day.source
        )
        for day in wanted.days
        if day not in standing.days
    )
