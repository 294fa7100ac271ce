"""The ticket with which a page asks for live updates.

    ticket(request, ["customer:018f…"])  ->  a signed text for <body data-live="…">

It names the session (hashed), the user and the topics, so that the live app, which shares nothing with the pages but
the secret key, can tell that this browser may hear these topics. It says nothing about what the topics mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core import signing
from django.http import HttpRequest

SALT = "walletdesk.live"


def session_mark(session_key: str) -> str:
    """The session as a ticket names it: 32 hexadecimal digits, useless as a session key."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]


def ticket(request: HttpRequest, topics: Iterable[str]) -> str:
    """A ticket for ``topics``, bound to this session; empty when there is no session to bind it to."""
    session_key = request.session.session_key
    if not session_key:
        return ""
    claims = {"s": session_mark(session_key), "u": str(request.user.pk), "t": sorted(set(topics))}
    return signing.dumps(claims, salt=SALT)
