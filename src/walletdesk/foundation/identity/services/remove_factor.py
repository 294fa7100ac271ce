"""A second factor goes: one by its owner, all by the way back in."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import FactorNotFound, LastFactor
from walletdesk.foundation.identity.events import FactorRemoved
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.queries import KIND_OF
from walletdesk.foundation.outbox.public import publish

STRONG_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def remove_factor(user_id: UUID, factor_id: int) -> None:
    """Refuses, in this order: ``FactorNotFound`` (also another's), ``LastFactor`` (no other passkey or authenticator app
    would be left: a thief with an open session must not switch the second factor off). Publishes ``FactorRemoved``.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user_id)  # two removals at once: one of them is the last
        row = Authenticator.objects.filter(pk=factor_id, user_id=user_id).first()
        if row is None:
            raise FactorNotFound()
        others = Authenticator.objects.filter(user_id=user_id, type__in=STRONG_TYPES).exclude(pk=factor_id)
        if row.type in STRONG_TYPES and not others.exists():
            raise LastFactor()
        row.delete()
        publish(FactorRemoved(user_id, KIND_OF[row.type], now()))


def remove_factors(user_id: UUID) -> int:
    """All of them, by whoever proved the person in another way; answers how many. Publishes ``FactorRemoved`` for each."""
    moment = now()
    with transaction.atomic():
        rows = list(Authenticator.objects.select_for_update().filter(user_id=user_id))
        for row in rows:
            row.delete()
            publish(FactorRemoved(user_id, KIND_OF[row.type], moment))
    return len(rows)
