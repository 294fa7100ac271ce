"""Notices in the app, and mails with the state of their delivery."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7


class Notice(models.Model):
    """One sentence for one reader, in both languages. ``about`` names the happening: it is told once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    audience = models.CharField(max_length=10)
    audience_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    words = models.JSONField()
    more = models.JSONField(default=dict)
    link = models.CharField(max_length=200, default="", blank=True)
    safety = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notice_audience_known", condition=Q(audience__in=("customer", "merchant", "employee"))
            ),
            models.CheckConstraint(name="notice_link_stays_here", condition=Q(link="") | Q(link__startswith="/")),
            models.UniqueConstraint(name="notice_told_once", fields=["audience", "audience_id", "kind", "about"]),
        ]
        indexes: ClassVar = [
            models.Index(name="notice_inbox", fields=["audience", "audience_id", "-created_at", "-id"]),
            models.Index(name="notice_unread", fields=["audience", "audience_id"], condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.audience}"


class Mail(models.Model):
    """One mail to one customer about one happening, and how far it has come.

        waiting ─→ sending ─→ sent
           ↑          ├─────→ waiting     the server said no before taking it: tried again, six times
           │          ├─────→ refused     it said no for good, or the tries are used up
           └ never ── └─────→ unknown     the answer was lost: perhaps sent, so never sent again

    The text is made when it is sent and is not kept: it can be made again from ``kind`` and ``about``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    last_answer = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mail_state_known", condition=Q(state__in=("waiting", "sending", "sent", "refused", "unknown"))
            ),
            models.UniqueConstraint(name="mail_sent_once", fields=["customer", "kind", "about"]),
        ]
        indexes: ClassVar = [
            models.Index(name="mail_due", fields=["due_at"], condition=Q(state="waiting")),
            models.Index(name="mail_hanging", fields=["changed_at"], condition=Q(state="sending")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
