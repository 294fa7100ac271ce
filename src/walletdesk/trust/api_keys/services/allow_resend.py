"""A request of the log is sent again by its owner, from a page, without the key's secret: with a ticket for exactly that
request, good for a minute and for once.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.trust.api_keys.errors import ApiKeyExpired, ApiKeyIsRevoked, ApiKeyUnknown
from walletdesk.trust.api_keys.models import ApiResend
from walletdesk.trust.api_keys.queries import LoggedRequest, key_view, logged_request, read_keys
from walletdesk.trust.api_keys.rules.again import TICKET, TICKET_LIFE, why_not_again
from walletdesk.trust.api_keys.rules.good_keys import KeyFacts, KeyOwner

USE = """
    UPDATE api_resend SET used_at = %(moment)s
    WHERE ticket_hash = %(ticket)s AND used_at IS NULL AND %(moment)s BETWEEN made_at AND good_until
      AND (method, path, query, body_hash) = (%(method)s, %(path)s, %(query)s, %(body)s)
    RETURNING key_id
"""


@dataclass(frozen=True, slots=True)
class Resend:
    """What to send: ``ticket`` as the bearer, the rest as it was the first time."""

    ticket: str
    method: str
    path: str
    query: str
    body: bytes
    idempotency_key: str


def allow_resend(owner: KeyOwner, request_id: UUID, by: str) -> Resend:
    """``by`` is like ``member:<uuid>``; that they have just proved themselves is for the page to see to.

    Refuses, in this order: ``RequestNotFound`` (or another owner's), then as :func:`why_not_again` does.
    """
    moment = now()
    request = logged_request(owner, request_id)
    live = key_view(request.key_id, owner).standing == "live"
    refusal = why_not_again(
        request.method,
        request.path,
        request.query,
        request.whole,
        request.idempotency_key,
        request.at,
        live,
        moment,
    )
    if refusal:
        raise refusal
    ticket = TICKET + secrets.token_urlsafe(32)
    with transaction.atomic():
        ApiResend.objects.create(
            request_id=request.id,
            key_id=request.key_id,
            ticket_hash=_hash(ticket.encode()),
            method=request.method,
            path=request.path,
            query=request.query,
            body_hash=_hash(request.request_body.encode()),
            made_by=by,
            made_at=moment,
            good_until=moment + TICKET_LIFE,
        )
        record_act(by, "resend_api_request", f"api_request:{request.id}", detail={"path": request.path})
    return _resend(ticket, request)


def _resend(ticket: str, request: LoggedRequest) -> Resend:
    body = request.request_body.encode()
    return Resend(ticket, request.method, request.path, request.query, body, request.idempotency_key)


def take_resend(ticket: str, method: str, path: str, query: str, body: bytes) -> KeyFacts:
    """The key that this ticket stands for, used up with this call. Its addresses are not asked: our own page is calling.

    Refuses, in this order: ``ApiKeyUnknown`` (no such ticket, used, over a minute old, or made for another request: one
    answer), ``ApiKeyIsRevoked``, ``ApiKeyExpired``.
    """
    moment = now()
    given: dict[str, str | datetime] = {
        "ticket": _hash(ticket.encode()),
        "method": method,
        "path": path,
        "query": query,
        "body": _hash(body),
        "moment": moment,
    }
    with connection.cursor() as cursor:
        cursor.execute(USE, given)
        found = cursor.fetchone()
    facts = read_keys([found[0]]).get(found[0]) if found else None
    if facts is None:
        raise ApiKeyUnknown()
    if facts.revoked_at is not None:
        raise ApiKeyIsRevoked()
    if facts.expires_at is not None and facts.expires_at <= moment:
        raise ApiKeyExpired()
    return replace(facts, networks=())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
