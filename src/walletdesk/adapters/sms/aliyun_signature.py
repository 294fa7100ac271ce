"""Alibaba Cloud's request signature, version 3 (ACS3-HMAC-SHA256), for requests in RPC style.

    canonical request    method, path, sorted query, ``name:value`` of the signed headers, their names, SHA-256 of the body
    text to be signed    the algorithm's name, a line break, SHA-256 of the canonical request in hex
    signature            HMAC-SHA256 under the secret, in hex

Source: "Request structure and signature V3", help.aliyun.com; the page's worked example stands in
``tests/rules/test_aliyun_signature.py``.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


def canonical_query(query: Mapping[str, str]) -> str:
    """Sorted by name; everything escaped but letters, digits and ``-_.~`` (RFC 3986)."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote(query[name], safe='-_.~')}" for name in sorted(query))


def canonical_request(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
) -> tuple[str, str]:
    """The canonical request and the names of the signed headers: ``host``, ``content-type`` and every ``x-acs-…``."""
    signed = {
        name.lower(): value.strip()
        for name, value in headers.items()
        if name.lower() in ("host", "content-type") or name.lower().startswith("x-acs-")
    }
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join([method, path, canonical_query(query), lines, names, digest]), names


def authorization(key_id: str, secret: str, canonical: str, names: str) -> str:
    """The value of the header ``Authorization``."""
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"
