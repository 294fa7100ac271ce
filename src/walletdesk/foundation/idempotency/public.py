"""Keys of money requests.

one = KeyClaim(f"customer:{customer_id}", "payments.pay", key, fingerprint({"order": order_id, "amount": 3800}))
with transaction.atomic():
    first = claim(one)                  Replay, or None: do it now; refusals by name
    …
    store_many([(one, 201, answer)])    or release_many([one]) when it was refused
    kept = keep_many(answers, refused)  both, inside ``in_one_flight``; kept.check() after it
"""

from walletdesk.foundation.idempotency.errors import (
    KeyBodyDiffers,
    KeyInFlight,
    KeyMalformed,
    KeyMissing,
    KeyNotUsable,
)
from walletdesk.foundation.idempotency.queries import known_under, lookup
from walletdesk.foundation.idempotency.rules import (
    Fresh,
    InFlight,
    KeyClaim,
    KeyState,
    OtherBody,
    Replay,
    Unusable,
    fingerprint,
    key_is_usable,
)
from walletdesk.foundation.idempotency.services.ask_in_flight import any_in_flight
from walletdesk.foundation.idempotency.services.claim_keys import claim, claim_many
from walletdesk.foundation.idempotency.services.purge_keys import purge_keys
from walletdesk.foundation.idempotency.services.store_answers import (
    Kept,
    KeyNotClaimed,
    keep_many,
    release_many,
    store_many,
)

__all__ = [
    "Fresh",
    "InFlight",
    "Kept",
    "KeyBodyDiffers",
    "KeyClaim",
    "KeyInFlight",
    "KeyMalformed",
    "KeyMissing",
    "KeyNotClaimed",
    "KeyNotUsable",
    "KeyState",
    "OtherBody",
    "Replay",
    "Unusable",
    "any_in_flight",
    "claim",
    "claim_many",
    "fingerprint",
    "keep_many",
    "key_is_usable",
    "known_under",
    "lookup",
    "purge_keys",
    "release_many",
    "store_many",
]
