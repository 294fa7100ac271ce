"""Whose keys a shop's owner looks after: those of the shop (live) and those of its twin in play money (test)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import TypeVar

from walletdesk.foundation.errors import NotFound
from walletdesk.money.merchants.public import MemberView, twin_of
from walletdesk.money.merchants.public import test_twin as twin_made_if_missing
from walletdesk.trust.api_keys.public import KeyOwner, KeyView, LoggedRequest, key_view, logged_request

LIVE, TEST = "live", "test"
T = TypeVar("T")


def owners_of(member: MemberView) -> list[KeyOwner]:
    """The shop, then its twin if there is one already: reading makes nothing."""
    twin = twin_of(member.merchant_id)
    return [_shop(member.merchant_id), *([_shop(twin)] if twin else [])]


def owner_for(member: MemberView, mode: str) -> KeyOwner:
    """To whom a new key of this mode belongs; the first test key makes the twin."""
    return _shop(twin_made_if_missing(member.merchant_id).id if mode == TEST else member.merchant_id)


def own_key(member: MemberView, key_id: uuid.UUID) -> KeyView:
    """The key, if it is this shop's or its twin's; another's is not found."""
    return first_found(owners_of(member), lambda owner: key_view(key_id, owner))


def own_request(member: MemberView, request_id: uuid.UUID) -> tuple[KeyOwner, LoggedRequest]:
    """The logged request and whose it is; another's is not found."""
    return first_found(owners_of(member), lambda owner: (owner, logged_request(owner, request_id)))


def _shop(merchant_id: uuid.UUID) -> KeyOwner:
    return KeyOwner("merchant", merchant_id)


def first_found(owners: Iterable[KeyOwner], read: Callable[[KeyOwner], T]) -> T:
    """What ``read`` finds for one of these owners; its ``NotFound`` when it finds nothing for any."""
    missing: NotFound | None = None
    for owner in owners:
        try:
            return read(owner)
        except NotFound as not_found:
            missing = not_found
    raise missing or NotFound()
