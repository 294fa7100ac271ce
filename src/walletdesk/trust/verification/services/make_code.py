"""A one-time code for an address. It is made here and sent by whoever asked for it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.verification.code_hash import hash_code
from walletdesk.trust.verification.errors import TooManyCodes
from walletdesk.trust.verification.models import OneTimeCode
from walletdesk.trust.verification.models.codes import OPEN, REPLACED
from walletdesk.trust.verification.rules.codes import (
    ALPHABET,
    DIGITS,
    LIFETIME,
    TOKEN_SIGNS,
    WINDOW,
    wait_before_code,
)


@dataclass(frozen=True, slots=True)
class MadeCode:
    """``digits`` are to be sent and forgotten: they are stored nowhere."""

    id: UUID
    digits: str
    expires_at: datetime

    @property
    def minutes(self) -> int:
        return int(LIFETIME.total_seconds() // 60)

    def __repr__(self) -> str:
        return f"MadeCode({self.id}, {len(self.digits)} signs)"


def make_code(purpose: str, subject: str, channel: str, shape: str = DIGITS) -> MadeCode:
    """A fresh code for ``subject`` (such as ``recovery:<id>``); an older one for the same is void from now on.

    Refuses: ``TooManyCodes`` (``retry_after``): three in ten minutes for one purpose and subject.
    """
    moment = now()
    with transaction.atomic():
        _one_at_a_time(purpose, subject)
        mine = OneTimeCode.objects.filter(purpose=purpose, subject=subject)
        recent = list(mine.filter(made_at__gt=moment - WINDOW).values_list("made_at", flat=True))
        if wait := wait_before_code(recent, moment):
            raise TooManyCodes(retry_after=wait)
        mine.filter(state=OPEN).update(state=REPLACED, closed_at=moment)
        made = MadeCode(uuid7(), _fresh(shape), moment + LIFETIME)
        OneTimeCode.objects.create(
            id=made.id,
            purpose=purpose,
            subject=subject,
            channel=channel,
            shape=shape,
            hash=hash_code(made.id, made.digits),
            made_at=moment,
            expires_at=made.expires_at,
        )
    return made


def _fresh(shape: str) -> str:
    if shape == DIGITS:
        return f"{secrets.randbelow(1_000_000):06d}"
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_SIGNS))


def _one_at_a_time(purpose: str, subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"code:{purpose}:{subject}"])
