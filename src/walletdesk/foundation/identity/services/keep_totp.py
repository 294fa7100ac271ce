"""An authenticator app: its seed is sealed, each thirty seconds count once."""

from __future__ import annotations

import base64
import logging
import secrets
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import FactorWrong
from walletdesk.foundation.identity.events import FactorAdded
from walletdesk.foundation.identity.rules.one_time_codes import matching_step, secret_bytes
from walletdesk.foundation.identity.services.count_tries import counted
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.sealing.public import Resealed, SealBroken, Sealer, house_keys, reseal

log = logging.getLogger(__name__)
TOTP = Authenticator.Type.TOTP
SEEDS = Sealer(b"walletdesk.identity.sealing", house_keys)


def new_totp_secret() -> str:
    """160 random bits in base 32 (RFC 4226, 4: at least 128, 160 advised)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def enrol_totp(user_id: UUID, secret: str) -> None:
    """This secret, without asking for a code of it: for a house that hands it over itself. Replaces one that was there."""
    secret_bytes(secret)
    _keep(user_id, secret, -1, now())


def add_totp(user_id: UUID, secret: str, digits: str) -> None:
    """Refuses: ``FactorLocked``, ``FactorWrong`` (the app shows something else). Publishes ``FactorAdded``."""
    steps: list[int] = []

    def matches(moment: datetime) -> bool:
        step = matching_step(secret, digits, moment, -1)
        steps.extend([step] if step is not None else [])
        return step is not None

    if not counted(user_id, matches):
        raise FactorWrong()
    _keep(user_id, secret, steps[0], now())


def _keep(user_id: UUID, secret: str, last_step: int, moment: datetime) -> None:
    sealed = {"secret": _text(SEEDS.seal(secret.encode(), _about(user_id))), "last_step": last_step}
    with transaction.atomic():
        Authenticator.objects.filter(user_id=user_id, type=TOTP).delete()
        Authenticator.objects.create(user_id=user_id, type=TOTP, data=sealed, created_at=moment)
        publish(FactorAdded(user_id, "totp", moment))


def prove_totp(user_id: UUID, digits: str) -> bool:
    """Whether the app of this user shows these digits now, or did thirty seconds ago, and nobody has used them yet.

    Refuses: ``FactorLocked``. Each wrong try counts. Never inside a transaction.
    """
    return counted(user_id, lambda moment: _use_step(user_id, digits, moment))


def _use_step(user_id: UUID, digits: str, moment: datetime) -> bool:
    row = Authenticator.objects.select_for_update().filter(user_id=user_id, type=TOTP).first()
    if row is None:
        return False
    try:
        secret = SEEDS.unseal(base64.b64decode(row.data["secret"]), _about(user_id)).decode()
    except SealBroken:  # another's row, or its key was forgotten: they have other ways in
        log.error("the seed of user %s's authenticator does not open", user_id)
        return False
    step = matching_step(secret, digits, moment, row.data["last_step"])
    if step is None:
        return False
    row.data["last_step"], row.last_used_at = step, moment
    row.save(update_fields=["data", "last_used_at"])
    return True


def reseal_seeds() -> Resealed:
    """Every seed under the key in force."""
    return reseal(Authenticator.objects.filter(type=TOTP), _renew)


def _renew(row: Authenticator) -> bool:
    fresh = SEEDS.renewed(base64.b64decode(row.data["secret"]), _about(row.user_id))
    if fresh is None:
        return False
    row.data["secret"] = _text(fresh)
    row.save(update_fields=["data"])
    return True


def _about(user_id: UUID) -> bytes:
    return f"totp:{user_id}".encode()


def _text(sealed: bytes) -> str:
    return base64.b64encode(sealed).decode()
