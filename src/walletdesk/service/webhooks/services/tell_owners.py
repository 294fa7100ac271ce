"""A word to the owner when a receiver has gone or something was given up: in the inbox, once a day for each endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.service.webhooks.models import Endpoint
from walletdesk.service.webhooks.shapes import MERCHANT

WENT = Words("通知地址 {name} 已停用", "The webhook {name} was switched off")
WENT_MORE = Words(
    "对方回答 410，表示不再接收。改好后可以重新启用；这期间的事件可以在接口里查到",
    "Its receiver answered 410: nobody is there any more. Switch it on again when that is mended; the events stay in the feed",
)
LOST = Words("有事件没有送到 {name}", "Something did not reach the webhook {name}")
LOST_MORE = Words(
    "试了三天没有成功。投递记录里可以再送一次", "It was tried for three days. The delivery log can send it again"
)


def tell_gone(rows: Sequence[Endpoint]) -> None:
    """Told once for each time it was switched off."""
    tell_many([_notice(row, "webhook_gone", WENT, WENT_MORE, row.changed_at.isoformat()) for row in rows])


def tell_given_up(delivery_ids: Sequence[UUID]) -> None:
    """Told once a day for each endpoint, however many were given up."""
    rows = Endpoint.objects.filter(deliveries__id__in=delivery_ids, removed_at=None).distinct() if delivery_ids else ()
    day = f"{now():%Y-%m-%d}"
    tell_many([_notice(row, "webhook_given_up", LOST, LOST_MORE, day) for row in rows])


def owner_page(row: Endpoint) -> str:
    """Where the owner sees it: shops have a page for it, customers have the API."""
    return f"/till/webhooks/{row.id}/" if row.owner_kind == MERCHANT else ""


def _notice(row: Endpoint, kind: str, words: Words, more: Words, when: str) -> NoticeDraft:
    return NoticeDraft(
        audience=row.owner_kind,
        audience_id=row.owner_id,
        kind=kind,
        words=words.both(name=row.name or row.address[:60]),
        more=more.both(),
        link=owner_page(row),
        about=f"{row.id}:{when}",
    )
