"""A key comes to be; its secret is handed out here, once, and never again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.api_keys.errors import (
    AddressNotUsable,
    ExpiryNotUsable,
    KeyNameNotUsable,
    ModeUnknown,
    OwnerUnknown,
    ScopeUnknown,
    TooManyKeys,
)
from walletdesk.trust.api_keys.events import ApiKeyMade
from walletdesk.trust.api_keys.models import ApiKey
from walletdesk.trust.api_keys.queries import KeyView, as_view
from walletdesk.trust.api_keys.rules.good_keys import read_networks
from walletdesk.trust.api_keys.rules.scopes import MODES, OWNER_KINDS, SCOPES
from walletdesk.trust.api_keys.rules.secrets_of_keys import RANDOM_DIGITS, hash_of, write_secret

MOST_KEYS, MOST_ADDRESSES, LONGEST_NAME = 20, 20, 60
LONGEST_LIFE = timedelta(days=5 * 366)


def make_key(
    owner_kind: str,
    owner_id: UUID,
    name: str,
    scopes: Sequence[str],
    mode: str,
    expires_at: datetime | None,
    addresses: Sequence[str],
    made_by: str,
) -> tuple[KeyView, str]:
    """The key, and its secret: show it now, nothing in this house knows it afterwards. Who may make one is the caller's to
    know; ``made_by`` is like ``member:<uuid>``.

    Refuses, in this order: ``OwnerUnknown``, ``KeyNameNotUsable``, ``ModeUnknown``, ``ScopeUnknown`` (none, or one that
    such an owner has no use for), ``ExpiryNotUsable``, ``AddressNotUsable``, ``TooManyKeys`` (20 in use per owner and mode).
    """
    moment = now()
    name = " ".join(name.replace("\x00", " ").split())
    networks = read_networks(addresses)
    _check(owner_kind, name, scopes, mode, expires_at, moment)
    if networks is None or len(networks) > MOST_ADDRESSES:
        raise AddressNotUsable()
    key_id = uuid7()
    secret = write_secret(mode, key_id, secrets.randbelow(62**RANDOM_DIGITS))
    row = ApiKey(
        id=key_id,
        owner_kind=owner_kind,
        owner_id=owner_id,
        name=name,
        mode=mode,
        scopes=[scope for scope in SCOPES if scope in set(scopes)],
        addresses=list(networks),
        secret_hash=hash_of(secret),
        secret_end=secret[-4:],
        expires_at=expires_at,
        made_at=moment,
        made_by=made_by,
    )
    with transaction.atomic():
        _check_room(row)
        row.save(force_insert=True)
        publish(ApiKeyMade(row.id, owner_kind, owner_id, name, mode, made_by, moment))
        record_act(made_by, "make_api_key", f"api_key:{row.id}", detail={"mode": mode, "scopes": row.scopes})
    return as_view(row, moment), secret


def _check(
    owner_kind: str, name: str, scopes: Sequence[str], mode: str, expires_at: datetime | None, moment: datetime
) -> None:
    if owner_kind not in OWNER_KINDS:
        raise OwnerUnknown()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise KeyNameNotUsable()
    if mode not in MODES:
        raise ModeUnknown()
    if not scopes or any(scope not in SCOPES or owner_kind not in SCOPES[scope].owners for scope in scopes):
        raise ScopeUnknown()
    if expires_at is not None and not moment < expires_at <= moment + LONGEST_LIFE:
        raise ExpiryNotUsable()


def _check_room(row: ApiKey) -> None:
    """One owner's keys are made one after the other, so that the count is right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"api_keys:{row.owner_id}"])
    alive = Q(expires_at=None) | Q(expires_at__gt=row.made_at)
    theirs = ApiKey.objects.filter(owner_kind=row.owner_kind, owner_id=row.owner_id, mode=row.mode, revoked_at=None)
    if theirs.filter(alive).count() >= MOST_KEYS:
        raise TooManyKeys(most=MOST_KEYS)
