"""Ask whether requests were made before; the first thing that a money verb does."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from walletdesk.foundation.arrays.public import text_array
from walletdesk.foundation.idempotency.errors import KeyBodyDiffers, KeyInFlight, KeyMalformed, KeyMissing
from walletdesk.foundation.idempotency.rules import (
    Fresh,
    InFlight,
    KeyClaim,
    KeyState,
    OtherBody,
    Replay,
    Unusable,
    key_is_usable,
)
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.statements.public import asked, by_index, in_one_flight

FRESH, UNUSABLE = Fresh(), Unusable()
CLAIM = "SELECT place, state, first_status, first_body FROM claim_keys(%s::text[], %s::text[], %s::text[], %s::text[])"


def claim_many(claims: Sequence[KeyClaim]) -> list[KeyState]:
    """What is known of each claim, in their order, by one statement in the caller's transaction.

    Tried in this order: ``Unusable``; ``InFlight`` when another transaction holds the key for longer than 150 ms;
    ``OtherBody``; ``Replay``; ``Fresh`` for the first of its key in the batch, ``InFlight`` for the later ones.
    A fresh key must be stored or released before commit, or the commit is refused. From here on the transaction meets its
    tables by index: what moves money names its rows.
    """
    states: list[KeyState] = [FRESH if key_is_usable(one.key) else UNUSABLE for one in claims]
    usable = [place for place, state in enumerate(states) if state is FRESH]
    if not usable:
        return states
    columns = zip(*[claims[place] for place in usable], strict=True)
    with in_one_flight():
        by_index()
        claiming = asked(CLAIM, *map(text_array, columns), read=list)
    known = claiming.value()
    for place, (_, state, status, body) in zip(usable if known else (), known, strict=True):
        states[place] = _state(state, status, body)
    reach("after_key_insert")
    return states


def claim(one: KeyClaim) -> Replay | None:
    """The first answer, or None for a fresh key. Refuses in this order: ``KeyMissing``, ``KeyMalformed``,
    ``KeyInFlight``, ``KeyBodyDiffers``.
    """
    if not one.key:
        raise KeyMissing()
    (state,) = claim_many([one])
    match state:
        case Unusable():
            raise KeyMalformed()
        case InFlight():
            raise KeyInFlight()
        case OtherBody():
            raise KeyBodyDiffers()
        case Replay():
            return state
    return None


def _state(state: str, status: int | None, body: str | None) -> KeyState:
    if state == "replay":
        return Replay(status or 200, msgspec.json.decode(body or "{}"))
    others: dict[str, KeyState] = {"fresh": Fresh(), "other_body": OtherBody(), "in_flight": InFlight()}
    return others[state]
