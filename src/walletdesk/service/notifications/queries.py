"""Reads of the inbox, of the log of what was sent, and of what customers chose."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.service.notifications.models import AlertChoices, Mail, Message, Notice, PushSubscription
from walletdesk.service.notifications.rules.alerts import DEFAULT_CHOICES, Choices
from walletdesk.service.notifications.services.post_alerts import as_choices
from walletdesk.trust.customers.public import mask_email, mask_phone


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


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A line of the log of what went out, for staff: what it was about and how far it came, never what it said.

    ``to`` is masked; for a browser its name. ``kind`` as in ``NoticeView``, or ``code:`` and the purpose.
    """

    id: uuid.UUID
    channel: str
    to: str
    kind: str
    state: str
    tries: int
    last_answer: str
    created_at: datetime
    changed_at: datetime


def code_failed(channel: str, address: str, purpose: str) -> bool:
    """Whether the last code for this purpose did not get there, as its carrier says; not when we are only not told."""
    sent = Message.objects.filter(channel=channel, address=address, kind=f"code:{purpose}"[:40])
    last = sent.order_by("-created_at").values_list("state", "last_answer").first()
    return last is not None and last[0] in ("lost", "refused") and not last[1].startswith("held back")


@dataclass(frozen=True, slots=True)
class BrowserView:
    """A browser that is pushed to; ``reached_at``: the last time its push service took something."""

    id: uuid.UUID
    name: str
    device_id: uuid.UUID | None
    created_at: datetime
    reached_at: datetime | None


def delivery_log(customer_id: uuid.UUID, addresses: tuple[str, ...] = (), limit: int = 50) -> list[DeliveryView]:
    """What went out to a customer by push, text and mail, the latest first; codes went to an address, not to a customer:
    they are found by ``addresses`` (E.164, mail).
    """
    mine = Message.objects.filter(customer=customer_id) | Message.objects.filter(
        customer=None, address__in=[one for one in addresses if one]
    )
    short = list(mine.defer("sealed").order_by("-created_at")[:limit])
    names = dict(PushSubscription.objects.filter(customer=customer_id).values_list("id", "name"))
    mails = Mail.objects.filter(customer=customer_id).order_by("-created_at")[:limit]
    lines = [
        DeliveryView(
            row.id, row.channel, _masked(row, names), row.kind, row.state, row.tries, row.last_answer,
            row.created_at, row.changed_at,
        )
        for row in short
    ] + [
        DeliveryView(
            row.id, "email", mask_email(row.address), row.kind, row.state, row.tries, row.last_answer,
            row.created_at, row.changed_at,
        )
        for row in mails
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.created_at, reverse=True)[:limit]


def _masked(row: Message, names: dict[uuid.UUID, str]) -> str:
    if row.channel == "email":
        return mask_email(row.address)
    return mask_phone(row.address) if row.channel == "sms" else names.get(uuid.UUID(row.address), "")


def alert_choices(customer_id: uuid.UUID) -> Choices:
    """What the customer chose, or what holds while nothing was chosen."""
    row = AlertChoices.objects.filter(customer=customer_id).first()
    return as_choices(row) if row else DEFAULT_CHOICES


def browsers_of(customer_id: uuid.UUID) -> list[BrowserView]:
    """The browsers that hear this customer's alerts, the latest first."""
    rows = PushSubscription.objects.filter(customer=customer_id, ended_at=None).order_by("-created_at")
    return [BrowserView(row.id, row.name, row.device_id, row.created_at, row.reached_at) for row in rows]
