"""One-time digits from a shared secret: HOTP (RFC 4226) and TOTP (RFC 6238), SHA-1, six digits, thirty seconds.

A code is good for its own step and one step on either side (clocks differ), and each step once: who saw it typed cannot
type it again (RFC 6238, 5.2).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from datetime import datetime

DIGITS, STEP_SECONDS, STEPS_EITHER_SIDE = 6, 30, 1
_SIX = re.compile(r"[0-9]{6}", re.ASCII)


def hotp(secret: bytes, counter: int, digits: int = DIGITS) -> str:
    """RFC 4226, 5.3: the dynamically truncated HMAC-SHA-1 of the counter."""
    mac = hmac.new(secret, struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def step_of(at: datetime) -> int:
    """The thirty seconds in which ``at`` lies, counted from 1970."""
    return int(at.timestamp()) // STEP_SECONDS


def secret_bytes(base32: str) -> bytes:
    """The secret as an authenticator app reads it; ValueError when it is not base 32."""
    text = base32.replace(" ", "").upper()
    return base64.b32decode(text + "=" * (-len(text) % 8))


def totp_now(base32: str, at: datetime) -> str:
    """What the authenticator app shows at this moment."""
    return hotp(secret_bytes(base32), step_of(at))


def matching_step(base32: str, typed: str, at: datetime, last_step: int) -> int | None:
    """The step that ``typed`` belongs to, later than the last one used; None when it is no good (any more)."""
    digits = re.sub(r"[\s-]", "", typed)
    if not _SIX.fullmatch(digits):
        return None
    secret, here = secret_bytes(base32), step_of(at)
    found = None
    for step in range(here - STEPS_EITHER_SIDE, here + STEPS_EITHER_SIDE + 1):
        if hmac.compare_digest(hotp(secret, step), digits) and step > last_step:
            found = step
    return found
