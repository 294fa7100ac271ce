"""``Asked``: a request that was let in. ``Answer``: what goes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from walletdesk.doors.rest_api.refusals import NotForThisOwner, ThingUnknown
from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words
from walletdesk.trust.api_keys.public import KeyFacts, KeyOwner

JSON = b"application/json"
Header = tuple[bytes, bytes]
encode = msgspec.json.Encoder().encode
WHOSE = {"merchant": Words("商户", "merchant"), "customer": Words("客户", "customer")}


@dataclass(slots=True)
class Answer:
    """``replayed``: the first answer to this idempotency key, once more."""

    status: int
    body: bytes
    kind: bytes = JSON
    headers: list[Header] = field(default_factory=list)
    replayed: bool = False
    code: str = ""


@dataclass(slots=True)
class Asked:
    """``places`` are the parts of the path, ``query`` and ``body`` the declared types (or the bytes of a file), ``key`` the
    idempotency key (empty: none) and ``route`` where it counts, ``sent`` the body as it came.
    """

    caller: KeyFacts | None
    places: dict[str, str]
    query: Any
    body: Any
    key: str
    headers: dict[bytes, bytes]
    request_id: UUID
    sent: bytes = b""
    route: str = ""

    @property
    def owner(self) -> KeyOwner:
        assert self.caller is not None, "a route with a scope has a caller"
        return self.caller.owner

    @property
    def mode(self) -> str:
        return self.caller.mode if self.caller else "live"

    @property
    def merchant_id(self) -> UUID:
        """Refuses a customer's key (``NotForThisOwner``)."""
        return self._id_of("merchant")

    @property
    def customer_id(self) -> UUID:
        return self._id_of("customer")

    @property
    def of_merchant(self) -> bool:
        return self.owner.kind == "merchant"

    def place(self, name: str) -> UUID:
        """A part of the path that is an id. What is none names nothing (``ThingUnknown``)."""
        text = self.places[name]
        try:
            return UUID(text) if len(text) == 36 else _nothing()
        except ValueError:
            return _nothing()

    @property
    def language(self) -> str:
        return wished_language(self.headers.get(b"accept-language", b""))

    def _id_of(self, kind: str) -> UUID:
        if self.owner.kind != kind:
            raise NotForThisOwner(whose=WHOSE[kind])
        return self.owner.id


def _nothing() -> UUID:
    raise ThingUnknown()


def as_json(status: int, shown: Any) -> Answer:
    return Answer(status, encode(shown))


def wished_language(header: bytes) -> str:
    """Chinese when it is wished for before English, else English: software reads codes, its makers read this."""
    best, language = 0.0, ENGLISH
    for part in header[:200].decode("latin-1").split(","):
        name, _, quality = part.strip().lower().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > best and name[:2] in ("zh", "en"):
            best, language = weight, CHINESE if name.startswith("zh") else ENGLISH
    return language
