"""Secrets of endpoints lie sealed, because they must be used; each is bound to its endpoint."""

from __future__ import annotations

import base64
import uuid

from walletdesk.foundation.sealing.public import Resealed, Sealer, house_keys, reseal
from walletdesk.service.webhooks.models import Endpoint

SECRETS = Sealer(b"walletdesk webhooks: endpoint secrets", house_keys)
SEALED = ("sealed_secret", "sealed_old_secret")


def seal(secret: bytes, endpoint_id: uuid.UUID) -> str:
    return base64.b64encode(SECRETS.seal(secret, endpoint_id.bytes)).decode()


def unseal(sealed: str, endpoint_id: uuid.UUID) -> bytes:
    """What was sealed for this endpoint. Raises ``SealBroken``."""
    return SECRETS.unseal(base64.b64decode(sealed), endpoint_id.bytes)


def reseal_endpoints() -> Resealed:
    """Every secret under the key in force; a removed endpoint has none."""
    return reseal(Endpoint.objects.exclude(sealed_secret=""), _renew)


def _renew(row: Endpoint) -> bool:
    changed = []
    for name in SEALED:
        text = getattr(row, name)
        if text and (fresh := SECRETS.renewed(base64.b64decode(text), row.id.bytes)) is not None:
            setattr(row, name, base64.b64encode(fresh).decode())
            changed.append(name)
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
