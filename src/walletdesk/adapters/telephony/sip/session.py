"""Descriptions of sound (SDP), theirs read and ours written: G.711 either way, RFC 4733 events, one audio stream.

What we do not take is refused with the status that the call gets: 400 when it cannot be read, 488 when it offers nothing
that we can do (no audio, only SRTP or Opus, a name instead of an address, IPv6, a multicast group).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from typing import Literal

Codec = Literal["PCMU", "PCMA"]
Direction = Literal["sendrecv", "sendonly", "recvonly", "inactive"]

LONGEST = 4_000
EVENTS = 101  # our own offer's payload type for telephone-event
_FIXED: dict[int, Codec] = {0: "PCMU", 8: "PCMA"}
_NUMBERS = {"PCMU": 0, "PCMA": 8}
_FROM_US: dict[Direction, Direction] = {"sendonly": "recvonly", "recvonly": "sendonly"}
_MEDIA = re.compile(r"([A-Za-z]{1,16}) ([0-9]{1,5})(?:/[0-9]+)? ([A-Za-z0-9/]{1,32}) ([^\r\n]{1,400})\Z")
_MAP = re.compile(r"rtpmap:([0-9]{1,3})[ \t]+([A-Za-z0-9-]+)/([0-9]+)(?:/1)?[ \t]*\Z", re.IGNORECASE)


class NotAcceptable(Exception):
    """``status`` is 400 or 488; ``why`` goes into the Warning field."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True, slots=True)
class Description:
    """What the other side said of its sound, as far as it is ours to know."""

    host: str
    port: int
    codec: Codec
    payload_type: int
    events: int | None  # payload type of telephone-event
    ptime: int
    direction: Direction
    streams: tuple[str, ...] = ("audio",)  # the m= lines' kind and protocol, to refuse the others by name
    chosen: int = 0  # which of them is ours

    @property
    def held(self) -> bool:
        """They do not want to hear us: on hold, said the new way or the old (0.0.0.0)."""
        return self.direction in ("sendonly", "inactive") or self.host == "0.0.0.0"  # noqa: S104 — the old sign of hold

    @property
    def they_send(self) -> bool:
        return self.direction in ("sendrecv", "sendonly") and self.host != "0.0.0.0"  # noqa: S104 — as above


@dataclass(frozen=True, slots=True)
class Ours:
    """Where we hear, under which number of session; ``version`` counts our descriptions of it."""

    host: str
    port: int
    session: int
    version: int = 1


@dataclass(slots=True)
class _Stream:
    kind: str
    port: int
    protocol: str
    formats: list[str]
    connection: str
    attributes: list[str]


def read_description(text: str) -> Description:
    """Their offer or answer."""
    common, streams = _streams(text)
    for index, stream in enumerate(streams):
        if stream.kind == "audio" and stream.port and stream.protocol.upper() == "RTP/AVP":
            return _described(
                stream, common, tuple(f"{one.kind} {one.protocol} {one.formats[0]}" for one in streams), index
            )
    raise NotAcceptable(488, "No plain audio stream")


def _streams(text: str) -> tuple[list[str], list[_Stream]]:
    if len(text) > LONGEST:
        raise NotAcceptable(400, "Description too long")
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if not lines or lines[0] != "v=0" or any(len(line) < 2 or line[1] != "=" for line in lines):
        raise NotAcceptable(400, "Not a session description")
    if not any(line.startswith("o=") for line in lines) or len([line for line in lines if line.startswith("m=")]) > 16:
        raise NotAcceptable(400, "Not a session description")
    common: list[str] = []
    streams: list[_Stream] = []
    connection = ""
    for line in lines:
        kind, value = line[0], line[2:]
        if kind == "m":
            found = _MEDIA.match(value)
            if not found:
                raise NotAcceptable(400, "Bad media line")
            streams.append(_Stream(found[1].lower(), int(found[2]), found[3], found[4].split(), connection, []))
        elif kind == "c" and streams:
            streams[-1].connection = value
        elif kind == "c":
            connection = value
        elif kind == "a":
            (streams[-1].attributes if streams else common).append(value)
    return common, streams


