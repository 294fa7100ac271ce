"""The small parts of which bodies and answers are made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

LARGEST = 10**13
AssetCode = Annotated[
    str,
    Meta(pattern="^[A-Z][A-Z0-9]{2,11}$", description="ISO 4217, or an asset of this house", examples=["CNY", "XTS"]),
]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339, in UTC")]
Id = Annotated[UUID, Meta(description="A UUID; nothing can be read from it")]
Note = Annotated[str, Meta(max_length=140)]


class Money(msgspec.Struct, frozen=True):
    """A sum in whole minor units (3800 is 38.00 in CNY) of an asset."""

    minor: int
    asset: str


class Sum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sum that moves: above zero, in whole minor units of an asset."""

    minor: Annotated[int, Meta(ge=1, le=LARGEST, examples=[3800])]
    asset: AssetCode


class Said(msgspec.Struct, frozen=True):
    """A sentence in Chinese and in English."""

    zh: str
    en: str


class Listing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of every list."""

    limit: Annotated[int, Meta(ge=1, le=200, description="How many at most")] = 50
    cursor: (
        Annotated[str, Meta(min_length=1, max_length=200, description="`next_cursor` of the page before")] | None
    ) = None


class Problem(msgspec.Struct, frozen=True):
    """RFC 9457. `code` is stable; `title`, `detail`, `money` and `next` are for people, in the language of `Accept-Language`;
    `words` has them in both.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    money: str
    next: str
    words: dict[str, dict[str, str]]
    instance: str
    data: dict[str, Any]
    errors: list[Misfit] | msgspec.UnsetType = msgspec.UNSET


class Misfit(msgspec.Struct, frozen=True):
    """Where in the request something is not as described, and what."""

    at: str
    says: str


class Unknown(msgspec.Struct, frozen=True):
    """Nobody knows yet what became of the request: ask `status_url`, and never guess."""

    state: str
    status_url: str
