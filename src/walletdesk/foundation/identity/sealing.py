"""Secrets that must be read again (the seed of an authenticator app): AES-256-GCM under a key made from the house's
secret key (HKDF, RFC 5869), bound to what they belong to. A copied row opens nothing elsewhere.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _key(secret: str | bytes) -> AESGCM:
    secret = secret.encode() if isinstance(secret, str) else secret
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"walletdesk.identity.sealing").derive(secret))


def seal(text: str, about: str) -> str:
    """``text`` sealed for ``about`` (a name of its owner and use); never twice the same."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + _key(settings.SECRET_KEY).encrypt(nonce, text.encode(), about.encode())).decode()


def unseal(sealed: str, about: str) -> str:
    """What was sealed for ``about``, also under a secret key that was replaced; ValueError for anything else."""
    raw = base64.b64decode(sealed)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _key(secret).decrypt(raw[:12], raw[12:], about.encode()).decode()
        except InvalidTag:
            continue
    raise ValueError("not sealed here, or for something else")
