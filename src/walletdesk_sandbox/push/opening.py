"""Opening what was sealed for a browser (RFC 8188, RFC 8291) and reading who sealed it (RFC 8292)."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SALT, HEAD, LAST_RECORD = 16, 21, 2
LONGEST_TOKEN_SECONDS = 24 * 3600


class NotOpened(Exception):
    """It was sealed for somebody else, or is broken; ``str()`` says what."""


class NotTrusted(Exception):
    """Nobody whom this browser let in; ``str()`` says why."""


def text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class BrowserKeys:
    """What a browser keeps to itself, and the key of the one whom it let in."""

    private: ec.EllipticCurvePrivateKey
    secret: bytes
    server_key: bytes

    @classmethod
    def fresh(cls, server_key: bytes) -> BrowserKeys:
        return cls(ec.generate_private_key(ec.SECP256R1()), os.urandom(16), server_key)

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _drawn(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def opened(sealed: bytes, keys: BrowserKeys) -> bytes:
    """The words. Raises ``NotOpened``."""
    if len(sealed) < HEAD or sealed[20] != 65:
        raise NotOpened("no head")
    salt, sender = sealed[:SALT], sealed[HEAD : HEAD + 65]
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    except ValueError as broken:
        raise NotOpened("no point") from broken
    shared = keys.private.exchange(ec.ECDH(), point)
    seed = _drawn(shared, keys.secret, b"WebPush: info\0" + keys.public + sender, 32)
    key = _drawn(seed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _drawn(seed, salt, b"Content-Encoding: nonce\0", 12)
    try:
        padded = AESGCM(key).decrypt(nonce, sealed[HEAD + 65 :], b"").rstrip(b"\0")
    except InvalidTag as broken:
        raise NotOpened("another key") from broken
    if not padded or padded[-1] != LAST_RECORD:
        raise NotOpened("no end")
    return padded[:-1]


def claims_of(authorization: str, keys: BrowserKeys, audience: str, now: float) -> dict[str, Any]:
    """What the sender says of itself. Raises ``NotTrusted``: another key, another audience, too old, too long."""
    scheme, _, rest = authorization.partition(" ")
    fields = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme.lower() != "vapid" or not {"t", "k"} <= set(fields):
        raise NotTrusted("no vapid")
    if bytes_of(fields["k"]) != keys.server_key:
        raise NotTrusted("another key")
    try:
        head, body, signature = fields["t"].split(".")
        raw = bytes_of(signature)
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.server_key)
        pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        point.verify(pair, f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
        kind, claims = json.loads(bytes_of(head)), json.loads(bytes_of(body))
    except (ValueError, InvalidSignature) as broken:
        raise NotTrusted("signature") from broken
    if kind.get("alg") != "ES256":
        raise NotTrusted("algorithm")
    if claims.get("aud") != audience:
        raise NotTrusted("audience")
    if not now < claims.get("exp", 0) <= now + LONGEST_TOKEN_SECONDS:
        raise NotTrusted("expiry")
    if not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
        raise NotTrusted("subject")
    return dict(claims)
