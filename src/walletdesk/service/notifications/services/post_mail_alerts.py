"""Carry the notices about safety of who is no customer out of the app: by mail, at the addresses on file and at those that
were replaced of late. A shop's go to its owners, a user's to that user: staff, and whoever works at a till. Customers have
choices and more channels (``post_alerts.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import addresses_of_many, user
from walletdesk.foundation.profiles.public import value
from walletdesk.money.merchants.public import members_of
from walletdesk.service.notifications.rules.alerts import EMAIL
from walletdesk.service.notifications.services.post_messages import MessageDraft, post_messages

if TYPE_CHECKING:
    from walletdesk.service.notifications.services.tell_many import NoticeDraft

OWNER = "owner"
BY_MAIL = ("merchant", "user")


def post_mail_alerts(told: Sequence[tuple[NoticeDraft, Mapping[str, Any]]]) -> None:
    """Each draft with its words for the outside."""
    if not told:
        return
    expires_at = now() + timedelta(seconds=int(value("notifications.alert_lifetime_seconds")))
    hears = {(draft.audience, draft.audience_id) for draft, _ in told}
    readers = {(kind, its_id): _owners(its_id) if kind == "merchant" else [its_id] for kind, its_id in hears}
    addresses = addresses_of_many({one for people in readers.values() for one in people}, former=True)
    post_messages(
        [
            _mail(draft, words, reader, one.value, draft.until or expires_at)
            for draft, words in told
            for reader in readers[draft.audience, draft.audience_id]
            for one in addresses.get(reader, ())
            if one.kind == EMAIL
        ]
    )


def _owners(shop: UUID) -> list[UUID]:
    return [one.user_id for one in members_of(shop) if one.role == OWNER]


def _mail(
    draft: NoticeDraft, words: Mapping[str, Any], reader: UUID, address: str, expires_at: datetime
) -> MessageDraft:
    view = user(reader)
    language = view.language if view else "zh-hans"
    return MessageDraft(EMAIL, address, draft.kind, draft.about, language, expires_at, words, urgent=True)
