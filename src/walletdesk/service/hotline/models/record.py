"""What stays of a call: the contact with its case, the recording with its key and plays, the survey; and the menu's versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7


class Contact(models.Model):
    """What became of a call: exactly one for each, made when it ends.

    A contact of a known customer stands on a case; only a stranger's has none, and keeps its own number.
    """

    call = models.OneToOneField("hotline.Call", primary_key=True, on_delete=models.PROTECT, related_name="contact")
    number = models.CharField(max_length=20, unique=True, db_default="")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contact_of_a_customer_has_a_case", condition=Q(customer=None) | Q(case__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(name="contacts_of_case", fields=["case", "at"])]

    def __str__(self) -> str:
        return self.number


class Survey(models.Model):
    """One to five, once a call."""

    call = models.OneToOneField("hotline.Call", primary_key=True, on_delete=models.PROTECT, related_name="survey")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", null=True)
    stars = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="survey_1_to_5", condition=Q(stars__gte=1, stars__lte=5))]

    def __str__(self) -> str:
        return f"{self.stars} of 5"


class Recording(models.Model):
    """The index of a recording. ``sha256`` is of the sound as it was made; the file at ``sealed_path`` is sealed with a key
    of its own, kept here wrapped. Erasing throws the key away: what is left of the file is noise.
    """

    id = models.CharField(primary_key=True, max_length=80)
    call = models.ForeignKey("hotline.Call", on_delete=models.PROTECT, related_name="recordings")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", null=True)
    began_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=8, default="open")
    milliseconds = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    sealed_path = models.CharField(max_length=200, blank=True, default="")
    wrapped_key = models.BinaryField(null=True)
    keep_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recording_state_known", condition=Q(state__in=("open", "sealed", "erased", "lost"))
            ),
            models.CheckConstraint(
                name="recording_sealed_is_whole",
                condition=~Q(state="sealed")
                | (Q(wrapped_key__isnull=False, keep_until__isnull=False) & ~Q(sha256="") & ~Q(sealed_path="")),
            ),
            models.CheckConstraint(
                name="recording_erased_has_no_key", condition=~Q(state="erased") | Q(wrapped_key=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="recordings_to_erase", fields=["keep_until"], condition=Q(state="sealed"))
        ]

    def __str__(self) -> str:
        return self.id


class RecordingPermit(models.Model):
    """One agent asks to hear another's call; a second person says yes or no. A yes holds for a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="permits")
    asked_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+", null=True)
    allowed = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="permit_needs_a_second_person",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
            ),
            models.UniqueConstraint(
                name="one_open_permit", fields=["recording", "asked_by"], condition=Q(decided_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RecordingPlay(models.Model):
    """Append-only: who heard which recording, when and why. ``listener`` is ``employee:<id>`` or ``customer:<id>``."""

    id = models.BigAutoField(primary_key=True)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="plays")
    listener = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    permit = models.ForeignKey(RecordingPermit, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="a_play_has_a_reason", condition=~Q(reason=""))]
        indexes: ClassVar = [models.Index(name="plays_of_recording", fields=["recording", "-at"])]

    def __str__(self) -> str:
        return f"{self.listener} at {self.at}"


class MenuVersion(models.Model):
    """A version of the menu. One is live; a published tree never changes (trigger)."""

    number = models.PositiveIntegerField(primary_key=True)
    tree = models.JSONField()
    state = models.CharField(max_length=8, default="draft")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField(default=now)
    published_by = models.CharField(max_length=60, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="menu_state_known", condition=Q(state__in=("draft", "live", "retired"))),
            models.UniqueConstraint(name="one_live_menu", fields=["state"], condition=Q(state="live")),
        ]

    def __str__(self) -> str:
        return f"menu {self.number}"
