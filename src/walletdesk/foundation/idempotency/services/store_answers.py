"""Keep the first answer to fresh keys, or give the keys back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from walletdesk.foundation.arrays.public import int_array, text_array
from walletdesk.foundation.idempotency.rules import KeyClaim
from walletdesk.foundation.statements.public import sent

STORE = """
    UPDATE idempotency_key AS k SET status = a.status, body = a.body
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::smallint[], %s::text[]) AS a (caller, route, key, status, body)
    WHERE (k.caller, k.route, k.key) = (a.caller, a.route, a.key) AND k.status IS NULL
"""
RELEASE = """
    DELETE FROM idempotency_key AS k
    USING unnest(%s::text[], %s::text[], %s::text[]) AS a (caller, route, key)
    WHERE (k.caller, k.route, k.key) = (a.caller, a.route, a.key) AND k.status IS NULL
"""


class KeyNotClaimed(RuntimeError):
    """Our own mistake: an answer for a key that this transaction did not claim fresh."""


def store_many(answers: Sequence[tuple[KeyClaim, int, Mapping[str, Any]]]) -> None:
    """``(claim, HTTP status, body)`` for keys claimed fresh in this transaction; one statement."""
    claims = [one for one, _, _ in answers]
    statuses = [status for _, status, _ in answers]
    bodies = [msgspec.json.encode(body).decode() for _, _, body in answers]
    _run(STORE, claims, int_array(statuses), text_array(bodies))


def release_many(claims: Sequence[KeyClaim]) -> None:
    """Give fresh keys back: a refusal is not stored, so the same key may be tried again."""
    _run(RELEASE, claims)


def _run(statement: str, claims: Sequence[KeyClaim], *more: str) -> None:
    if not claims:
        return
    columns = [text_array([getattr(one, name) for one in claims]) for name in ("caller", "route", "key")]
    written = sent(statement, *columns, *more)
    if written != len(claims):
        raise KeyNotClaimed(f"{written} of {len(claims)} keys were fresh in this transaction")
