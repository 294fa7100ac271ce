"""The Ed25519 key that signs the directory: from ``WALLETDESK_CONTACT_KEY``, else made once in the data folder.

The setting holds the 32 secret bytes in base64. Several machines of one house must share it, or each signs with a key
of its own.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from walletdesk.foundation.key_files.public import secret_bytes

VARIABLE = "WALLETDESK_CONTACT_KEY"
FILE_NAME = "contact-signing.key"


def signing_key() -> Ed25519PrivateKey:
    """``ImproperlyConfigured`` when the setting or the file is not 32 bytes in base64."""
    return Ed25519PrivateKey.from_private_bytes(secret_bytes(VARIABLE, Path(settings.DATA_FOLDER) / FILE_NAME))
