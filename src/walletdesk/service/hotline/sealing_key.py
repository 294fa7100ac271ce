"""The hotline's own key: it wraps the key of each recording, and seals what the app's six digits are made from.

From ``WALLETDESK_RECORDING_KEY`` (32 bytes in base64), else made once in the data folder. Several machines of one house
must share it. It never touches sound itself: each recording has a key of its own, and throwing that away erases it.
"""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "recordings.key"
KEY_BYTES = 32
NONCE_BYTES = 12


class NotOurs(Exception):
    """What was to be opened was sealed with another key, or has changed since."""


def wrap_key(key: bytes) -> bytes:
    """A recording's key as its row keeps it (RFC 3394)."""
    return aes_key_wrap(_purpose("recordings"), key)


def unwrap_key(wrapped: bytes) -> bytes:
    """Refuses what another key wrapped (``NotOurs``)."""
    try:
        return aes_key_unwrap(_purpose("recordings"), wrapped)
    except InvalidUnwrap as wrong:
        raise NotOurs from wrong


def seal(secret: bytes, about: str) -> bytes:
    """A small secret as a row keeps it, bound to what it is about."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_purpose("codes")).encrypt(nonce, secret, about.encode())


def unseal(sealed: bytes, about: str) -> bytes:
    """Refuses what was sealed with another key, or about somebody else (``NotOurs``)."""
    try:
        return AESGCM(_purpose("codes")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
    except InvalidTag as wrong:
        raise NotOurs from wrong


def _purpose(name: str) -> bytes:
    named = os.environ.get("WALLETDESK_RECORDING_KEY", "")
    master = _read(named) if named else _from_folder(Path(settings.DATA_FOLDER))
    return _derived(master, name)


@cache
def _derived(master: bytes, name: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, f"walletdesk hotline {name}".encode()).derive(master)


@cache
def _read(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (ValueError, binascii.Error) as broken:
        raise ImproperlyConfigured("WALLETDESK_RECORDING_KEY: 32 bytes in base64 are needed") from broken
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured("WALLETDESK_RECORDING_KEY: 32 bytes in base64 are needed")
    return key


@cache
def _from_folder(folder: Path) -> bytes:
    path = folder / FILE_NAME
    if not path.exists():
        _make_once(path)
    return _read(path.read_text(encoding="ascii"))


def _make_once(path: Path) -> None:
    """Whole or not at all, readable by its owner only; of two that start together one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    draft = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one won: its key is ours
    finally:
        draft.unlink()
