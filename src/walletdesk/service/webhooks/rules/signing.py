"""Signatures by Standard Webhooks 1.0.0, symmetric: HMAC-SHA256 over ``{id}.{timestamp}.{body}``, base64 behind ``v1,``.

During a rotation the header holds one signature for each secret, the newer first, with a blank between (the standard's
"Zero downtime secret rotation"): a receiver that knows either of them takes the message.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32
"""The standard asks for 24 to 64."""


def secret_text(secret: bytes) -> str:
    """The form in which a secret is shown: ``whsec_`` and base64."""
    return PREFIX + base64.b64encode(secret).decode()


def secret_bytes(text: str) -> bytes:
    return base64.b64decode(text.removeprefix(PREFIX), validate=True)


def signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


def signed_headers(secrets: Sequence[bytes], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of one message; ``timestamp`` in seconds since 1970, of this try."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in secrets),
    }
