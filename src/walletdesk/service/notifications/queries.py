"""Reads of the inbox and of the mail log."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.service.notifications.models import Mail, Notice


@dataclass(frozen=True, slots=True)
class NoticeView:
    """``words`` and ``more`` in both languages; ``safety``: it concerns the safety of the account or of money."""

    id: uuid.UUID
    kind: str
    words: dict[str, str]
    more: dict[str, str]
    link: str
    safety: bool
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailView:
    """A line of the mail log: waiting, sending, sent, refused or unknown."""

    id: uuid.UUID
    customer_id: uuid.UUID
    kind: str
    state: str
    tries: int
    last_answer: str
    created_at: datetime
    changed_at: datetime


def notices(
    audience: str, audience_id: uuid.UUID, limit: int = 30, before: uuid.UUID | None = None
) -> list[NoticeView]:
    """The inbox, newest first; ``before`` is the last notice of the page before."""
    rows = Notice.objects.filter(audience=audience, audience_id=audience_id)
    if before is not None:
        last = rows.filter(id=before).first()
        if last is None:
            return []
        rows = rows.filter(created_at__lte=last.created_at).exclude(created_at=last.created_at, id__gte=last.id)
    return [
        NoticeView(row.id, row.kind, row.words, row.more, row.link, row.safety, row.created_at, row.read_at)
        for row in rows.order_by("-created_at", "-id")[:limit]
    ]


def unread_count(audience: str, audience_id: uuid.UUID) -> int:
    return Notice.objects.filter(audience=audience, audience_id=audience_id, read_at=None).count()


def mail_log(limit: int = 100, customer_id: uuid.UUID | None = None) -> list[MailView]:
    """The mails last changed, for staff. It holds no text and no address."""
    rows = Mail.objects.filter(customer_id=customer_id) if customer_id else Mail.objects.all()
    return [
        MailView(
            row.id, row.customer_id, row.kind, row.state, row.tries, row.last_answer, row.created_at, row.changed_at
        )
        for row in rows.order_by("-changed_at")[:limit]
    ]
