"""Editions of the directory. Every row is written once: a change writes a whole new edition.

Dated days are the exception that proves it: they belong to the edition that brought them and hold from then on; a later
row for the same date wins. Known fakes are a list of their own and stand in no edition.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.official_contacts.rules import asked
from walletdesk.trust.official_contacts.rules.directory import CHANNELS


class Edition(models.Model):
    """``id`` is the edition's number, from the database."""

    published_at = models.DateTimeField(default=now)
    published_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="edition_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return str(self.pk)


class ContactTopic(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="topics")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="topic_once", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.code


class OpeningHours(models.Model):
    """One stretch on one kind of day (0 Monday … 6 Sunday, 7 public holiday, 8 make-up working day), in minutes."""

    topic = models.ForeignKey(ContactTopic, on_delete=models.PROTECT, related_name="hours")
    day = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="stretch_once", fields=["topic", "day", "opens"]),
            models.CheckConstraint(name="one_of_nine_days", condition=Q(day__lte=8)),
            models.CheckConstraint(name="stretch_in_a_day", condition=Q(opens__lt=F("closes"), closes__lte=1440)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.opens}–{self.closes}"


class ContactEntry(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    place = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    channel = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    shown = models.CharField(max_length=200)
    topic = models.ForeignKey(ContactTopic, on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    note_zh = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="ours_by_value", fields=["channel", "value"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="entry_once", fields=["edition", "key"]),
            models.UniqueConstraint(name="value_once", fields=["edition", "channel", "value"]),
            models.CheckConstraint(name="entry_channel", condition=Q(channel__in=list(CHANNELS))),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.value}"


class CalendarDay(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="days")
    date = models.DateField()
    kind = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="day_once", fields=["date", "edition"]),
            models.CheckConstraint(name="holiday_or_make_up", condition=Q(kind__in=[7, 8])),
            models.CheckConstraint(name="day_has_a_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class KnownFake(models.Model):
    """An imitation of us that two persons have looked at. Only its end is ever written: a mistake is taken off the list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=10)
    value = models.CharField(max_length=90)
    note_zh = models.CharField(max_length=200)
    note_en = models.CharField(max_length=200)
    listed_at = models.DateTimeField(default=now)
    listed_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        db_table = "official_contacts_known_fake"
        constraints: ClassVar = [
            models.UniqueConstraint(name="fake_listed_once", fields=["channel", "value"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="fake_channel", condition=Q(channel__in=asked.CHANNELS)),
            models.CheckConstraint(name="fake_says_what", condition=~Q(value="") & ~Q(note_zh="") & ~Q(note_en="")),
            models.CheckConstraint(
                name="fake_ended_by_somebody",
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.value}"
