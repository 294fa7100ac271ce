"""The key by which push services know us (VAPID, RFC 8292): P-256, drawn from 32 secret bytes.

From ``WALLETDESK_PUSH_KEY`` (base64), else made once in the data folder. Browsers bind their subscriptions to the public
part: another key, and every subscription is dead. Keep it with the backups.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from walletdesk.foundation.key_files.public import secret_bytes

VARIABLE = "WALLETDESK_PUSH_KEY"
FILE_NAME = "web-push.key"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve: a private key is a number from 1 to one less."""


def private_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    """The installation's own. ``ImproperlyConfigured`` when the setting or the file is not 32 bytes in base64."""
    secret = int.from_bytes(secret_bytes(VARIABLE, folder / FILE_NAME), "big")
    return ec.derive_private_key(secret % (ORDER - 1) + 1, ec.SECP256R1())
