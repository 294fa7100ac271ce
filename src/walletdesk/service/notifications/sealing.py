"""Words that wait to be sent lie sealed: AES-256-GCM under a key drawn from the installation's secret (HKDF, RFC 5869).

A copy of the database alone opens nothing. The seal is bound to its row: moved to another one it does not open. Keys are
read from the settings each time, so that a new secret holds at once; what was sealed under the old one cannot be sent.
"""

from __future__ import annotations

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class SealBroken(Exception):
    """The seal does not open: another secret, another row, or a changed byte."""


def seal(words: dict[str, Any], row: str) -> bytes:
    """``words`` (JSON) for the row with this id only."""
    nonce = os.urandom(NONCE)
    return nonce + _box().encrypt(nonce, json.dumps(words, ensure_ascii=False).encode(), row.encode())


def unseal(sealed: bytes | memoryview, row: str) -> dict[str, Any]:
    """What was sealed for this row. Raises ``SealBroken``."""
    content = bytes(sealed)
    try:
        opened: dict[str, Any] = json.loads(_box().decrypt(content[:NONCE], content[NONCE:], row.encode()))
    except (InvalidTag, ValueError) as broken:
        raise SealBroken from broken
    return opened


def _box() -> AESGCM:
    drawn = HKDF(SHA256(), 32, salt=None, info=b"walletdesk notifications: words that wait")
    return AESGCM(drawn.derive(settings.SECRET_KEY.encode()))
