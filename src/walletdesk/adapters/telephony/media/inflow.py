"""What comes in: packets of all legs to their jitter buffers, their figures and their keys.

Plain packets (no padding, no extension, the agreed type) stay in the array they were received in. The others are read
one by one by ``packets.parse_rtp`` and, if they are sound after all, laid back into their row as plain ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from walletdesk.adapters.telephony.media import g711
from walletdesk.adapters.telephony.media.concealment import Slots
from walletdesk.adapters.telephony.media.digits import Told
from walletdesk.adapters.telephony.media.g711 import Samples
from walletdesk.adapters.telephony.media.jitter import JitterBuffers
from walletdesk.adapters.telephony.media.legs import Leg
from walletdesk.adapters.telephony.media.packets import RtpPacket, is_rtcp, parse_key_event, parse_rtp, rtp_header
from walletdesk.adapters.telephony.media.reception import Reception
from walletdesk.adapters.telephony.media.wires import Batch

HEADER = 12
LONGEST = 480  # samples of one packet
NO_TYPE = 255


class Inflow:
    """Reads batches; ``keys``, ``pressing``, ``begun`` and ``reports`` hold what the tick has to look at afterwards."""

    def __init__(self, slots: int) -> None:
        self.buffers = JitterBuffers(slots)
        self.reception = Reception(slots)
        self.codec = np.zeros(slots, dtype=np.intp)
        self.payload_type = np.full(slots, NO_TYPE, dtype=np.uint8)
        self.stream = np.zeros(slots, dtype=np.uint32)
        self._has_stream = np.zeros(slots, dtype=bool)
        self.last_heard = np.zeros(slots, dtype=np.float64)
        self.keys: list[tuple[Leg, Told]] = []
        self.pressing: set[Leg] = set()  # whose key is down, or was until a moment ago
        self.begun: list[Leg] = []
        self.reports: list[tuple[Leg, bytes]] = []

    def open(self, slot: int) -> None:
        """A new leg in this slot."""
        self.buffers.reset(slot)
        self.buffers.late[slot] = 0
        self.reception.reset(slot)
        self.payload_type[slot] = NO_TYPE
        self._has_stream[slot] = False

    def take(self, batch: Batch, moment: float) -> None:
        heads = batch.rows[:, :HEADER]
        plain = (heads[:, 0] == 0x80) & ((heads[:, 1] & 0x7F) == self.payload_type[batch.slots])
        plain &= (batch.lengths > HEADER) & (batch.lengths <= HEADER + LONGEST)
        for row in np.flatnonzero(~plain):
            plain[row] = self._odd(batch, int(row), moment)
        if not plain.all():
            legs = [leg for leg, kept in zip(batch.legs, plain, strict=True) if kept]
            batch = Batch(legs, batch.slots[plain], batch.rows[plain], batch.lengths[plain])
        if batch.legs:
            self._sound(batch, moment)

    def read(self, slots: Slots) -> Samples:
        return self.buffers.read(slots)

    def _sound(self, batch: Batch, moment: float) -> None:
        slots, lengths = batch.slots, batch.lengths - HEADER
        heads = np.ascontiguousarray(batch.rows[:, :HEADER])
        sequences = heads[:, 2:4].copy().view(">u2")[:, 0].astype(np.uint16)
        stamps = heads[:, 4:8].copy().view(">u4")[:, 0].astype(np.uint32)
        self._follow_streams(batch, heads[:, 8:12].copy().view(">u4")[:, 0].astype(np.uint32))
        self.reception.note(slots, sequences, stamps, int(moment * 8000))
        samples = g711.decode(batch.rows[:, HEADER : HEADER + int(lengths.max())], self.codec[slots])
        self.buffers.put(slots, stamps, samples, lengths)
        self.last_heard[slots] = moment

    def _follow_streams(self, batch: Batch, streams: npt.NDArray[np.uint32]) -> None:
        """A believed party that changes its stream (SSRC) is followed: transfers and gateways do that."""
        changed = ~self._has_stream[batch.slots] | (self.stream[batch.slots] != streams)
        for row in np.flatnonzero(changed):
            self._new_stream(batch.legs[row], int(streams[row]))

    def _new_stream(self, leg: Leg, stream: int) -> None:
        if self._has_stream[leg.slot]:
            self.buffers.reset(leg.slot)
            self.reception.new_stream(leg.slot)
            self.keys += [(leg, told) for told in leg.presses.new_stream()]
        else:
            self.begun.append(leg)
        self.stream[leg.slot], self._has_stream[leg.slot] = stream, True

    def _odd(self, batch: Batch, row: int, moment: float) -> bool:
        """A packet that is not plain: is its row sound now?"""
        leg, packet = batch.legs[row], bytes(batch.rows[row, : batch.lengths[row]])
        if is_rtcp(packet):
            self.reports.append((leg, packet))
            return False
        read = parse_rtp(packet)
        if read is None:
            return False
        if read.payload_type == leg.event_payload_type:
            self._key(leg, read, moment)
            return False
        if read.payload_type != self.payload_type[leg.slot] or not 0 < len(read.payload) <= LONGEST:
            return False
        laid = rtp_header(read.payload_type, read.sequence, read.timestamp, read.source) + read.payload
        batch.rows[row, : len(laid)] = np.frombuffer(laid, dtype=np.uint8)
        batch.lengths[row] = len(laid)
        return True

    def _key(self, leg: Leg, read: RtpPacket, moment: float) -> None:
        """An event has a place in the stream's numbering, and none in its sound."""
        event = parse_key_event(read.payload)
        if not self._has_stream[leg.slot] or self.stream[leg.slot] != read.source:
            self._new_stream(leg, read.source)
        self.reception.number(np.array([leg.slot]), np.array([read.sequence], dtype=np.uint16))
        self.last_heard[leg.slot] = moment
        if event:
            self.pressing.add(leg)
            self.keys += [(leg, told) for told in leg.presses.event(read.timestamp, event, moment)]
