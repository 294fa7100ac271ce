"""``OneTimeCode``: a code on its way to an address. What it says is stored nowhere, only a keyed hash of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7

OPEN, USED, SPENT, REPLACED = "open", "used", "spent", "replaced"


class OneTimeCode(models.Model):
    """``subject`` names the matter (``recovery:<id>``): the code proves nothing about another one. ``spent``: tries used up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=100)
    channel = models.CharField(max_length=5)
    shape = models.CharField(max_length=6)
    hash = models.CharField(max_length=64)
    state = models.CharField(max_length=8, default=OPEN)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="codes_of_subject", fields=["purpose", "subject", "-made_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_code", fields=["purpose", "subject"], condition=Q(state=OPEN)),
            models.CheckConstraint(name="code_state", condition=Q(state__in=[OPEN, USED, SPENT, REPLACED])),
            models.CheckConstraint(name="code_channel", condition=Q(channel__in=["email", "sms"])),
            models.CheckConstraint(name="code_five_tries", condition=Q(wrong_tries__lte=5)),
            models.CheckConstraint(name="code_is_hashed", condition=Q(hash__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="code_runs_out", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="code_closed_has_a_time",
                condition=Q(state=OPEN, closed_at=None) | (~Q(state=OPEN) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="code_used_in_time", condition=~Q(state=USED) | Q(closed_at__lt=F("expires_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
