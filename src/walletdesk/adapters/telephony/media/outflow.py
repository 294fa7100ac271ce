"""What goes out: coded sound of all legs as packets, and the keys that we press on them."""

from __future__ import annotations

import random
from contextlib import suppress

import numpy as np
import numpy.typing as npt

from walletdesk.adapters.telephony.media import g711
from walletdesk.adapters.telephony.media.concealment import FRAME, Slots
from walletdesk.adapters.telephony.media.digits import TONES
from walletdesk.adapters.telephony.media.g711 import Bytes, Samples
from walletdesk.adapters.telephony.media.legs import Leg
from walletdesk.adapters.telephony.media.packets import rtp_header

HEADER = 12
PLAIN_PTIME = 20
TONE_HEIGHT = 5000


class Senders:
    """The legs that are sent to, as lists and arrays; made anew when somebody comes, goes or changes packets."""

    def __init__(self, legs: list[Leg]) -> None:
        self.legs = legs
        self.slots = np.array([leg.slot for leg in legs], dtype=np.intp)
        self._plain = np.array([leg.ptime == PLAIN_PTIME for leg in legs], dtype=bool)

    def plain(self, keying: set[Leg]) -> npt.NDArray[np.bool_]:
        """Who gets one packet of 20 ms of sound now; ``keying`` are the legs on which we press keys."""
        if not keying:
            return self._plain
        return self._plain & np.array([leg not in keying for leg in self.legs], dtype=bool)


class Outflow:
    """Sequence, time and identity of each slot's own stream."""

    def __init__(self, slots: int) -> None:
        self.payload_type = np.zeros(slots, dtype=np.uint8)
        self.codec = np.zeros(slots, dtype=np.intp)
        self.sequence = np.zeros(slots, dtype=np.uint16)
        self.stamp = np.zeros(slots, dtype=np.uint32)
        self.stream = np.zeros(slots, dtype=np.uint32)
        self.packets = np.zeros(slots, dtype=np.int64)
        self.octets = np.zeros(slots, dtype=np.int64)
        self.keying: set[Leg] = set()

    def open(self, slot: int) -> None:
        """A stream of its own, beginning anywhere (RFC 3550, 5.1)."""
        self.sequence[slot] = random.getrandbits(16)
        self.stamp[slot] = random.getrandbits(32)
        self.stream[slot] = random.getrandbits(32)
        self.packets[slot] = self.octets[slot] = 0

    def skip(self, ticks: int) -> None:
        """Time passed in which nothing was sent."""
        self.stamp += np.uint32(ticks * FRAME & 0xFFFFFFFF)

    def send(self, senders: Senders, heard: npt.NDArray[np.int32]) -> None:
        """This tick's 20 ms of ``heard`` to each of these legs."""
        legs, slots = senders.legs, senders.slots
        if not legs:
            return
        samples = np.clip(heard[slots], -32768, 32767).astype(np.int16)
        coded = g711.encode(samples, self.codec[slots])
        plain = senders.plain(self.keying)
        if plain.all():
            self._send_plain(legs, slots, coded)
        else:
            some = [legs[row] for row in np.flatnonzero(plain)]
            self._send_plain(some, slots[plain], coded[plain])
            for row in np.flatnonzero(~plain):
                self._send_odd(legs[row], samples[row], coded[row])
        self.stamp[slots] += np.uint32(FRAME)

    def _send_plain(self, legs: list[Leg], slots: Slots, coded: Bytes) -> None:
        if not legs:
            return
        size = HEADER + FRAME
        packets = np.empty((len(legs), size), dtype=np.uint8)
        packets[:, 0] = 0x80
        packets[:, 1] = self.payload_type[slots] | ((self.packets[slots] == 0) << 7).astype(np.uint8)
        packets[:, 2:4] = _big_end(self.sequence[slots])
        packets[:, 4:8] = _big_end(self.stamp[slots])
        packets[:, 8:12] = _big_end(self.stream[slots])
        packets[:, HEADER:] = coded
        self.sequence[slots] += np.uint16(1)
        self.packets[slots] += 1
        self.octets[slots] += FRAME
        laid, at = memoryview(packets.tobytes()), 0
        for leg in legs:
            try:
                leg.give(laid[at : at + size], leg.target)  # type: ignore[arg-type]
            except OSError:
                leg.unsent += 1  # a full or unreachable wire loses a packet, as wires do
            at += size

    def _send_odd(self, leg: Leg, samples: Samples, coded: Bytes) -> None:
        """A leg whose key we press, or whose packets are of another length."""
        stamp = int(self.stamp[leg.slot])
        if leg in self.keying:
            events = leg.keying.step(stamp)
            if not leg.keying.busy:
                self.keying.discard(leg)
            if leg.event_payload_type is not None:
                for payload, marker in events:
                    self._send_one(leg, leg.event_payload_type, leg.keying.began, payload, marker=marker)
                if events:
                    return
            elif events:
                coded = g711.encode(_tone(leg, stamp)[None, :], self.codec[[leg.slot]])[0]
        waiting = leg.packed + coded.tobytes()
        began, size = stamp - len(leg.packed), leg.ptime * 8
        while len(waiting) >= size:
            self._send_one(leg, int(self.payload_type[leg.slot]), began, waiting[:size])
            waiting, began = waiting[size:], began + size
        leg.packed = waiting

    def _send_one(self, leg: Leg, payload_type: int, stamp: int, payload: bytes, *, marker: bool = False) -> None:
        slot = leg.slot
        header = rtp_header(payload_type, int(self.sequence[slot]), stamp, int(self.stream[slot]), marker=marker)
        self.sequence[slot] += np.uint16(1)
        self.packets[slot] += 1
        self.octets[slot] += len(payload)
        with suppress(OSError):
            leg.rtp.sendto(header + payload, leg.target)  # type: ignore[arg-type]


def _big_end(numbers: npt.NDArray[np.unsignedinteger]) -> Bytes:
    return numbers.astype(numbers.dtype.newbyteorder(">")).view(np.uint8).reshape(len(numbers), -1)


def _tone(leg: Leg, stamp: int) -> Samples:
    """The two tones of the key that is down, for a party that knows no events."""
    time = (np.arange(FRAME) + (stamp - leg.keying.began)) / 8000
    low, high = TONES[leg.keying.sounding]
    return (TONE_HEIGHT * (np.sin(2 * np.pi * low * time) + np.sin(2 * np.pi * high * time))).astype(np.int16)
