"""A request of the log goes out once more, over the wire and through the API's own door, with a ticket in place of the key.

Nothing is done here that the door would not do for the key itself: what it answers is what the shop's software would get.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import httpx
from django.conf import settings

from walletdesk.foundation.errors import TryLater
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.api_keys.public import KeyOwner, allow_resend

PATIENCE = httpx.Timeout(20.0, connect=3.0)
LONGEST_SHOWN = 20_000


class ApiNotReached(TryLater):
    """Protects: no answer is never shown as an answer."""

    code = "api_not_reached"
    status = 503
    what = Words("没有等到接口的回答", "The API did not answer")
    money = Words(
        "这笔操作可能生效了，也可能没有；同一个键只生效一次", "It may have taken effect or not; under one key only once"
    )
    next = Words("请过一会儿再按一次重发", "Send it again in a moment")


@dataclass(frozen=True, slots=True)
class Again:
    """What came back. ``replayed``: the first answer, from the record; nothing was done anew."""

    status: int
    body: str
    replayed: bool
    request_id: str


def send_again(owner: KeyOwner, request_id: UUID, by: str) -> Again:
    """Refuses what ``allow_resend`` does, then ``ApiNotReached``."""
    resend = allow_resend(owner, request_id, by)
    headers = {"authorization": f"Bearer {resend.ticket}", "accept": "application/json, application/problem+json"}
    if resend.idempotency_key:
        headers["idempotency-key"] = resend.idempotency_key
    if resend.body:
        headers["content-type"] = "application/json"
    address = f"{settings.API_URL.rstrip('/')}{resend.path}"
    try:
        answer = httpx.request(
            resend.method,
            f"{address}?{resend.query}" if resend.query else address,
            headers=headers,
            content=resend.body or None,
            timeout=PATIENCE,
        )
    except httpx.TransportError as lost:
        raise ApiNotReached(retry_after=5) from lost
    replayed = answer.headers.get("idempotent-replayed") == "true"
    return Again(answer.status_code, answer.text[:LONGEST_SHOWN], replayed, answer.headers.get("request-id", ""))
