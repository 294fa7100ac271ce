"""Keep the first answer to fresh keys, or give the keys back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from walletdesk.foundation.arrays.public import int_array, text_array
from walletdesk.foundation.idempotency.rules import KeyClaim
from walletdesk.foundation.statements.public import Asked, written

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
_encode = msgspec.json.Encoder().encode


class KeyNotClaimed(RuntimeError):
    """Our own mistake: an answer for a key that this transaction did not claim fresh."""


class Kept:
    """Answers under way: :meth:`check` refuses (``KeyNotClaimed``) when not each of them met a key claimed fresh."""

    __slots__ = ("_writing",)

    def __init__(self, *writing: tuple[Asked[int], int]) -> None:
        self._writing = writing

    def check(self) -> None:
        for one, wanted in self._writing:
            if (found := one.value()) != wanted:
                raise KeyNotClaimed(f"{found} of {wanted} keys were fresh in this transaction")


def keep_many(answers: Sequence[tuple[KeyClaim, int, Mapping[str, Any]]], released: Sequence[KeyClaim]) -> Kept:
    """Both of the below, sent and not waited for: to be checked after the flight."""
    statements = [_stored(answers)] if answers else []
    return Kept(*statements, *([_run(RELEASE, released)] if released else []))


def store_many(answers: Sequence[tuple[KeyClaim, int, Mapping[str, Any]]]) -> None:
    """``(claim, HTTP status, body)`` for keys claimed fresh in this transaction; one statement."""
    keep_many(answers, []).check()


def release_many(claims: Sequence[KeyClaim]) -> None:
    """Give fresh keys back: a refusal is not stored, so the same key may be tried again."""
    keep_many([], claims).check()


def _stored(answers: Sequence[tuple[KeyClaim, int, Mapping[str, Any]]]) -> tuple[Asked[int], int]:
    claims, statuses, bodies = zip(*answers, strict=True)
    return _run(STORE, claims, int_array(statuses), text_array([_encode(body).decode() for body in bodies]))


def _run(statement: str, claims: Sequence[KeyClaim], *more: str) -> tuple[Asked[int], int]:
    callers, routes, keys, _ = zip(*claims, strict=True)
    return written(statement, text_array(callers), text_array(routes), text_array(keys), *more), len(claims)
