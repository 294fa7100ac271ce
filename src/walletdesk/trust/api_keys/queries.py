"""Reads of keys and of the requests made with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_network
from uuid import UUID

from django.db.models import Q

from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.statements.public import rows_of
from walletdesk.trust.api_keys.errors import ApiKeyNotFound, RequestNotFound
from walletdesk.trust.api_keys.models import ApiKey, ApiRequest
from walletdesk.trust.api_keys.rules.good_keys import KeyFacts, KeyOwner
from walletdesk.trust.api_keys.rules.secrets_of_keys import shown

LONGEST_PAGE = 200
REVOKED = "SELECT id FROM api_key WHERE id = ANY(%s::uuid[]) AND revoked_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as its owner sees it. ``shown`` names it (``wdk_live_…7Qb2``); ``standing`` is live, expired or revoked."""

    id: UUID
    owner: KeyOwner
    name: str
    scopes: tuple[str, ...]
    mode: str
    addresses: tuple[str, ...]
    expires_at: datetime | None
    made_at: datetime
    made_by: str
    revoked_at: datetime | None
    revoked_by: str
    last_used_at: datetime | None
    shown: str
    standing: str


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """``id`` is the answer's ``Request-Id``. Bodies hold no secret and nothing personal; ``whole``: nothing of the request's
    body is missing, so it can be sent again as it was, under the same key.
    """

    id: UUID
    key_id: UUID
    key_name: str
    mode: str
    at: datetime
    method: str
    path: str
    query: str
    status: int
    code: str
    milliseconds: int
    address: str
    idempotency_key: str
    replayed: bool
    request_body: str
    answer_body: str
    whole: bool


def read_keys(ids: Iterable[UUID]) -> dict[UUID, KeyFacts]:
    """The keys with these ids, as the door judges them; one statement; an id that is none is absent."""
    return {row.id: _facts(row) for row in ApiKey.objects.filter(id__in=set(ids))}


def revoked_among(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these keys have been revoked: all that can ever change about a key that somebody remembers."""
    asked = list(ids)
    return {key_id for (key_id,) in rows_of(REVOKED, uuid_array(asked))} if asked else set()


def owners_with_keys(owners: Iterable[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
    """Which of these (kind, id) ever had a key; one statement."""
    wanted = set(owners)
    rows = ApiKey.objects.filter(owner_id__in={owner_id for _, owner_id in wanted})
    return wanted & set(rows.values_list("owner_kind", "owner_id").distinct())


def keys_of(owner: KeyOwner) -> list[KeyView]:
    """Every key that this owner ever had, the newest first."""
    moment = now()
    rows = ApiKey.objects.filter(owner_kind=owner.kind, owner_id=owner.id).order_by("-made_at", "-id")
    return [as_view(row, moment) for row in rows]


def key_view(key_id: UUID, owner: KeyOwner) -> KeyView:
    """One key of this owner. Refuses another's as one that does not exist (``ApiKeyNotFound``)."""
    row = ApiKey.objects.filter(id=key_id, owner_kind=owner.kind, owner_id=owner.id).first()
    if row is None:
        raise ApiKeyNotFound()
    return as_view(row, now())


def requests_of(
    owner: KeyOwner,
    *,
    mode: str | None = None,
    method: str | None = None,
    status: str | None = None,
    text: str = "",
    before: datetime | None = None,
    limit: int = 50,
) -> list[LoggedRequest]:
    """What was asked with this owner's keys, the newest first. ``status`` is a number or its first digit (``4``);
    ``text`` stands in the path, the idempotency key or the refusal's code, or is a request's id; a limit is cut to 200.
    """
    rows = ApiRequest.objects.filter(owner_kind=owner.kind, owner_id=owner.id)
    if mode:
        rows = rows.filter(mode=mode)
    if method:
        rows = rows.filter(method=method.upper())
    if status and status.isascii() and status.isdigit():
        first = int(status)
        rows = (
            rows.filter(status=first)
            if len(status) == 3
            else rows.filter(status__range=(first * 100, first * 100 + 99))
        )
    words = text.replace("\x00", "").strip()[:100]
    if words:
        sought = Q(path__icontains=words) | Q(idempotency_key__icontains=words) | Q(code__icontains=words)
        rows = rows.filter(sought | Q(id=as_id) if (as_id := _id(words)) else sought)
    if before:
        rows = rows.filter(at__lt=before)
    most = max(1, min(limit, LONGEST_PAGE))
    return [_request(row) for row in rows.select_related("key").order_by("-id")[:most]]


def logged_request(owner: KeyOwner, request_id: UUID) -> LoggedRequest:
    """One request of this owner. Refuses another's as one that does not exist (``RequestNotFound``)."""
    rows = ApiRequest.objects.filter(id=request_id, owner_kind=owner.kind, owner_id=owner.id)
    row = rows.select_related("key").first()
    if row is None:
        raise RequestNotFound()
    return _request(row)


def as_view(row: ApiKey, moment: datetime) -> KeyView:
    expired = row.expires_at is not None and row.expires_at <= moment
    return KeyView(
        id=row.id,
        owner=KeyOwner(row.owner_kind, row.owner_id),
        name=row.name,
        scopes=tuple(row.scopes),
        mode=row.mode,
        addresses=tuple(row.addresses),
        expires_at=row.expires_at,
        made_at=row.made_at,
        made_by=row.made_by,
        revoked_at=row.revoked_at,
        revoked_by=row.revoked_by,
        last_used_at=row.last_used_at,
        shown=shown(row.mode, row.secret_end),
        standing="revoked" if row.revoked_at else "expired" if expired else "live",
    )


def _facts(row: ApiKey) -> KeyFacts:
    return KeyFacts(
        id=row.id,
        owner=KeyOwner(row.owner_kind, row.owner_id),
        mode=row.mode,
        hash=row.secret_hash,
        scopes=frozenset(row.scopes),
        networks=tuple(ip_network(one) for one in row.addresses),
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )


def _request(row: ApiRequest) -> LoggedRequest:
    return LoggedRequest(
        id=row.id,
        key_id=row.key_id,
        key_name=row.key.name,
        mode=row.mode,
        at=row.at,
        method=row.method,
        path=row.path,
        query=row.query,
        status=row.status,
        code=row.code,
        milliseconds=row.microseconds // 1000,
        address=row.address,
        idempotency_key=row.idempotency_key,
        replayed=row.replayed,
        request_body=row.request_body,
        answer_body=row.answer_body,
        whole=row.whole,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
