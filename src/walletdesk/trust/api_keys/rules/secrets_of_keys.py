"""The form of a secret: ``wdk_live_<key id>_<random>``, both in base62.

    wdk_test_7n42DGM5Tflk9n8mt7Fhc7_kZ3…32 characters…

The key id is the key's UUID in 22 digits of base62, so that a key is found by its id and never by its secret. The random
part has 32 digits of base62: 190 bits, more than a hash can be asked for, so a plain SHA-256 over the whole text is kept:
there is nothing to guess slowly (NIST SP 800-63B-4, 3.1.2.2: look-up secrets of 112 bits and more need no slow hash). The
prefix makes a leaked secret findable by scanners.
"""

from __future__ import annotations

import functools
import hashlib
import re
from typing import NamedTuple
from uuid import UUID

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID_DIGITS, RANDOM_DIGITS = 22, 32
_FORM = re.compile(r"wdk_(live|test)_([0-9A-Za-z]{22})_([0-9A-Za-z]{32})", re.ASCII)


class ParsedSecret(NamedTuple):
    key_id: UUID
    mode: str
    hash: str


def base62(number: int, digits: int) -> str:
    """``number`` in exactly so many digits, zeros in front."""
    written = []
    for _ in range(digits):
        number, digit = divmod(number, 62)
        written.append(DIGITS[digit])
    return "".join(reversed(written))


def read_base62(text: str) -> int:
    number = 0
    for digit in text:
        number = number * 62 + DIGITS.index(digit)
    return number


def write_secret(mode: str, key_id: UUID, random_number: int) -> str:
    """``random_number`` is below 62 ** 32."""
    return f"wdk_{mode}_{base62(key_id.int, ID_DIGITS)}_{base62(random_number, RANDOM_DIGITS)}"


def hash_of(secret: str) -> str:
    """SHA-256 of the whole text, 64 hex digits: what is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def parse_secret(text: str) -> ParsedSecret | None:
    """What a caller sent as its key, or None when no key looks like that."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    key_id = _key_id(match[2])
    return ParsedSecret(key_id, match[1], hash_of(text)) if key_id is not None else None


@functools.lru_cache(10_000)
def _key_id(text: str) -> UUID | None:
    """The id, which is no secret and comes again and again; None for what is larger than any UUID."""
    number = read_base62(text)
    return UUID(int=number) if number < 1 << 128 else None


def shown(mode: str, last: str) -> str:
    """How a key is named after its secret was shown: ``wdk_live_…kZ3q``."""
    return f"wdk_{mode}_…{last}"
