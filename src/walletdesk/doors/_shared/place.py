"""From which network address somebody comes: the peer's own, never what the peer says about itself.

Behind our own proxies (``WALLETDESK_BEHIND_PROXY``) each of them wrote one entry at the end of ``X-Forwarded-For``: the first
of theirs is the visitor. Whatever stands before it was written by the visitor and is not read. ``ALLAUTH_TRUSTED_PROXY_COUNT``
says how many proxies are ours, for allauth and for us.
"""

from __future__ import annotations

import functools
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

LOOPBACK = ("127.0.0.1", "::1")
ONE_SUBSCRIBER = 64
"""Whoever has one IPv6 address has all those that begin with the same 64 bits (as allauth counts, too)."""


def place_of(request: HttpRequest) -> str:
    """The network address, as text."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    return visitor(peer, request.headers.get("X-Forwarded-For", ""), settings.ALLAUTH_TRUSTED_PROXY_COUNT)


def counted_place_of(request: HttpRequest) -> str:
    """The address under which wrong passwords are counted: the first one of an IPv6 subscriber's block."""
    return counted_as(place_of(request)).partition("/")[0] or place_of(request)


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the visitor sits at the machine that serves the page; never true behind a proxy."""
    return not settings.ALLAUTH_TRUSTED_PROXY_COUNT and place_of(request) in LOOPBACK


def visitor(peer: str, forwarded_for: str, proxies: int) -> str:
    """Who came to the outermost of our proxies; the peer without a proxy, or when the proxies wrote nothing. Fewer entries
    than proxies were all written by ours: the first of them is as far as they saw.
    """
    if not proxies or not forwarded_for.strip():
        return peer
    entries = forwarded_for.split(",")
    return entries[-min(proxies, len(entries))].strip() or peer


@functools.lru_cache(10_000)
def plain_address(address: str) -> str:
    """An address in its one form, IPv4 in IPv6 clothes as IPv4; nothing for what is none."""
    try:
        read = ip_address(address)
    except ValueError:
        return ""
    return str((read.ipv4_mapped if isinstance(read, IPv6Address) else None) or read)


@functools.lru_cache(10_000)
def counted_as(address: str) -> str:
    """Under which name a stranger's tries are counted: the address, or the block of one IPv6 subscriber."""
    plain = plain_address(address)
    if ":" not in plain:
        return plain
    return str(ip_network((int(IPv6Address(plain)), ONE_SUBSCRIBER), strict=False))
