"""Reading what became of a request whose answer was lost."""

from __future__ import annotations

import msgspec

from walletdesk.foundation.idempotency.models import IdempotencyKey
from walletdesk.foundation.idempotency.rules import Replay


def lookup(caller: str, route: str, key: str) -> Replay | None:
    """The committed answer to a key; None when nothing was committed under it (then nothing was done either)."""
    row = IdempotencyKey.objects.filter(caller=caller, route=route, key=key, status__isnull=False).first()
    return Replay(row.status or 0, msgspec.json.decode(row.body)) if row else None


def known_under(caller: str, key: str) -> list[tuple[str, Replay]]:
    """Every committed answer that a caller got under a key, with its route, the latest first: a key is one route's own, but
    who lost an answer may not know of which.
    """
    rows = IdempotencyKey.objects.filter(caller=caller, key=key, status__isnull=False).order_by("-id")[:20]
    return [(row.route, Replay(row.status or 0, msgspec.json.decode(row.body))) for row in rows]
