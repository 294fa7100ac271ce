"""How a stream arrives: what was expected and came, and how unevenly (RFC 3550, appendix A). All legs at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from walletdesk.adapters.telephony.media.concealment import Slots


class Reception:
    """Counts per slot. Expected = highest extended sequence number − first + 1; a new stream adds to the old one's."""

    def __init__(self, slots: int) -> None:
        self._begun = np.zeros(slots, dtype=bool)
        self._timed = np.zeros(slots, dtype=bool)
        self._first = np.zeros(slots, dtype=np.int64)
        self.highest = np.zeros(slots, dtype=np.int64)
        self.received = np.zeros(slots, dtype=np.int64)
        self._expected_before = np.zeros(slots, dtype=np.int64)
        self._transit = np.zeros(slots, dtype=np.int64)
        self.jitter = np.zeros(slots, dtype=np.float64)  # in samples
        self._reported = np.zeros((slots, 2), dtype=np.int64)  # expected, received at the last report

    def reset(self, slot: int) -> None:
        for array in (self._begun, self._timed, self.received, self._expected_before, self.jitter, self._reported):
            array[slot] = 0

    def new_stream(self, slot: int) -> None:
        self._expected_before[slot] = self.expected(slot)
        self._begun[slot] = self._timed[slot] = False

    def note(
        self, slots: Slots, sequences: npt.NDArray[np.uint16], stamps: npt.NDArray[np.uint32], arrival: int
    ) -> None:
        """One packet each of these slots, arrived at ``arrival`` (samples of our clock)."""
        self.number(slots, sequences)
        transit = (np.uint32(arrival & 0xFFFFFFFF) - stamps).astype(np.int64)
        new = ~self._timed[slots]
        self._transit[slots[new]] = transit[new]
        self._timed[slots] = True
        difference = np.abs((transit - self._transit[slots]).astype(np.uint32).view(np.int32))
        difference = np.where(difference > 8000, 0, difference)  # a jump of the sender's clock is no jitter
        self._transit[slots] = transit
        self.jitter[slots] += (difference - self.jitter[slots]) / 16

    def number(self, slots: Slots, sequences: npt.NDArray[np.uint16]) -> None:
        """Count only: a key's packets all bear the time of its beginning and say nothing of jitter."""
        new = ~self._begun[slots]
        if new.any():
            self._first[slots[new]] = self.highest[slots[new]] = sequences[new]
            self._begun[slots] = True
        ahead = (sequences - self.highest[slots].astype(np.uint16)).view(np.int16)
        self.highest[slots] += np.maximum(ahead, 0)
        self.received[slots] += 1

    def expected(self, slot: int) -> int:
        own = int(self.highest[slot] - self._first[slot] + 1) if self._begun[slot] else 0
        return int(self._expected_before[slot]) + own

    def lost(self, slot: int) -> int:
        """May be negative: repeats count as received."""
        return self.expected(slot) - int(self.received[slot])

    def fraction_lost(self, slot: int) -> float:
        """Since this was last asked."""
        now = np.array([self.expected(slot), self.received[slot]])
        expected, received = now - self._reported[slot]
        self._reported[slot] = now
        return max(0.0, float(expected - received) / float(expected)) if expected > 0 else 0.0
