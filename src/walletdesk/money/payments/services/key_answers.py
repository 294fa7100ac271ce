"""What a key alone answers, before anything is looked at."""

from __future__ import annotations

from typing import Any

from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import (
    InFlight,
    KeyBodyDiffers,
    KeyClaim,
    KeyInFlight,
    KeyMalformed,
    KeyMissing,
    KeyState,
    OtherBody,
    Replay,
    Unusable,
)


def refused_by_key(claim: KeyClaim, state: KeyState) -> Refusal | None:
    """``KeyMissing``, ``KeyMalformed``, ``KeyInFlight`` or ``KeyBodyDiffers``; None when the key is good."""
    if isinstance(state, Unusable):
        return KeyMalformed() if claim.key else KeyMissing()
    if isinstance(state, InFlight):
        return KeyInFlight()
    return KeyBodyDiffers() if isinstance(state, OtherBody) else None


def answer_of_key(state: KeyState) -> dict[str, Any] | None:
    """The first answer, if there was one."""
    return state.body if isinstance(state, Replay) else None
