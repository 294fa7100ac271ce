"""The pieces of a message: lists, addresses, URIs, parameters, hops. Each reads strictly, and in one pass over its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address

TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]+\Z")
DIGITS = re.compile(r"[0-9]{1,10}\Z")
VIA = re.compile(
    r"SIP[ \t]*/[ \t]*2\.0[ \t]*/[ \t]*([A-Za-z0-9_-]{1,16})[ \t]+([^;]{1,300})((?:;.*)?)\Z", re.IGNORECASE
)
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,253})?\Z")


@dataclass(frozen=True, slots=True)
class Uri:
    scheme: str
    user: str
    host: str
    port: int | None


def split_list(value: str) -> list[str]:
    """The parts between commas that stand neither in quotes nor in angle brackets."""
    parts, start, quoted, angled, escaped = [], 0, False, False, False
    for at, letter in enumerate(value):
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = letter == "\\", letter != '"'
        elif letter == '"':
            quoted = True
        elif letter in "<>":
            angled = letter == "<"
        elif letter == "," and not angled:
            parts.append(value[start:at].strip())
            start = at + 1
    return [*parts, value[start:].strip()]


def read_address(value: str) -> tuple[str, str]:
    """The URI of ``"Name" <uri>;params`` or ``uri;params``, and what stands behind it. ``ValueError`` if neither."""
    rest = value
    if value.startswith('"'):
        at, end = 1, len(value)
        while at < end and value[at] != '"':
            at += 2 if value[at] == "\\" else 1
        if at >= end:
            raise ValueError("open quotes")
        rest = value[at + 1 :].lstrip()
        if not rest.startswith("<"):
            raise ValueError("a name without an address")
    before, angle, behind = rest.partition("<")
    if not angle:
        uri, semicolon, after = rest.partition(";")
        return uri.strip(), semicolon + after
    if any(letter in before for letter in '";,>:@'):
        raise ValueError("a name that needs quotes")
    uri, angle, after = behind.partition(">")
    after = after.strip()
    if not angle or (after and not after.startswith(";")):
        raise ValueError("open brackets")
    return uri, after


def parameters(text: str) -> dict[str, str]:
    """``;a=b;c`` → {"a": "b", "c": ""}. ``ValueError`` when a name repeats or is none."""
    found: dict[str, str] = {}
    for part in filter(None, text.split(";")):
        name, _, value = part.strip().partition("=")
        name = name.strip().lower()
        if not TOKEN.match(name) or name in found:
            raise ValueError("bad parameter")
        found[name] = value.strip()
    return found


def read_uri(text: str) -> Uri:
    """A sip, sips or tel URI. ``ValueError`` if it is none of them, or not clean."""
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower()
    if not colon or len(text) > 512 or any(letter in text for letter in ' \t<>"\\') or not text.isascii():
        raise ValueError("not a URI")
    if scheme == "tel":
        return Uri("tel", rest.partition(";")[0], "", None)
    if scheme not in ("sip", "sips"):
        raise ValueError("another scheme")
    user, at, where = rest.rpartition("@")
    place = where.partition("?")[0].partition(";")[0]
    host, port = _host_and_port(place)
    if at and (not user or "@" in user):
        raise ValueError("no user before the @")
    return Uri(scheme, user.partition(":")[0].partition(";")[0], host, port)


def _host_and_port(place: str) -> tuple[str, int | None]:
    if place.startswith("["):
        host, bracket, rest = place[1:].partition("]")
        IPv6Address(host)  # ValueError
        if not bracket or (rest and not rest.startswith(":")):
            raise ValueError("open bracket")
        host, port = f"[{host}]", rest[1:]
    else:
        host, _, port = place.partition(":")
        if not _HOST.match(host):
            raise ValueError("not a host")
    if ":" in place.rpartition("]")[2] and (not DIGITS.match(port) or not 0 < int(port) < 65_536):
        raise ValueError("not a port")
    return host, int(port) if port else None


def read_via(value: str) -> tuple[str, int, dict[str, str]] | None:
    """Host, port and parameters of the hop; None if it is not one."""
    hop = VIA.match(value)
    if not hop or '"' in value or "," in value:
        return None
    try:
        host, port = _host_and_port(hop[2].strip().replace(" ", ""))
        return host, port or 5060, parameters(hop[3])
    except ValueError:
        return None
