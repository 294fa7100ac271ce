"""RTP, telephone-events and RTCP as bytes: read with suspicion, written plainly. Pure (RFC 3550, RFC 4733).

Whatever does not hold together is None, never an exception: these bytes come from anybody who finds the port.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

SENDER_REPORT, RECEIVER_REPORT, SOURCE_DESCRIPTION, GOODBYE = 200, 201, 202, 203
NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970
_HEADER = struct.Struct(">BBHII")
_EVENT = struct.Struct(">BBH")
_BLOCK = struct.Struct(">IIIIII")
KEYS = "0123456789*#ABCD"


@dataclass(frozen=True, slots=True)
class RtpPacket:
    """One packet, stripped of contributing sources, header extension and padding."""

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    source: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One telephone-event of a key; ``duration`` in samples so far."""

    key: str
    ended: bool
    duration: int


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What the party says of one of our streams. ``lost`` may be negative: duplicates count as received."""

    about: int
    fraction_lost: float
    lost: int
    jitter: int
    last_report: int  # middle 32 bits of the NTP time of our last report, 0 if none came
    since_last_report: int  # in 1/65536 s


@dataclass(frozen=True, slots=True)
class Report:
    """One sender's or receiver's report; ``ntp_middle`` is 0 in a receiver's."""

    source: int
    ntp_middle: int
    blocks: tuple[ReportBlock, ...]


def parse_rtp(packet: bytes) -> RtpPacket | None:
    """The packet, or None where version, lengths or padding do not hold together."""
    if len(packet) < 12:
        return None
    first, second, sequence, timestamp, source = _HEADER.unpack_from(packet)
    if first >> 6 != 2:
        return None
    start, end = 12 + 4 * (first & 0x0F), len(packet)
    if first & 0x10:
        if end < start + 4:
            return None
        start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4], "big")
    if first & 0x20:
        padding = packet[-1]
        if not padding:
            return None
        end -= padding
    if start > end:
        return None
    return RtpPacket(second & 0x7F, bool(second & 0x80), sequence, timestamp, source, packet[start:end])


def rtp_header(payload_type: int, sequence: int, timestamp: int, source: int, *, marker: bool = False) -> bytes:
    return _HEADER.pack(0x80, payload_type | (marker << 7), sequence & 0xFFFF, timestamp & 0xFFFFFFFF, source)


def parse_key_event(payload: bytes) -> KeyEvent | None:
    """The key; None for flash and the tones above it, which are no keys, and for what is too short."""
    if len(payload) < 4:
        return None
    event, flags, duration = _EVENT.unpack_from(payload)
    return KeyEvent(KEYS[event], bool(flags & 0x80), duration) if event < len(KEYS) else None


def key_event(key: str, duration: int, *, ended: bool, volume: int = 10) -> bytes:
    return _EVENT.pack(KEYS.index(key), (ended << 7) | volume, min(duration, 0xFFFF))


def is_rtcp(packet: bytes | memoryview) -> bool:
    """RTCP that shares the port of the sound (RFC 5761): its second byte falls where no payload type of ours is."""
    return len(packet) >= 8 and packet[0] >> 6 == 2 and 192 <= packet[1] <= 223


def parse_rtcp(packet: bytes) -> list[Report]:
    """The reports of a compound packet, up to the first part that does not hold together."""
    found: list[Report] = []
    while len(packet) >= 8 and packet[0] >> 6 == 2:
        length = 4 + 4 * int.from_bytes(packet[2:4], "big")
        if length > len(packet):
            break
        report = _report(packet[:length])
        if report:
            found.append(report)
        packet = packet[length:]
    return found


def _report(part: bytes) -> Report | None:
    count, kind = part[0] & 0x1F, part[1]
    start = {SENDER_REPORT: 28, RECEIVER_REPORT: 8}.get(kind)
    if start is None or len(part) < start + 24 * count:
        return None
    source = int.from_bytes(part[4:8], "big")
    ntp_middle = int.from_bytes(part[10:14], "big") if kind == SENDER_REPORT else 0
    return Report(source, ntp_middle, tuple(_block(part[start + 24 * n :]) for n in range(count)))


def _block(at: bytes) -> ReportBlock:
    about, losses, _, jitter, last, since = _BLOCK.unpack_from(at)
    lost = losses & 0xFFFFFF
    return ReportBlock(about, (losses >> 24) / 256, lost - (1 << 24) if lost >> 23 else lost, jitter, last, since)


def ntp(moment: float) -> tuple[int, int]:
    """Seconds since 1970 as NTP's two words."""
    seconds = int(moment)
    return (seconds + NTP_EPOCH) & 0xFFFFFFFF, int((moment - seconds) * (1 << 32))


def ntp_middle(moment: float) -> int:
    seconds, fraction = ntp(moment)
    return ((seconds & 0xFFFF) << 16) | (fraction >> 16)


@dataclass(frozen=True, slots=True)
class Heard:
    """What we say of a stream that we receive."""

    source: int
    fraction_lost: float
    lost: int
    highest: int  # extended sequence number
    jitter: int
    last_report: int = 0
    since_last_report: int = 0


def report_of(
    source: int, moment: float, timestamp: int, packets: int, octets: int, heard: Heard | None, name: bytes
) -> bytes:
    """A sender's report with at most one block, and who we are; octets and packets wrap as the words do."""
    blocks = b""
    if heard:
        lost = max(-(1 << 23), min(heard.lost, (1 << 23) - 1)) & 0xFFFFFF
        fraction = max(0, min(int(heard.fraction_lost * 256), 255))
        blocks = _BLOCK.pack(
            heard.source,
            (fraction << 24) | lost,
            heard.highest & 0xFFFFFFFF,
            heard.jitter & 0xFFFFFFFF,
            heard.last_report,
            heard.since_last_report & 0xFFFFFFFF,
        )
    body = struct.pack(
        ">IIIIII", source, *ntp(moment), timestamp & 0xFFFFFFFF, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF
    )
    report = _part(SENDER_REPORT, 1 if heard else 0, body + blocks)
    item = struct.pack(">IBB", source, 1, len(name)) + name + b"\0"
    return report + _part(SOURCE_DESCRIPTION, 1, item + b"\0" * (-len(item) % 4))


def _part(kind: int, count: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0x80 | count, kind, len(body) // 4) + body
