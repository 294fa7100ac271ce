"""Web Push: encrypted for one browser (RFC 8291, aes128gcm), signed as ours (VAPID), handed to its push service (RFC 8030).

    201, 200, 202       taken
    404, 410            for_good, gone: the browser has taken its leave
    413, other 4xx      for_good
    429, 5xx, silence   for_now: to say it twice is harmless here, the topic and the tag make the second replace the first
    no connection       not_reached

No redirect is followed, no proxy is taken from the environment, and no address outside of the known services is called.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from walletdesk.adapters.push.addresses import known
from walletdesk.adapters.push.sealing import point_of, sealed_for, text_of, vapid_header
from walletdesk.adapters.push.vapid_key import private_key
from walletdesk.service.notifications.ports import Answer, PushTarget

TOKEN_SECONDS = 3600


class WebPush:
    """A ``PushService``. ``contact`` is a ``mailto:`` or ``https:`` by which a push service can reach the operator."""

    def __init__(
        self,
        folder: Path,
        contact: str,
        services: tuple[str, ...],
        deadline: float = 8.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._contact, self._services, self._clock = folder, contact, services, clock
        self._client = httpx.Client(trust_env=False, timeout=httpx.Timeout(deadline, connect=3.0))

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return private_key(self._folder)

    def public_key(self) -> str:
        return text_of(point_of(self._key))

    def may_send_to(self, endpoint: str) -> bool:
        return known(endpoint, self._services)

    def send(self, target: PushTarget, words: bytes, seconds: int, topic: str, *, urgent: bool) -> Answer:
        if not self.may_send_to(target.endpoint):
            return Answer("for_good", "not a push service that we know", gone=True)
        try:
            sealed = sealed_for(words, target.p256dh, target.auth)
        except ValueError as broken:
            return Answer("for_good", f"keys of no use: {type(broken).__name__}", gone=True)
        headers = {
            "Authorization": self._signed(target.endpoint),
            "TTL": str(seconds),
            "Urgency": "high" if urgent else "normal",
            "Topic": topic,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }
        try:
            answer = self._client.post(target.endpoint, content=sealed, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Answer("not_reached", "no connection")
        except httpx.HTTPError as broken:
            return Answer("for_now", type(broken).__name__)
        return _meaning(answer.status_code)

    def close(self) -> None:
        self._client.close()

    def _signed(self, endpoint: str) -> str:
        there = urlsplit(endpoint)
        expires = int(self._clock()) + TOKEN_SECONDS
        return vapid_header(self._key, f"{there.scheme}://{there.netloc}", self._contact, expires)


def _meaning(status: int) -> Answer:
    if status in (200, 201, 202):
        return Answer("taken")
    if status in (404, 410):
        return Answer("for_good", str(status), gone=True)
    if status == 429 or status >= 500:
        return Answer("for_now", str(status))
    return Answer("for_good", str(status))
