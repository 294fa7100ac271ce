"""Words that wait to be sent lie sealed, and so do the keys of browsers; each is bound to its row."""

from __future__ import annotations

import json
from typing import Any

from walletdesk.foundation.sealing.public import Resealed, Sealer, house_keys, reseal
from walletdesk.service.notifications.models import Message, PushSubscription

WORDS = Sealer(b"walletdesk notifications: words that wait", house_keys)


def seal(words: dict[str, Any], row: str) -> bytes:
    """``words`` (JSON) for the row with this id only."""
    return WORDS.seal(json.dumps(words, ensure_ascii=False).encode(), row.encode())


def unseal(sealed: bytes | memoryview, row: str) -> dict[str, Any]:
    """What was sealed for this row. Raises ``SealBroken``."""
    opened: dict[str, Any] = json.loads(WORDS.unseal(sealed, row.encode()))
    return opened


def reseal_words() -> Resealed:
    """What waits, and the keys of browsers that still listen, under the key in force."""
    waiting = Message.objects.exclude(sealed=None)
    listening = PushSubscription.objects.filter(ended_at=None)
    return reseal(waiting, lambda row: _renew(row, "sealed")) + reseal(
        listening, lambda row: _renew(row, "sealed_keys")
    )


def _renew(row: Message | PushSubscription, name: str) -> bool:
    fresh = WORDS.renewed(getattr(row, name), str(row.pk).encode())
    if fresh is not None:
        setattr(row, name, fresh)
        row.save(update_fields=[name])
    return fresh is not None
