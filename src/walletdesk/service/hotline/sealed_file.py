"""A file sealed with a key of its own: AES-256-GCM in pieces, so that an hour of sound never stands in memory whole.

    WDREC1 | piece | piece | …        a piece is 256 KiB of sound and its 16-byte tag; the last may be shorter

The nonce is the piece's number (the key seals nothing else). Each tag covers the recording's name, the number, and
whether more follows: pieces cannot be swapped, dropped at the end, or moved to another recording unnoticed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"WDREC1"
PIECE = 256 * 1024
TAG = 16


class Damaged(Exception):
    """The file is not what was sealed."""


def seal_file(plain: Path, target: Path, key: bytes, name: str) -> str:
    """Write ``target``, whole and on the disk when this returns; the SHA-256 of what was in ``plain``."""
    digest, cipher = hashlib.sha256(), AESGCM(key)
    draft = target.with_suffix(".draft")
    with plain.open("rb") as source, draft.open("wb") as sealed:
        os.fchmod(sealed.fileno(), 0o600)
        sealed.write(MARK)
        number, piece = 0, source.read(PIECE)
        while True:
            following = source.read(PIECE)
            digest.update(piece)
            sealed.write(cipher.encrypt(_nonce(number), piece, _about(name, number, last=not following)))
            if not following:
                break
            number, piece = number + 1, following
        sealed.flush()
        os.fsync(sealed.fileno())
    draft.replace(target)
    return digest.hexdigest()


def open_file(sealed: Path, key: bytes, name: str) -> Iterator[bytes]:
    """The sound, piece by piece. Refuses what is not as it was sealed (``Damaged``)."""
    cipher = AESGCM(key)
    with sealed.open("rb") as source:
        if source.read(len(MARK)) != MARK:
            raise Damaged
        number, piece = 0, source.read(PIECE + TAG)
        while True:
            following = source.read(PIECE + TAG)
            try:
                yield cipher.decrypt(_nonce(number), piece, _about(name, number, last=not following))
            except InvalidTag as wrong:
                raise Damaged from wrong
            if not following:
                return
            number, piece = number + 1, following


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _about(name: str, number: int, *, last: bool) -> bytes:
    return f"{name}|{number}|{'last' if last else 'more'}".encode()
