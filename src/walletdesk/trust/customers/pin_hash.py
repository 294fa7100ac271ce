"""Argon2id over a PIN, at the costs of the password hasher (``foundation/identity/hashers.py``; a test holds them equal)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

_ARGON2 = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_pin(pin: str) -> str:
    return _ARGON2.hash(pin)


def pin_matches(kept: str, pin: str) -> bool:
    """Compared by argon2 in constant time; about 20 ms. A damaged hash raises instead of saying "wrong"."""
    try:
        return _ARGON2.verify(kept, pin)
    except VerifyMismatchError:
        return False
