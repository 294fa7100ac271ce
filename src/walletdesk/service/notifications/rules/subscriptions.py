"""What a browser gives out when it lets us push, and what it never gives out; pure (RFC 8291, section 3.2)."""

from __future__ import annotations

import base64
import binascii

PUBLIC_KEY_BYTES, SECRET_BYTES = 65, 16
LONGEST_ENDPOINT = 1000
UNCOMPRESSED = 4


def bytes_of(text: str) -> bytes | None:
    """base64url with or without its padding; None when it is none."""
    if len(text) > 200 or not text.isascii():
        return None
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None


def keys_usable(p256dh: str, auth: str) -> bool:
    """An uncompressed point's 65 bytes and a secret of 16."""
    point, secret = bytes_of(p256dh), bytes_of(auth)
    return bool(
        point and len(point) == PUBLIC_KEY_BYTES and point[0] == UNCOMPRESSED and secret and len(secret) == SECRET_BYTES
    )
