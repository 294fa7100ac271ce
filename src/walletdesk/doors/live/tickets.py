"""Reading the ticket that ``doors/_shared/live.py`` makes: signed, bound to the browser's session, 12 hours."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.core import signing

from walletdesk.doors._shared.live import SALT, session_mark

LIFETIME_SECONDS = 12 * 3600
TOPICS_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may hear which topics. ``issued_at`` is in seconds since 1970; ``session_key`` stays in this process."""

    session_key: str
    user_id: str
    topics: frozenset[str]
    issued_at: float


def read(text: str, session_key: str) -> Ticket | None:
    """The ticket, or ``None``: forged, too old, of another session, or naming too much. The reason stays here."""
    if not text or not session_key:
        return None
    try:
        claims = signing.loads(text, salt=SALT, max_age=LIFETIME_SECONDS)
        mark, user_id, topics = claims["s"], claims["u"], claims["t"]
        issued_at = float(signing.b62_decode(text.rsplit(":", 2)[1]))
    except (signing.BadSignature, KeyError, TypeError, ValueError, IndexError):
        return None
    if not hmac.compare_digest(str(mark), session_mark(session_key)):
        return None
    if not isinstance(topics, list) or not 0 < len(topics) <= TOPICS_AT_MOST:
        return None
    return Ticket(session_key, str(user_id), frozenset(map(str, topics)), issued_at)
