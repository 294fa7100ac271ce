"""The hotline's own key: it wraps the key of each recording, and seals what the app's six digits are made from.

From ``WALLETDESK_RECORDING_KEY`` (32 bytes in base64), else made once in the data folder. Several machines of one house
must share it. It never touches sound itself: each recording has a key of its own, and throwing that away erases it.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from walletdesk.foundation.key_files.public import secrets_in_turn
from walletdesk.foundation.sealing.public import Resealed, SealBroken, Sealer, derived, reseal
from walletdesk.service.hotline.models import CallCode, Recording

VARIABLE = "WALLETDESK_RECORDING_KEY"
FILE_NAME = "recordings.key"
RECORDINGS = b"walletdesk hotline recordings"


def recording_keys() -> tuple[bytes, ...]:
    return secrets_in_turn(VARIABLE, Path(settings.DATA_FOLDER) / FILE_NAME)


CODES = Sealer(b"walletdesk hotline codes", recording_keys)


def wrap_key(key: bytes) -> bytes:
    """A recording's key as its row keeps it (RFC 3394)."""
    return aes_key_wrap(derived(recording_keys()[0], RECORDINGS), key)


def unwrap_key(wrapped: bytes) -> bytes:
    """Refuses what another house's key wrapped (``SealBroken``)."""
    return _unwrapped(wrapped)[0]


def _unwrapped(wrapped: bytes) -> tuple[bytes, int]:
    """The key, and the place among ours of the one that had wrapped it."""
    for place, key in enumerate(recording_keys()):
        try:
            return aes_key_unwrap(derived(key, RECORDINGS), wrapped), place
        except InvalidUnwrap:
            continue
    raise SealBroken


def code_owner(customer_id: object) -> bytes:
    return f"customer:{customer_id}".encode()


def reseal_calls() -> Resealed:
    """The keys of recordings, and what the app's digits are made from, under the key in force."""
    return reseal(Recording.objects.exclude(wrapped_key=None), _rewrap) + reseal(CallCode.objects.all(), _renew)


def _rewrap(row: Recording) -> bool:
    key, place = _unwrapped(bytes(row.wrapped_key or b""))
    if place:
        row.wrapped_key = wrap_key(key)
        row.save(update_fields=["wrapped_key"])
    return bool(place)


def _renew(row: CallCode) -> bool:
    fresh = CODES.renewed(row.sealed_secret, code_owner(row.customer_id))
    if fresh is not None:
        row.sealed_secret = fresh
        row.save(update_fields=["sealed_secret"])
    return fresh is not None
