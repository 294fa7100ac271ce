"""The money contract for verbs that keep no key of their own: one key, one effect, one answer.

The key's row is written in the same transaction as the effect. A replay returns the first status and body; another body
under the key is 422; a twin in flight is 409; what was refused is not stored; a connection lost around the commit is asked
again by key, and what then cannot be said is unknown (``payments.in_one_go``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json, encode
from walletdesk.doors.rest_api.refusals import OurFault
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim, store_many
from walletdesk.money.payments.public import in_one_go


def once(asked: Asked, status: int, act: Callable[[], Any]) -> Answer:
    """``act()`` once under the caller's key, in one transaction with it; its result is the answer's JSON. Without a key (where
    none is required) it is simply done. Raises what ``act`` refuses.
    """
    if not asked.key:
        return as_json(status, act())
    one = KeyClaim(str(asked.owner), asked.route, asked.key, _fingerprint(asked))
    outcomes: list[Answer | Refusal] = in_one_go(
        [one],
        lambda claims: [_drive(claims, status, act)],
        wants=lambda claimed: [claimed.key],
        refused=lambda refusal: refusal,
        broken=lambda: OurFault(number=str(asked.request_id)),
    )
    (result,) = outcomes
    if isinstance(result, Refusal):
        raise result
    return result


def _fingerprint(asked: Asked) -> str:
    """Of all that is asked: the body as it came, the parts of the path, the parameters."""
    places = ":".join(asked.places.values())
    parameters = b"" if asked.query is None else b"\x00" + encode(asked.query)
    return hashlib.sha256(asked.sent + b"\x00" + places.encode() + parameters).hexdigest()


def _drive(claims: Sequence[KeyClaim], status: int, act: Callable[[], Any]) -> Answer | Refusal:
    (one,) = claims
    try:
        with transaction.atomic():
            first = claim(one)
            if first is not None:
                return Answer(first.status, encode(first.body), replayed=True)
            shown = act()
            store_many([(one, status, shown)])
            return as_json(status, shown)
    except Refusal as refusal:
        return refusal
