"""``VerificationPrompt``: a question on the customer's phone; ``VerificationRecord``: where a case stands since when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

OPEN, GENUINE, DISOWNED, EXPIRED = "open", "genuine", "disowned", "expired"


class VerificationPrompt(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField(db_index=True)
    case_reference = models.CharField(max_length=40)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    state = models.CharField(max_length=10, default=OPEN)
    asked_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="prompts_of_customer", fields=["customer", "-asked_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_prompt", fields=["customer"], condition=Q(state=OPEN)),
            models.CheckConstraint(name="prompt_state", condition=Q(state__in=[OPEN, GENUINE, DISOWNED, EXPIRED])),
            models.CheckConstraint(name="prompt_code", condition=Q(code__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(name="prompt_runs_out", condition=Q(expires_at__gt=F("asked_at"))),
            models.CheckConstraint(
                name="answer_has_a_time",
                condition=Q(state__in=[OPEN, EXPIRED], answered_at=None)
                | Q(state__in=[GENUINE, DISOWNED], answered_at__lt=F("expires_at"), answered_at__gte=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class VerificationRecord(models.Model):
    """Append-only. The last answer in a case counts; a sign-in (no prompt) is noted once and counts while there is none.

    From level 2 on a record stands on a prompt that was called genuine, or on the proofs of a way back.
    """

    case_id = models.UUIDField()
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=20)
    prompt = models.OneToOneField(VerificationPrompt, null=True, on_delete=models.PROTECT, related_name="+")
    recovery = models.ForeignKey("verification.Recovery", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(name="records_of_case", fields=["case_id", "-id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_sign_in_per_case", fields=["case_id"], condition=Q(prompt=None, recovery=None)
            ),
            models.CheckConstraint(name="level_0_to_3", condition=Q(level__lte=3)),
            models.CheckConstraint(
                name="level_2_needs_a_proof",
                condition=Q(level__lt=2) | Q(prompt__isnull=False) | Q(recovery__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.level}"
