"""Bytes from the network → a message written again by ourselves, with only the header fields that we use.

sippy reads generously, which is right for a proxy and wrong for a door. So a stranger's bytes never reach it: a message
is read strictly here (RFC 3261, with what RFC 4475 tries), and what is passed on is our own writing of it: long names,
one field a line, no folding, no field that nobody asked for, a body cut to its stated length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from walletdesk.adapters.telephony.sip.grammar import (
    DIGITS,
    TOKEN,
    VIA,
    parameters,
    read_address,
    read_uri,
    read_via,
    split_list,
)

LONGEST = 8_191  # the socket reads 8,192: a longer datagram arrives cut, and is not read at all
LONGEST_LINE = 4_096
MOST_FIELDS = 96
MOST_VIAS = 20
LARGEST_CSEQ = 2**31 - 1

LONG_NAMES = {
    "a": "accept-contact",
    "b": "referred-by",
    "c": "content-type",
    "d": "request-disposition",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "o": "event",
    "r": "refer-to",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
    "x": "session-expires",
}
LISTS = frozenset({"via", "route", "record-route", "contact", "require", "proxy-require"})
ONCE = ("from", "to", "call-id", "cseq")
AT_MOST_ONCE = frozenset({*ONCE, "max-forwards", "content-length", "content-type", "expires", "min-expires"})
PASSED_ON = frozenset(
    {
        *ONCE,
        *("via", "route", "record-route", "contact", "max-forwards", "content-type", "expires", "min-expires"),
        *("www-authenticate", "proxy-authenticate", "authorization", "proxy-authorization", "retry-after", "rseq"),
    }
)

_CALL_ID = re.compile(r"[A-Za-z0-9.!%*_+`'~()<>:\\\"/\[\]?{}-]+(@[A-Za-z0-9.!%*_+`'~()<>:\\\"/\[\]?{}-]+)?\Z")
_PLAIN_NAME = re.compile(r'"?([A-Za-z0-9+][A-Za-z0-9+ ._-]{0,63}?)"?[ \t]*<')
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Unreadable(Exception):
    """Not a message that we take. ``status`` 0: not worth an answer; otherwise it is owed to ``fields`` (raw)."""

    def __init__(self, status: int, why: str, fields: tuple[tuple[str, str], ...] = (), method: str = "") -> None:
        super().__init__(why)
        self.status, self.why, self.fields, self.method = status, why, fields, method


@dataclass(frozen=True, slots=True)
class Message:
    """A request (``status`` 0, ``start`` its URI) or a response (``start`` its reason)."""

    method: str
    status: int
    start: str
    fields: tuple[tuple[str, str], ...]  # long lower-case name, value
    body: str

    def first(self, name: str) -> str:
        return next((value for known, value in self.fields if known == name), "")

    def every(self, name: str) -> list[str]:
        return [value for known, value in self.fields if known == name]

    @property
    def in_dialog(self) -> bool:
        return "tag" in parameters(read_address(self.first("to"))[1])

    def written(self) -> bytes:
        """The message as sippy gets it."""
        start = (
            f"SIP/2.0 {self.status} {self.start}" if self.status else f"{self.method} {_plain_uri(self.start)} SIP/2.0"
        )
        lines = [start, *(f"{name}: {_tidy(name, value)}" for name, value in self.fields if name in PASSED_ON)]
        body = self.body.encode("ascii", "replace").decode()  # sippy counts characters where the standard counts octets
        lines.append(f"content-length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def read(datagram: bytes) -> Message:
    """The message in these bytes; ``Unreadable`` otherwise."""
    if len(datagram) > LONGEST:
        raise Unreadable(0, "too long")
    head, body = _head_and_body(datagram)
    start, *lines = head.split("\n")
    fields = _fields(lines)
    method, status, target = _start(start, fields)
    _check_fields(fields, method, status)
    text = _body(fields, body, method)
    if not status:
        _check_request(target, fields, method)
    return Message(method, status, target, tuple(fields), text)


def _plain_uri(text: str) -> str:
    uri = read_uri(text)
    port = f":{uri.port}" if uri.port else ""
    return f"sip:{uri.user}@{uri.host}{port}" if uri.user else f"sip:{uri.host}{port}"


def _tidy(name: str, value: str) -> str:
    """The same meaning in the one form that sippy reads for certain: a Via without spaces, a name only when it is plain."""
    if name == "via":
        hop = VIA.match(value)
        assert hop, "checked before"
        return f"SIP/2.0/{hop[1].upper()} {_closed_up(hop[2] + hop[3])}"
    if name in ("from", "to", "contact", "route", "record-route") and value != "*":
        uri, after = read_address(value)
        return f"{_plain_name(value)}<{uri}>{_closed_up(after)}"
    return value


def _closed_up(text: str) -> str:
    return text.replace(" ", "").replace("\t", "")


def _plain_name(value: str) -> str:
    name = _PLAIN_NAME.match(value)
    return f'"{name[1]}" ' if name else ""


def _head_and_body(datagram: bytes) -> tuple[str, bytes]:
    datagram = datagram.lstrip(b"\r\n")
    head, gap, body = datagram.partition(b"\r\n\r\n")
    if not gap:
        head = head.removesuffix(b"\r\n")
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text, bad = head.decode(errors="replace"), True
    else:
        bad = "\ufffd" in text
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if bad or "\r" in text or any(_CONTROL.search(line) for line in lines):
        raise Unreadable(400, "Bad Characters", tuple(_rescued(lines[1:])), lines[0].split(" ")[0])
    if not gap and "\n\n" in text:
        raise Unreadable(0, "lines end in LF")
    return text, body


def _rescued(lines: list[str]) -> list[tuple[str, str]]:
    """What can be told of a message that cannot be read, so that it can be refused by name."""
    clean = [line for line in lines if not _CONTROL.search(line) and "\r" not in line and "\ufffd" not in line]
    try:
        return _fields(clean)
    except Unreadable:
        return []


def _fields(lines: list[str]) -> list[tuple[str, str]]:
    unfolded: list[str] = []
    for line in lines:
        if line[:1] in (" ", "\t"):
            if not unfolded:
                raise Unreadable(400, "Folded Start")
            unfolded[-1] += " " + line.strip()
        elif line:
            unfolded.append(line)
    if len(unfolded) > MOST_FIELDS or any(len(line) > LONGEST_LINE for line in unfolded):
        raise Unreadable(0, "too many or too long fields")
    fields: list[tuple[str, str]] = []
    for line in unfolded:
        name, colon, value = line.partition(":")
        name = name.rstrip(" \t").lower()
        if not colon or not TOKEN.match(name):
            raise Unreadable(400, "Bad Header Field", tuple(fields))
        name, value = LONG_NAMES.get(name, name), value.strip(" \t")
        fields += [(name, part) for part in split_list(value)] if name in LISTS else [(name, value)]
    return fields


def _start(line: str, fields: list[tuple[str, str]]) -> tuple[str, int, str]:
    """Method, status, and URI or reason."""
    if line.upper().startswith("SIP/"):
        version, _, rest = line.partition(" ")
        code, _, reason = rest.partition(" ")
        if version.upper() != "SIP/2.0" or len(code) != 3 or not code.isascii() or not code.isdigit():
            raise Unreadable(0, "a response of no kind that we know")
        if not 100 <= int(code) <= 699:
            raise Unreadable(0, "no such status")
        return _cseq_method(fields), int(code), reason[:100] or "-"
    parts = line.split(" ")
    method = parts[0]
    if not TOKEN.match(method) or len(method) > 64:
        raise Unreadable(0, "not a request")
    if not parts[-1].upper().startswith("SIP/") and len(parts) == 3:
        raise Unreadable(0, "not SIP")
    if len(parts) != 3:
        raise Unreadable(400, "Bad Request Line", tuple(fields), method)
    if parts[2].upper() != "SIP/2.0":
        raise Unreadable(0, "another version of SIP")
    return method, 0, parts[1]


def _cseq_method(fields: list[tuple[str, str]]) -> str:
    return next((value.split()[-1] for name, value in fields if name == "cseq" and value.split()), "")


def _check_fields(fields: list[tuple[str, str]], method: str, status: int) -> None:
    """What requests and responses must both have. A response that is wrong is never answered."""

    def refuse(why: str) -> None:
        raise Unreadable(0 if status else 400, why, tuple(fields), method)

    names = [name for name, _ in fields]
    values = dict(reversed(fields))
    for name in AT_MOST_ONCE:
        if names.count(name) > 1:
            refuse(f"Repeated {name.title()}")
    for name in (*ONCE, "via"):
        if not values.get(name):
            refuse(f"Missing {name.title()}")
    if names.count("via") > (1 if status else MOST_VIAS):
        refuse("Too Many Via")
    if not all(read_via(value) for name, value in fields if name == "via"):  # a quoted comma would part it in two
        refuse("Bad Via")
    number, _, named = values["cseq"].partition(" ")
    if not DIGITS.match(number) or int(number) > LARGEST_CSEQ or named.strip() != method:
        refuse("Bad CSeq")
    if not _CALL_ID.match(values["call-id"]) or len(values["call-id"]) > 256:
        refuse("Bad Call-ID")
    for name in ("from", "to"):
        _check_address(values[name], refuse)
    if not parameters(read_address(values["from"])[1]).get("tag"):
        refuse("No Tag In From")
    for name in ("max-forwards", "expires", "min-expires"):
        value = values.get(name)
        if value is not None and (
            not DIGITS.match(value) or int(value) > (255 if name == "max-forwards" else 2**32 - 1)
        ):
            refuse(f"Bad {name.title()}")
    for name in ("contact", "route", "record-route"):
        for value in [value for known, value in fields if known == name]:
            if not (status == 200 and name == "contact" and value == "*"):
                _check_address(value, refuse)


def _check_address(value: str, refuse: Callable[[str], None]) -> None:
    try:
        uri, after = read_address(value)
        parameters(after)
        read_uri(uri)
    except ValueError:
        refuse("Bad Address")


def _check_request(target: str, fields: list[tuple[str, str]], method: str) -> None:
    scheme = target.partition(":")[0].lower()
    if TOKEN.match(scheme) and ":" in target and scheme not in ("sip", "sips", "tel"):
        raise Unreadable(416, "Unsupported URI Scheme", tuple(fields), method)
    try:
        uri = read_uri(target)
    except ValueError:
        raise Unreadable(400, "Bad Request-URI", tuple(fields), method) from None
    if uri.scheme == "tel" or "?" in target:
        raise Unreadable(416 if uri.scheme == "tel" else 400, "Bad Request-URI", tuple(fields), method)


def _body(fields: list[tuple[str, str]], body: bytes, method: str) -> str:
    stated = next((value for name, value in fields if name == "content-length"), None)
    if stated is not None:
        if not DIGITS.match(stated) or int(stated) > len(body):
            raise Unreadable(400, "Bad Content-Length", tuple(fields), method)
        body = body[: int(stated)]
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Unreadable(400, "Bad Characters", tuple(fields), method) from None
    if "\x00" in text:
        raise Unreadable(400, "Bad Characters", tuple(fields), method)
    return text
