"""What a new device may do, and until when less than an old one.

first device of all      no limit: nobody else is there to be robbed
strong proof             ``cooling`` seconds (passkey, authenticator app, recovery code, a word of another device)
weak proof               ``weak_cooling`` seconds (a code by SMS or e-mail: both can be read by others)
"""

from __future__ import annotations

from datetime import datetime, timedelta

STRONG = frozenset({"passkey", "totp", "push"})
PROOFS = ("first", "password", "passkey", "totp", "recovery_code", "push", "sms", "email", "recovery")
WEAK = frozenset({"password", "sms", "email", "recovery"})


def limited_until(proof: str, *, first: bool, at: datetime, cooling: int, weak_cooling: int) -> datetime | None:
    """The end of the limits of a device added now; None when it has none."""
    if first:
        return None
    return at + timedelta(seconds=weak_cooling if proof in WEAK else cooling)
