"""Reading what became of a request whose answer was lost."""

from __future__ import annotations

import msgspec

from walletdesk.foundation.idempotency.models import IdempotencyKey
from walletdesk.foundation.idempotency.rules import Replay


def lookup(caller: str, route: str, key: str) -> Replay | None:
    """The committed answer to a key; None when nothing was committed under it (then nothing was done either)."""
    row = IdempotencyKey.objects.filter(caller=caller, route=route, key=key, status__isnull=False).first()
    return Replay(row.status or 0, msgspec.json.decode(row.body)) if row else None
