"""Which addresses we call when somebody else names them; pure.

A receiver is a public machine behind https. What an address says is judged when it is given (``objection``), and what its
name resolves to is judged again at each connection (``is_public``), because a name can point elsewhere a moment later.

What is not public follows the IANA registries of special-purpose addresses (RFC 6890 and what updates it; read 2026-11).
They are listed here and not asked of ``ipaddress.is_global``, whose answer differs between releases of Python.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2000
LOWEST_FREE_PORT = 1024
"""Below it only 443 is called: nobody makes us speak to a mail or database server."""

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+", re.ASCII)
_SPECIAL_NAMES = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "arpa",
    "onion",
    "alt",
)
_TEST_NAMES = ("invalid", "test")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def is_public(ip: str) -> bool:
    """Whether an address, in the form that a resolver gives, is of the public Internet.

    is_public("93.184.216.34")          True
    is_public("::ffff:127.0.0.1")       False: what it carries is judged
    is_public("64:ff9b::a00:1")         False: 10.0.0.1 behind NAT64 (RFC 6052)
    """
    try:
        address: Ip = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        if address in _MAPPED or address in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        return address in _PUBLIC_6 and not any(address in one for one in _NOT_PUBLIC_6)
    return not any(address in one for one in _NOT_PUBLIC_4)


def is_loopback(ip: str) -> bool:
    """``127.0.0.0/8`` or ``::1``, and nothing that only carries one of them."""
    try:
        return ipaddress.ip_address(ip).is_loopback and "ffff" not in ip
    except ValueError:
        return False


def objection(address: str, *, loopback: bool = False) -> str:
    """Why an address is never called, in one word; empty when it may be tried. In the order tried:

    unreadable (not ASCII, a blank or control sign, a backslash, no URL), too_long, scheme (not https), user (a name or
    password in it), fragment, port, host (not a name with a dot, not a plain IP), special_name (localhost, .internal …),
    not_public. ``loopback`` lets http and https to this machine through: for the demo and for tests.
    """
    there = _read(address)
    if there is None:
        return "unreadable"
    if len(address) > LONGEST:
        return "too_long"
    host, port = (there.hostname or ""), there.port
    here = loopback and host in LOOPBACK_NAMES
    if there.scheme != "https" and not (here and there.scheme == "http"):
        return "scheme"
    if "@" in there.netloc:
        return "user"
    if "#" in address:
        return "fragment"
    if here:
        return ""
    if port is not None and port != 443 and port < LOWEST_FREE_PORT:
        return "port"
    return _objection_to_host(host)


def _read(address: str) -> SplitResult | None:
    """The parts of a URL without any sign that two readers could understand in two ways."""
    if not address.isascii() or not address.isprintable() or any(sign in address for sign in ' \\<>"^`{|}'):
        return None
    try:
        there = urlsplit(address)
        return there if there.hostname and there.port != 0 and "%" not in there.netloc else None
    except ValueError:
        return None


def _objection_to_host(host: str) -> str:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return "" if is_public(host) else "not_public"
    last = host.rsplit(".", 1)[-1]
    if any(host == one or host.endswith(f".{one}") for one in (*_SPECIAL_NAMES, *_TEST_NAMES)):
        return "special_name"
    if not _NAME.fullmatch(host) or last.isdigit() or last.startswith("0x"):
        return "host"  # one label, an empty one, or an IP in a disguise that resolvers understand: 127.1, 0x7f.1, 2130706433
    return ""
