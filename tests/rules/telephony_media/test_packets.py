"""RTP, events and RTCP: what holds together is read, the rest is None, and nothing ever raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.adapters.telephony.media.packets import (
    KEYS,
    Heard,
    KeyEvent,
    RtpPacket,
    is_rtcp,
    key_event,
    ntp_middle,
    parse_key_event,
    parse_rtcp,
    parse_rtp,
    report_of,
    rtp_header,
)

PLAIN = rtp_header(0, 7, 160, 99) + b"sound"
TABLE = {
    "plain": (PLAIN, b"sound"),
    "no sound": (PLAIN[:12], b""),
    "two contributing sources": (b"\x82" + PLAIN[1:12] + bytes(8) + b"sound", b"sound"),
    "header extension": (b"\x90" + PLAIN[1:12] + b"\xbe\xde\x00\x01" + bytes(4) + b"sound", b"sound"),
    "empty header extension": (b"\x90" + PLAIN[1:12] + b"\xbe\xde\x00\x00" + b"sound", b"sound"),
    "padding": (b"\xa0" + PLAIN[1:] + b"\0\0\3", b"sound"),
    "padding only": (b"\xa0" + PLAIN[1:12] + b"\0\0\3", b""),
    "all of them": (b"\xb1" + PLAIN[1:12] + bytes(4) + b"\0\0\0\1" + bytes(4) + b"sound" + b"\1", b"sound"),
}
BROKEN = {
    "nothing": b"",
    "a byte short": PLAIN[:11],
    "version 1": b"\x40" + PLAIN[1:],
    "sources beyond the end": b"\x8f" + PLAIN[1:],
    "extension beyond the end": b"\x90" + PLAIN[1:12] + b"\xbe\xde\xff\xff",
    "extension cut": b"\x90" + PLAIN[1:12] + b"\xbe",
    "padding of nothing": b"\xa0" + PLAIN[1:] + b"\0",
    "more padding than packet": b"\xa0" + PLAIN[1:] + b"\xff",
}


@pytest.mark.parametrize("name", TABLE)
def test_a_packet_is_stripped_to_its_sound(name: str) -> None:
    packet, payload = TABLE[name]
    assert parse_rtp(packet) == RtpPacket(0, False, 7, 160, 99, payload)


@pytest.mark.parametrize("name", BROKEN)
def test_what_does_not_hold_together_is_nothing(name: str) -> None:
    assert parse_rtp(BROKEN[name]) is None


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_without_an_exception(noise: bytes) -> None:
    for packet in (noise, b"\x80" + noise, b"\xbf" + noise, b"\x81\xc8" + noise, b"\x9f\xc9" + noise):
        read = parse_rtp(packet)
        assert read is None or (len(read.payload) <= len(packet) - 12 and read.payload in packet)
        parse_rtcp(packet)
        parse_key_event(packet)
        is_rtcp(packet)


@given(
    st.integers(0, 127),
    st.integers(0, 65535),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
    st.binary(max_size=480),
)
@settings(deadline=None)
def test_what_is_written_is_read(kind: int, sequence: int, stamp: int, source: int, sound: bytes) -> None:
    packet = rtp_header(kind, sequence, stamp, source, marker=True) + sound
    assert parse_rtp(packet) == RtpPacket(kind, True, sequence, stamp, source, sound)


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_written_and_read(key: str) -> None:
    assert parse_key_event(key_event(key, 800, ended=True)) == KeyEvent(key, True, 800)


@pytest.mark.parametrize("payload", [b"", b"\1\2\3", b"\x10\x80\0\0", b"\xff\0\0\0"])
def test_flash_tones_and_stumps_are_no_keys(payload: bytes) -> None:
    assert parse_key_event(payload) is None


@given(st.integers(-(2**23), 2**23 - 1), st.integers(0, 255), st.integers(0, 2**31), st.floats(0, 4e9))
@settings(deadline=None)
def test_a_report_says_what_was_meant(lost: int, fraction: int, jitter: int, moment: float) -> None:
    heard = Heard(77, fraction / 256, lost, 70000, jitter, 5, 6)
    packet = report_of(42, moment, 160, 3, 480, heard, b"somebody")
    assert is_rtcp(packet)
    assert len(packet) % 4 == 0
    (report,) = parse_rtcp(packet)
    (block,) = report.blocks
    assert (report.source, report.ntp_middle) == (42, ntp_middle(moment))
    assert (block.about, block.lost, block.jitter) == (77, lost, jitter)
    assert (block.fraction_lost, block.last_report, block.since_last_report) == (fraction / 256, 5, 6)


def test_a_report_that_is_cut_off_is_left_out() -> None:
    whole = report_of(42, 1e9, 160, 3, 480, Heard(77, 0, 0, 1, 0), b"x")
    assert parse_rtcp(whole[:40]) == []
    assert parse_rtcp(b"\x9f" + whole[1:]) == []


def test_sound_is_not_taken_for_a_report() -> None:
    assert not any(
        is_rtcp(rtp_header(kind, 1, 2, 3, marker=marker)) for kind in (0, 8, 13, 96, 101, 127) for marker in (0, 1)
    )
