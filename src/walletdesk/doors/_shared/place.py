"""From which network address somebody comes: the peer's own, never what the peer says about itself.

Behind our own proxy (``WALLETDESK_BEHIND_PROXY=1``) the proxy's last entry in ``X-Forwarded-For`` counts; whatever stands
before it was written by the visitor and is not read.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

LOOPBACK = ("127.0.0.1", "::1")


def place_of(request: HttpRequest) -> str:
    """The network address, as text."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or peer
    return peer


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the visitor sits at the machine that serves the page; never true behind a proxy."""
    return not settings.ALLAUTH_TRUSTED_PROXY_COUNT and place_of(request) in LOOPBACK
