"""Put notices into inboxes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.service.notifications.events import NoticeGiven
from walletdesk.service.notifications.models import Notice
from walletdesk.service.notifications.services.post_alerts import post_alerts


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What to tell whom.

    ``audience`` is ``customer``, ``merchant``, ``employee`` or ``user`` (who is no customer, about their sign-in); ``words``
    and ``more`` (``Words.both()``) are the sentence and what follows from it; ``about`` names the happening (an id as text):
    telling it again changes nothing.

    What is ``safety``, or has an ``alert`` (``debit``, ``credit``, ``cases``, with the sum that moved), is told outside of
    the app as well, as its reader chose (``rules/alerts.py``). ``not_to`` are devices that hear nothing of it; ``only_by``
    the only channels that it may take; after ``until`` nobody needs it any more. ``stop`` is the one address that may be written
    outside of the app: ours, and whoever opens it can only make things safer.
    """

    audience: str
    audience_id: uuid.UUID
    kind: str
    words: dict[str, str]
    more: dict[str, str]
    link: str = ""
    about: str = ""
    safety: bool = False
    at: datetime | None = None
    alert: str = ""
    minor: int = 0
    asset: str = ""
    not_to: frozenset[uuid.UUID] = frozenset()
    only_by: frozenset[str] = frozenset()
    until: datetime | None = None
    stop: str = ""


def tell_many(drafts: Sequence[NoticeDraft]) -> None:
    """Tell everything in ``drafts`` that has not been told yet. A handful of statements, however many. Refuses nothing."""
    if not drafts:
        return
    moment = now()
    rows = [
        Notice(
            audience=draft.audience,
            audience_id=draft.audience_id,
            kind=draft.kind,
            about=draft.about,
            words=draft.words,
            more=draft.more,
            link=draft.link,
            safety=draft.safety,
            created_at=draft.at or moment,
        )
        for draft in drafts
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        publish_many([NoticeGiven(row.id, row.audience, row.audience_id) for row in rows])
        post_alerts(drafts)
