"""What the verbs on held money answer. ``body`` is the answer as it is kept under the key: a replay has the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, release_many, store_many
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key

CREATED, DONE = 201, 200


@dataclass(frozen=True, slots=True)
class HoldDone:
    """``payment_id`` is the payment's for its whole life, held, captured or not."""

    payment_id: UUID
    replayed: bool
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HoldRefused:
    refusal: Refusal


HoldResult = HoldDone | HoldRefused


def known(claim: KeyClaim, state: Any) -> HoldResult | None:
    """What the key alone answers, or None for a fresh one."""
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return HoldRefused(refusal)
    body = answer_of_key(state)
    return None if body is None else HoldDone(UUID(body["payment_id"]), True, body)


def keep_answers(answers: Sequence[tuple[KeyClaim, Any]], status: int) -> None:
    """Answers are kept, refusals are not: their keys may be used again."""
    store_many([(claim, status, result.body) for claim, result in answers if isinstance(result, HoldDone)])
    release_many([claim for claim, result in answers if not isinstance(result, HoldDone)])
