"""What a push service may carry and not read (RFC 8291 over RFC 8188), and how it knows that we sent it (RFC 8292).

    sealed_for(words, p256dh, auth)                   the body of a push message, for one browser
    vapid_header(key, audience, contact, at)    the ``Authorization`` header

A library does this too, and brings two HTTP clients that nothing here uses and a part without wheels; the primitives are
those of ``cryptography`` either way, and the RFC's own example is a test.
"""

from __future__ import annotations

import base64
import json
import os

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUTH_BYTES, SALT_BYTES = 16, 16
RECORD_SIZE = 4096
LAST_RECORD = b"\x02"
"""The delimiter of the last record, and ours is the only one (RFC 8188, 2)."""
MOST_BYTES = RECORD_SIZE - 16 - len(LAST_RECORD)
"""What fits into that one record beside its tag."""


def sealed_for(
    words: bytes, p256dh: str, auth: str, *, salt: bytes = b"", ours: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """``words`` for the browser with this public key and secret (both base64url). ``salt`` and ``ours`` are fresh unless a
    test names them. Raises ``ValueError`` for keys that are none and for more than ``MOST_BYTES``.
    """
    browser_public, secret = bytes_of(p256dh), bytes_of(auth)
    if len(secret) != AUTH_BYTES or len(words) > MOST_BYTES:
        raise ValueError("a secret of another length, or too many words")
    browser = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser_public)
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(SALT_BYTES)
    our_public = point_of(ours)
    shared = ours.exchange(ec.ECDH(), browser)
    material = _expand(_extract(secret, shared), b"WebPush: info\0" + browser_public + our_public, 32)
    basis = _extract(salt, material)
    key, nonce = _expand(basis, b"Content-Encoding: aes128gcm\0", 16), _expand(basis, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, words + LAST_RECORD, None)
    return salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(our_public)]) + our_public + sealed


def vapid_header(key: ec.EllipticCurvePrivateKey, audience: str, contact: str, until: int) -> str:
    """``audience``: the push service's origin; ``contact``: a ``mailto:`` or ``https:``; ``until``: seconds since 1970, at
    most a day ahead (RFC 8292, 2)."""
    claims = {"aud": audience, "exp": until, "sub": contact}
    token = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(key.sign(token.encode(), ec.ECDSA(hashes.SHA256())))
    signature = text_of(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={token}.{signature}, k={text_of(point_of(key))}"


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as 65 bytes, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text_of(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Raises ``ValueError``."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _json(fields: dict[str, object]) -> str:
    return text_of(json.dumps(fields, separators=(",", ":")).encode())


def _extract(salt: bytes, material: bytes) -> bytes:
    """HKDF-Extract (RFC 5869, 2.2)."""
    mac = hmac.HMAC(salt, hashes.SHA256())
    mac.update(material)
    return mac.finalize()


def _expand(basis: bytes, purpose: bytes, length: int) -> bytes:
    return HKDFExpand(hashes.SHA256(), length, purpose).derive(basis)
