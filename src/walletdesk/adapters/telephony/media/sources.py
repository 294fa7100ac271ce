"""From whom a leg takes its sound: whom the signalling named, or whoever the first packets show, and nobody later. Pure.

A port that believes its latest sender hands a stranger the conversation (RTPbleed). So::

    from the address that was signalled       believed at once, and from then on alone
    from elsewhere, once somebody is believed dropped and counted
    from elsewhere, before that               believed after ten packets in a row of one stream, within three seconds
                                              of the signalling, and only as far as ``latch`` allows
    the signalled address speaks after all    it is believed instead
"""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.adapters.telephony.media.packets import parse_rtp
from walletdesk.adapters.telephony.media.words import Latch

Address = tuple[str, int]
WINDOW_SECONDS = 3.0
PACKETS_IN_A_ROW = 10


@dataclass(slots=True)
class SourceLock:
    """One leg's. ``source`` is who is believed; sound goes there, and to ``signalled`` until somebody is."""

    signalled: Address
    latch: Latch
    since: float
    source: Address | None = None
    _candidate: Address | None = None
    _stream: tuple[int, int] = (-1, -1)  # source identifier, next sequence number
    _row: int = 0

    def judge(self, address: Address, packet: bytes, moment: float) -> bool:
        """Is this packet believed?"""
        if address == self.source:
            return True
        if address == self.signalled:
            self.source = address
            return True
        if self.source is not None or not self._may_come_from(address) or moment - self.since > WINDOW_SECONDS:
            return False
        return self._watch(address, packet)

    @property
    def target(self) -> Address:
        return self.source or self.signalled

    def _may_come_from(self, address: Address) -> bool:
        return self.latch == "any" or (self.latch == "host" and address[0] == self.signalled[0])

    def _watch(self, address: Address, packet: bytes) -> bool:
        read = parse_rtp(packet)
        if read is None:
            return False
        follows = address == self._candidate and self._stream == (read.source, read.sequence)
        self._row = self._row + 1 if follows else 1
        self._candidate, self._stream = address, (read.source, (read.sequence + 1) & 0xFFFF)
        if self._row >= PACKETS_IN_A_ROW:
            self.source = address
        return self.source == address
