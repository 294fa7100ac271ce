"""One seal for all rooms: AES-256-GCM under a key drawn for its purpose (HKDF, RFC 5869), bound to what it belongs to.

    SEEDS = Sealer(b"walletdesk.identity.sealing", house_keys)
    SEEDS.seal(content, about) -> bytes           never twice the same
    SEEDS.unseal(sealed, about) -> bytes          SealBroken: another house's, another row's, or a changed byte
    SEEDS.renewed(sealed, about) -> bytes | None  under the key in force; None: it lies under it already; SealBroken
    reseal(rows, renew) -> Resealed               row by row, five hundred to a transaction
    house_keys()                                  the secret key in force, then those before it

A copy of the database opens nothing, and a row copied to another place opens nothing there. Keys are asked for each time, so a new
one holds at once; what lies under one before it is read on, and ``walletdesk keys reseal`` brings it over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models, transaction

NONCE = 12
BATCH = 500
Row = TypeVar("Row", bound=models.Model)


class SealBroken(Exception):
    """The seal does not open: another house's key, another row, or a changed byte."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """``keys()`` answers with the secret in force first. Two purposes of one secret never open each other's."""

    purpose: bytes
    keys: Callable[[], Sequence[bytes]]

    def seal(self, content: bytes, about: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + _box(self.keys()[0], self.purpose).encrypt(nonce, content, about)

    def unseal(self, sealed: bytes | memoryview, about: bytes) -> bytes:
        return self._opened(bytes(sealed), about)[0]

    def renewed(self, sealed: bytes | memoryview, about: bytes) -> bytes | None:
        content, place = self._opened(bytes(sealed), about)
        return self.seal(content, about) if place else None

    def _opened(self, sealed: bytes, about: bytes) -> tuple[bytes, int]:
        """The content, and the place among the keys of the one that opened it."""
        for place, key in enumerate(self.keys()):
            try:
                return _box(key, self.purpose).decrypt(sealed[:NONCE], sealed[NONCE:], about), place
            except (InvalidTag, ValueError):
                continue
        raise SealBroken


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many lay under the key in force, were brought over to it, and open under no key that is known."""

    current: int = 0
    renewed: int = 0
    broken: int = 0

    def __add__(self, other: Resealed) -> Resealed:
        return Resealed(self.current + other.current, self.renewed + other.renewed, self.broken + other.broken)


def reseal(rows: models.QuerySet[Row], renew: Callable[[Row], bool]) -> Resealed:
    """``renew`` changes and saves one locked row that was not under the key in force: True; else False; or ``SealBroken``."""
    counts, last = {True: 0, False: 0, None: 0}, None
    while True:
        with transaction.atomic():
            later = rows.filter(pk__gt=last) if last is not None else rows
            batch = list(later.select_for_update().order_by("pk")[:BATCH])
            for row in batch:
                counts[_tried(renew, row)] += 1
        if len(batch) < BATCH:
            return Resealed(counts[False], counts[True], counts[None])
        last = batch[-1].pk


def _tried(renew: Callable[[Row], bool], row: Row) -> bool | None:
    try:
        return renew(row)
    except SealBroken:
        return None


def house_keys() -> tuple[bytes, ...]:
    return tuple(_bytes(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _bytes(key: str | bytes) -> bytes:
    return key.encode() if isinstance(key, str) else key


@cache
def _box(master: bytes, purpose: bytes) -> AESGCM:
    return AESGCM(derived(master, purpose))


@cache
def derived(master: bytes, purpose: bytes) -> bytes:
    """Thirty-two bytes of ``master`` for one purpose."""
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(master)
