"""Messages and their attachments. Both are written once and never changed (trigger and privilege)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from walletdesk.foundation.clock.public import now, uuid7

models.TextField.register_lookup(Length)


class Message(models.Model):
    """What somebody wrote. ``audience`` is the thread: customer, merchant or staff (rules/threads.py)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    author_kind = models.CharField(max_length=10)
    author_id = models.UUIDField(null=True)
    author_number = models.CharField(max_length=20, default="", blank=True)
    author_name = models.JSONField(default=dict)
    audience = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    once = models.CharField(max_length=64, null=True)
    sent_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="message_author_known",
                condition=Q(author_kind__in=("system", "customer", "employee", "merchant")),
            ),
            models.CheckConstraint(
                name="message_in_own_thread",
                condition=(
                    Q(author_kind__in=("system", "employee")) & Q(audience__in=("customer", "merchant", "staff"))
                )
                | Q(author_kind="customer", audience="customer")
                | Q(author_kind="merchant", audience="merchant"),
            ),
            models.CheckConstraint(name="message_length", condition=Q(text__length__lte=4000)),
            models.UniqueConstraint(name="message_said_once", fields=["case", "author_kind", "author_id", "once"]),
        ]
        indexes: ClassVar = [models.Index(name="message_of_case", fields=["case", "sent_at", "id"])]

    def __str__(self) -> str:
        return str(self.id)


class Attachment(models.Model):
    """A file that came with a message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.id)
