"""Which push services we talk to. A subscription comes from whoever asks us to push; its address is not theirs to choose."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

KNOWN_SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
)
"""Chromium and its kin, Firefox, Edge on Windows, Safari. More by ``WALLETDESK_PUSH_SERVICES``."""


def known(endpoint: str, services: Iterable[str] = KNOWN_SERVICES) -> bool:
    """Whether the address lies with one of ``services``: same scheme, same port, the host itself or one below ``*.``.

    known("https://updates.push.services.mozilla.com/wpush/v2/x")     True
    known("https://fcm.googleapis.com.evil.example/x")                False
    known("https://fcm.googleapis.com@evil.example/x")                False
    """
    if not endpoint.isascii() or any(sign in endpoint for sign in "\\\t\r\n "):
        return False
    try:
        there, port = urlsplit(endpoint), urlsplit(endpoint).port
    except ValueError:
        return False
    if there.username is not None or not there.hostname:
        return False
    return any(_is_of(there.scheme, there.hostname, port, urlsplit(service)) for service in services)


def _is_of(scheme: str, host: str, port: int | None, service: SplitResult) -> bool:
    wanted_host = service.hostname or ""
    if (scheme, port) != (service.scheme, service.port):
        return False
    if wanted_host.startswith("*."):
        return host.endswith(wanted_host[1:]) and len(host) > len(wanted_host) - 1
    return host == wanted_host
