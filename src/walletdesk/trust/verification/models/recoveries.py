"""The way back into an account: one attempt, what was proven in it, the reset that the desk started, supporting questions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7

OPEN, FINISHED, ENDED = "open", "finished", "ended"
CHANNELS = ("page", "desk", "telephone")
PROOFS = ("own_device", "totp", "passkey", "recovery_code", "email_code", "sms_code", "papers")


class Recovery(models.Model):
    """One attempt. ``customer`` is None when the name that was typed is nobody's: the attempt then looks and lasts the
    same, and nothing can be proven in it. ``claim`` is a keyed hash of that name, so that attempts can be counted for known
    and unknown names alike. ``locked_since`` is from when the time to restore counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=9)
    claim = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=8, default=OPEN)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_since = models.DateTimeField()
    started_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    weak = models.BooleanField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    sessions_ended = models.PositiveIntegerField(null=True)
    hold_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                name="recoveries_of_case", fields=["case_id", "-started_at"], condition=Q(case_id__isnull=False)
            ),
            models.Index(name="recoveries_of_claim", fields=["claim", "-started_at"]),
            models.Index(name="recoveries_finished", fields=["-finished_at"], condition=Q(state=FINISHED)),
            models.Index(name="recoveries_of_customer", fields=["customer", "-started_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="recovery_state", condition=Q(state__in=[OPEN, FINISHED, ENDED])),
            models.CheckConstraint(name="recovery_channel", condition=Q(channel__in=CHANNELS)),
            models.CheckConstraint(
                name="finished_recovery_is_whole",
                condition=~Q(state=FINISHED)
                | Q(
                    customer__isnull=False,
                    finished_at__isnull=False,
                    weak__isnull=False,
                    seconds__isnull=False,
                    sessions_ended__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="weak_recovery_holds", condition=Q(weak=None) | Q(weak=False) | Q(hold_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RecoveryProof(models.Model):
    """Append-only: one kind counts once in one attempt. ``papers`` names the set that a second agent accepted."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=14)
    papers = models.ForeignKey("verification.IdentityPapers", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_proof_of_a_kind", fields=["recovery", "kind"]),
            models.CheckConstraint(name="proof_kind", condition=Q(kind__in=PROOFS)),
            models.CheckConstraint(
                name="papers_name_their_set",
                condition=Q(kind="papers", papers__isnull=False) | (~Q(kind="papers") & Q(papers=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id}: {self.kind}"


class ResetOrder(models.Model):
    """Append-only: an agent let a reset code go out to the customer. The agent sees neither the code nor the password."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="resets")
    case_id = models.UUIDField()
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=5)
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(name="resets_of_case", fields=["case_id", "-made_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="reset_channel", condition=Q(channel__in=["email", "sms"])),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SupportQuestions(models.Model):
    """A sheet of questions that an agent asked: what was offered, which answer was right, how many the caller knew.

    It raises no level. ``questions`` is a list of ``{"words": {…}, "options": [{…}], "right": 2}``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField(db_index=True)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    questions = models.JSONField()
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    right = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_sheet_per_case", fields=["case_id"], condition=Q(answered_at=None)),
            models.CheckConstraint(
                name="answered_sheet_has_a_score",
                condition=Q(answered_at=None, right=None) | Q(answered_at__isnull=False, right__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
