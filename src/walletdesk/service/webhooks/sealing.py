"""Secrets of endpoints lie sealed, because they must be used: AES-256-GCM under a key drawn from the installation's secret
(HKDF, RFC 5869), bound to their endpoint. A copy of the database opens nothing, and a copied row opens nothing elsewhere.
"""

from __future__ import annotations

import base64
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class SealBroken(Exception):
    """The seal does not open: another installation's secret, another row, or a changed byte."""


def seal(secret: bytes, endpoint_id: uuid.UUID) -> str:
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + _box(settings.SECRET_KEY).encrypt(nonce, secret, endpoint_id.bytes)).decode()


def unseal(sealed: str, endpoint_id: uuid.UUID) -> bytes:
    """What was sealed for this endpoint, also under a secret key that was replaced. Raises ``SealBroken``."""
    raw = base64.b64decode(sealed)
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _box(key).decrypt(raw[:NONCE], raw[NONCE:], endpoint_id.bytes)
        except InvalidTag:
            continue
    raise SealBroken


def _box(secret: str | bytes) -> AESGCM:
    secret = secret.encode() if isinstance(secret, str) else secret
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"walletdesk webhooks: endpoint secrets").derive(secret))
