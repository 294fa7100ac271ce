"""The Ed25519 key that signs the directory: from ``WALLETDESK_CONTACT_KEY``, else made once in the data folder.

The setting holds the 32 secret bytes in base64. Several machines of one house must share it, or each signs with a key
of its own. Read once per process.
"""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "contact-signing.key"


def signing_key() -> Ed25519PrivateKey:
    """``ImproperlyConfigured`` when the setting or the file is not 32 bytes in base64."""
    named = os.environ.get("WALLETDESK_CONTACT_KEY", "")
    return _read(named) if named else _from_folder(Path(settings.DATA_FOLDER))


@cache
def _from_folder(folder: Path) -> Ed25519PrivateKey:
    path = folder / FILE_NAME
    if not path.exists():
        _make_once(path)
    return _read(path.read_text(encoding="ascii"))


@cache
def _read(text: str) -> Ed25519PrivateKey:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
        return Ed25519PrivateKey.from_private_bytes(secret)
    except (ValueError, binascii.Error) as broken:
        raise ImproperlyConfigured("WALLETDESK_CONTACT_KEY: 32 bytes in base64 are needed") from broken


def _make_once(path: Path) -> None:
    """Whole or not at all, readable by its owner only; of two processes or threads that start together one wins.

    The draft's name is nobody else's: two first visitors of one process once unlinked each other's draft.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    draft = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(base64.b64encode(os.urandom(32)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one won: its key is ours
    finally:
        draft.unlink()
