"""Whether a key opens what is asked, from where it is asked, now."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from uuid import UUID

from walletdesk.foundation.errors import Refusal
from walletdesk.trust.api_keys.errors import (
    AddressNotListed,
    ApiKeyExpired,
    ApiKeyIsRevoked,
    ApiKeyUnknown,
    ScopeMissing,
)

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """``kind`` is ``merchant`` or ``customer``. As text it is the caller of idempotency keys: ``merchant:<uuid>``."""

    kind: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A key as the door judges it. ``networks`` empty: from anywhere."""

    id: UUID
    owner: KeyOwner
    mode: str
    hash: str
    scopes: frozenset[str]
    networks: tuple[Network, ...]
    expires_at: datetime | None
    revoked_at: datetime | None


def why_not(facts: KeyFacts | None, hash_given: str, address: str, moment: datetime) -> Refusal | None:
    """Why this key does not open the door, or None. In this order: ``ApiKeyUnknown`` (no such key, or another secret: one
    answer), ``ApiKeyIsRevoked``, ``ApiKeyExpired``, ``AddressNotListed``.
    """
    if facts is None or not hmac.compare_digest(facts.hash, hash_given):
        return ApiKeyUnknown()
    if facts.revoked_at is not None:
        return ApiKeyIsRevoked()
    if facts.expires_at is not None and facts.expires_at <= moment:
        return ApiKeyExpired()
    if facts.networks and not within(address, facts.networks):
        return AddressNotListed(address=address)
    return None


def why_not_scope(facts: KeyFacts, scope: str) -> Refusal | None:
    """``ScopeMissing``, or None."""
    return None if scope in facts.scopes else ScopeMissing(scope=scope)


def within(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address of the network lies in one of them. An IPv4 address in IPv6 clothes is the IPv4 address."""
    try:
        given: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(given, IPv6Address) and given.ipv4_mapped is not None:
        given = given.ipv4_mapped
    return any(given in network for network in networks)


def read_networks(texts: Iterable[str]) -> tuple[str, ...] | None:
    """Addresses and CIDR blocks in their one usual form, each once; None when one cannot be read or is everybody."""
    read: list[str] = []
    for text in texts:
        try:
            network = ip_network(text.strip(), strict=False)
        except ValueError:
            return None
        if network.prefixlen == 0:
            return None
        read.append(str(network))
    return tuple(dict.fromkeys(read))
