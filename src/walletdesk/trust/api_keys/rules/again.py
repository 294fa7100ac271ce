"""Which request may be sent again from the log: only one that can do no more than it did.

With its idempotency key a repetition is answered from the record, as long as the record is kept (seven days); so it may be
repeated for six. Without one, what only reads or sets may be repeated, and a POST may not.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from walletdesk.foundation.errors import Refusal
from walletdesk.trust.api_keys.errors import RequestKeyEnded, RequestNotRepeatable, RequestNotWhole, RequestTooOld

TICKET = "wdk_again_"
TICKET_LIFE = timedelta(seconds=60)
REPEATED_WITHIN = timedelta(days=6)
LONGEST_PATH, LONGEST_QUERY = 300, 1_000
DOTS = "•"


def why_not_again(
    method: str,
    path: str,
    query: str,
    whole: bool,
    idempotency_key: str,
    at: datetime,
    key_live: bool,
    moment: datetime,
) -> Refusal | None:
    """Refuses, in this order: ``RequestNotWhole`` (the log hid or cut a part of it), ``RequestNotRepeatable`` (a POST that
    had no key), ``RequestTooOld``, ``RequestKeyEnded`` (the API key was revoked or has expired); else None.
    """
    if not whole or DOTS in query or DOTS in path or len(path) >= LONGEST_PATH or len(query) >= LONGEST_QUERY:
        return RequestNotWhole()
    if method == "POST" and not idempotency_key:
        return RequestNotRepeatable()
    if moment - at > REPEATED_WITHIN:
        return RequestTooOld(days=REPEATED_WITHIN.days)
    return None if key_live else RequestKeyEnded()
