"""What a key may look like, what makes two requests the same, and what can be said about a claim. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_VISIBLE_ASCII = re.compile(r"[!-~]{1,255}", re.ASCII)


class KeyClaim(NamedTuple):
    """``caller`` (like ``customer:<uuid>``) asks ``route`` (like ``payments.pay``) under ``key``; ``body`` is the
    :func:`fingerprint` of what is asked.
    """

    caller: str
    route: str
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """Never seen: do it now, in this transaction, then store the answer or release the key."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Done before, with this HTTP status and body."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OtherBody:
    """The key belongs to a request with other content."""


@dataclass(frozen=True, slots=True)
class InFlight:
    """A twin, in another transaction or earlier in this batch, has the key and has not finished."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Not a key: see :func:`key_is_usable`."""


KeyState = Fresh | Replay | OtherBody | InFlight | Unusable


def key_is_usable(key: str | None) -> bool:
    """1 to 255 visible ASCII characters; no space, no control, nothing that looks like another."""
    return isinstance(key, str) and _VISIBLE_ASCII.fullmatch(key) is not None


_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str, allow_nan=False
).encode


def fingerprint(fields: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the fields as canonical JSON: the order of names does not matter, everything else does."""
    return hashlib.sha256(_canonical(fields).encode()).hexdigest()
