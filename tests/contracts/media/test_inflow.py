"""Packets in the array and packets read one by one are the same packets; noise leaves no trace."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.media.peers import decorated
from walletdesk.adapters.telephony.media.inflow import Inflow
from walletdesk.adapters.telephony.media.legs import Leg
from walletdesk.adapters.telephony.media.packets import KEYS, parse_rtp, rtp_header
from walletdesk.adapters.telephony.media.wires import ROW, Batch


@pytest.fixture(scope="module")
def leg() -> Iterator[Leg]:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtcp,
    ):
        yield Leg("a", 1, 4000, rtp, rtcp, 0.0, event_payload_type=101)


def taken(inflow: Inflow, leg: Leg, *packets: bytes) -> None:
    for packet in packets:
        rows = np.zeros((1, ROW), dtype=np.uint8)
        rows[0, : len(packet)] = np.frombuffer(packet, dtype=np.uint8)
        inflow.take(Batch([leg], np.array([1]), rows, np.array([len(packet)])), 1.0)


def opened(leg: Leg) -> Inflow:
    inflow = Inflow(2)
    inflow.open(1)
    inflow.payload_type[1] = 0
    return inflow


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 480), st.booleans()), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_padded_and_extended_packet_is_the_plain_one(leg: Leg, shapes: list[tuple[int, int, bool]]) -> None:
    one, two = opened(leg), opened(leg)
    for number, size, dressed in shapes:
        packet = rtp_header(0, number, number * 160, 9) + bytes(n % 251 for n in range(number, number + size))
        taken(one, leg, packet)
        taken(two, leg, decorated(packet) if dressed else packet)
    assert one.reception.received[1] == two.reception.received[1] == len(shapes)
    for _ in range(20):
        assert (one.read(np.array([1])) == two.read(np.array([1]))).all()


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_noise_is_never_sound(leg: Leg, noise: bytes) -> None:
    inflow = opened(leg)
    for packet in (noise, b"\x80" + noise, b"\x80\x00" + noise, b"\x80\x65" + noise, b"\xbf\x00" + noise):
        before = int(inflow.reception.received[1])
        taken(inflow, leg, packet)
        read = parse_rtp(packet)
        good = read is not None and (
            read.payload_type == 101 or (read.payload_type == 0 and 0 < len(read.payload) <= 480)
        )
        assert inflow.reception.received[1] - before == good
        inflow.reports.clear()
    inflow.read(np.array([1]))
    assert all(told.key in KEYS for _, told in inflow.keys)