def _described(stream: _Stream, common: list[str], streams: tuple[str, ...], chosen: int) -> Description:
    if stream.port > 65_535:
        raise NotAcceptable(400, "Bad port")
    codec, number = _codec(stream)
    events = next((number for number, name, rate in _maps(stream) if name == "telephone-event" and rate == 8000), None)
    return Description(
        _host(stream.connection),
        stream.port,
        codec,
        number,
        events,
        _ptime(stream),
        _direction(stream, common),
        streams,
        chosen,
    )


def _maps(stream: _Stream) -> list[tuple[int, str, int]]:
    found = [_MAP.match(attribute) for attribute in stream.attributes]
    offered = set(stream.formats)
    return [
        (int(one[1]), one[2].lower(), int(one[3])) for one in found if one and one[1] in offered and int(one[1]) < 128
    ]


def _codec(stream: _Stream) -> tuple[Codec, int]:
    """The first that they name and we speak: by the fixed numbers, or by a number of their own."""
    named = {number: (name, rate) for number, name, rate in _maps(stream)}
    for text in stream.formats:
        if not text.isascii() or not text.isdigit() or int(text) > 127:
            continue
        number = int(text)
        fixed = _FIXED.get(number)
        name, rate = named.get(number, (fixed.lower() if fixed else "", 8000))
        for codec in ("PCMU", "PCMA"):
            if name == codec.lower() and rate == 8000:
                return codec, number  # type: ignore[return-value]
    raise NotAcceptable(488, "Neither PCMU nor PCMA")


def _host(connection: str) -> str:
    parts = connection.split()
    if len(parts) != 3 or parts[0] != "IN":
        raise NotAcceptable(400, "Bad connection line")
    try:
        address = IPv4Address(parts[2].partition("/")[0] if parts[1] == "IP4" else "")
    except ValueError:
        raise NotAcceptable(488, "Not an IPv4 address") from None
    if address.is_multicast or str(address) == "255.255.255.255":
        raise NotAcceptable(488, "Not one party's address")
    return str(address)


def _ptime(stream: _Stream) -> int:
    for attribute in stream.attributes:
        name, _, value = attribute.partition(":")
        if name.lower() == "ptime" and value.strip().isascii() and value.strip().isdigit():
            asked = int(value)
            return asked if asked in (10, 20, 30, 40, 50, 60) else 20
    return 20


def _direction(stream: _Stream, common: list[str]) -> Direction:
    """The stream's own word before the session's."""
    for attribute in [*stream.attributes, *common]:
        if attribute in ("sendrecv", "sendonly", "recvonly", "inactive"):
            return attribute  # type: ignore[return-value]
    return "sendrecv"


def write_answer(theirs: Description, ours: Ours) -> str:
    """Our side of what was agreed; every stream that is not ours is declined in its place."""
    lines = _head(ours)
    for index, stream in enumerate(theirs.streams):
        if index == theirs.chosen:
            direction = _FROM_US.get(theirs.direction, theirs.direction)
            lines += _audio(ours, [(theirs.payload_type, theirs.codec)], theirs.events, theirs.ptime, direction)
        else:
            kind, protocol, first = stream.split(" ", 2)
            lines.append(f"m={kind} 0 {protocol} {first}")
    return "\r\n".join([*lines, ""])


def write_offer(ours: Ours, *, like: Description | None = None) -> str:
    """Our own offer: both codecs; inside a call (``like``) only what was agreed, so that nothing changes under it."""
    if like:
        return write_answer(replace(like, direction="sendrecv"), ours)
    return "\r\n".join([*_head(ours), *_audio(ours, [(0, "PCMU"), (8, "PCMA")], EVENTS, 20, "sendrecv"), ""])


def _head(ours: Ours) -> list[str]:
    origin = f"o=- {ours.session} {ours.version} IN IP4 {ours.host}"
    return ["v=0", origin, "s=-", f"c=IN IP4 {ours.host}", "t=0 0"]


def _audio(
    ours: Ours, codecs: list[tuple[int, Codec]], events: int | None, ptime: int, direction: Direction
) -> list[str]:
    numbers = [number for number, _ in codecs] + ([events] if events is not None else [])
    lines = [f"m=audio {ours.port} RTP/AVP {' '.join(map(str, numbers))}"]
    lines += [f"a=rtpmap:{number} {codec}/8000" for number, codec in codecs]
    if events is not None:
        lines += [f"a=rtpmap:{events} telephone-event/8000", f"a=fmtp:{events} 0-15"]
    return [*lines, f"a=ptime:{ptime}", f"a={direction}"]
