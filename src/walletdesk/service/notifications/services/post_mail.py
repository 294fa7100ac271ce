"""Write mails into the log, to be sent after commit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.jobs.public import enqueue
from walletdesk.service.notifications.models import Mail

SEND_MAILS = "notifications.send_mails"


@dataclass(frozen=True, slots=True)
class MailDraft:
    """``kind`` names the template, ``about`` the happening: one mail for each."""

    customer_id: uuid.UUID
    address: str
    kind: str
    about: str
    language: str


def post_mails(drafts: Sequence[MailDraft]) -> None:
    """Log what has not been logged yet. The worker sends what waits; a mail that is logged twice is sent once."""
    if not drafts:
        return
    moment = now()
    with transaction.atomic():
        Mail.objects.bulk_create(
            [
                Mail(
                    customer_id=draft.customer_id,
                    address=draft.address,
                    kind=draft.kind,
                    about=draft.about,
                    language=draft.language,
                    due_at=moment,
                    created_at=moment,
                    changed_at=moment,
                )
                for draft in drafts
            ],
            ignore_conflicts=True,
        )
        enqueue(SEND_MAILS)
