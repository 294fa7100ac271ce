"""Write short messages into the log, sealed, to be sent after commit."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.jobs.public import enqueue
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.sealing import seal

SEND_MESSAGES = "notifications.send_messages"


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """``words`` is what the channel needs to say it (see ``hand_over.py``); ``kind`` and ``about`` name the happening: it is
    told once by each channel to each address. ``due_at`` is now where none is given.
    """

    channel: str
    address: str
    kind: str
    about: str
    language: str
    expires_at: datetime
    words: Mapping[str, Any] = field(repr=False)
    customer_id: uuid.UUID | None = None
    urgent: bool = False
    due_at: datetime | None = None


def post_messages(drafts: Sequence[MessageDraft]) -> list[uuid.UUID]:
    """Log and seal what has not been logged yet, in the caller's transaction; the worker sends what is due.

    The ids, in order; of a message that was there already the id is nobody's.
    """
    if not drafts:
        return []
    moment = now()
    rows = [_row(draft, moment) for draft in drafts]
    with transaction.atomic():
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        if any(row.due_at <= moment for row in rows):
            enqueue(SEND_MESSAGES)
    return [row.id for row in rows]


def _row(draft: MessageDraft, moment: datetime) -> Message:
    its_id = uuid7()
    return Message(
        id=its_id,
        customer_id=draft.customer_id,
        channel=draft.channel,
        address=draft.address,
        kind=draft.kind,
        about=draft.about,
        language=draft.language,
        sealed=seal(dict(draft.words), str(its_id)),
        urgent=draft.urgent,
        due_at=draft.due_at or moment,
        expires_at=draft.expires_at,
        created_at=moment,
        changed_at=moment,
    )
