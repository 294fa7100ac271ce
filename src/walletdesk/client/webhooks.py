"""Is this webhook from Walletdesk? By Standard Webhooks 1.0.0, symmetric signatures (``v1``).

    event = read_webhook(body, headers, secret)         an Event, or NotFromWalletdesk

``body`` is the request's bytes as they came, not a JSON written anew. While a secret is being rotated give both, the old
and the new. A webhook may come more than once (at least once is the promise): what you have done for an ``id`` do not do
again. Answer 2xx quickly, then work.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping

import msgspec

from walletdesk.client.answers import Event
from walletdesk.client.errors import NotFromWalletdesk

TOLERANCE = 300
"""Seconds that a webhook may be old, or ahead of our clock (Standard Webhooks 1.0.0 leaves the figure to the receiver)."""

MOST_SIGNATURES = 16


def read_webhook(
    body: bytes,
    headers: Mapping[str, str],
    secrets: str | Iterable[str],
    *,
    tolerance: int = TOLERANCE,
    now: float | None = None,
) -> Event:
    """The event in ``body``, once its signature is known to be of one of ``secrets`` (``whsec_…``).

    Refuses (:class:`NotFromWalletdesk`), in this order: a header is missing; the time is not a number; it is more than
    ``tolerance`` seconds away from ``now`` (seconds since 1970; else this machine's clock); no signature fits; the body is
    no event. A secret that is not one is a ``ValueError``.
    """
    check_webhook(body, headers, secrets, tolerance=tolerance, now=now)
    try:
        return msgspec.json.decode(body, type=Event)
    except msgspec.MsgspecError as reason:
        raise NotFromWalletdesk(f"signed, but no event that can be read: {reason}") from reason


def check_webhook(
    body: bytes,
    headers: Mapping[str, str],
    secrets: str | Iterable[str],
    *,
    tolerance: int = TOLERANCE,
    now: float | None = None,
) -> str:
    """The first three questions of :func:`read_webhook` alone; returns the webhook's id."""
    named = {name.lower(): value for name, value in headers.items()}
    keys = [_key(one) for one in ([secrets] if isinstance(secrets, str) else secrets)]
    if not keys:
        raise ValueError("without a secret nothing can be checked")
    webhook_id, stamp, given = (named.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not (webhook_id and stamp and given):
        raise NotFromWalletdesk("webhook-id, webhook-timestamp or webhook-signature is missing")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise NotFromWalletdesk("webhook-timestamp is not a number of seconds")
    if abs(int(stamp) - (time.time() if now is None else now)) > tolerance:
        raise NotFromWalletdesk(f"webhook-timestamp is more than {tolerance} seconds away from this machine's clock")
    signed = f"{webhook_id}.{stamp}.".encode() + body
    ours = [b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode() for key in keys]
    theirs = [one.removeprefix("v1,") for one in given.split(" ")[:MOST_SIGNATURES] if one.startswith("v1,")]
    if not any(hmac.compare_digest(one.encode(), two.encode()) for one in ours for two in theirs):
        raise NotFromWalletdesk("no signature is made with this secret over this body")
    return webhook_id


def _key(secret: str) -> bytes:
    try:
        key = b64decode(secret.removeprefix("whsec_"), validate=True)
    except (NotBase64, ValueError):
        key = b""
    if not secret.startswith("whsec_") or len(key) < 24:
        raise ValueError("a webhook's secret looks like whsec_… and holds at least 24 bytes")
    return key
