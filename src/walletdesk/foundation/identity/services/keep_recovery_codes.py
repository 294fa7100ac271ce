"""Ten codes on paper, for the day when the phone is gone. Each works once; only their hashes stay here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.events import FactorAdded
from walletdesk.foundation.identity.services.count_tries import counted
from walletdesk.foundation.outbox.public import publish

RECOVERY = Authenticator.Type.RECOVERY_CODES
HOW_MANY, LENGTH = 10, 10
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another: 49 bits in ten of them


def new_recovery_codes(user_id: UUID) -> list[str]:
    """Ten new codes, shown this once, in place of any that were there: ``k7mfa-92xrt``. Publishes ``FactorAdded``."""
    codes = ["".join(secrets.choice(_SIGNS) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    moment = now()
    with transaction.atomic():
        Authenticator.objects.filter(user_id=user_id, type=RECOVERY).delete()
        hashes = [_hash(user_id, code) for code in codes]
        Authenticator.objects.create(user_id=user_id, type=RECOVERY, data={"hashes": hashes}, created_at=moment)
        publish(FactorAdded(user_id, "recovery_code", moment))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use_recovery_code(user_id: UUID, code: str) -> bool:
    """Whether this is an unused code of this user; it is used up by that. Refuses: ``FactorLocked``. Never inside a
    transaction.
    """
    return counted(user_id, lambda moment: _use(user_id, code, moment))


def _use(user_id: UUID, code: str, moment: datetime) -> bool:
    row = Authenticator.objects.select_for_update().filter(user_id=user_id, type=RECOVERY).first()
    typed = "".join(sign for sign in code.lower() if sign.isalnum())
    if row is None or len(typed) != LENGTH:
        return False
    hashed = _hash(user_id, typed)
    if hashed not in row.data["hashes"]:
        return False
    row.data["hashes"].remove(hashed)
    row.last_used_at = moment
    row.save(update_fields=["data", "last_used_at"])
    return True


def _hash(user_id: UUID, code: str) -> str:
    return hashlib.sha256(f"{user_id}:{code}".encode()).hexdigest()
