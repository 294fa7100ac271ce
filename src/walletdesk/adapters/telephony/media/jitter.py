"""The jitter buffer of all legs: a ring of frames that is addressed by the RTP timestamp.

A packet is written where its timestamp says, so order, repeats and packet length do not matter; what is missing when
its time comes is concealed. Positions are samples since the stream began, in 64 bits; only their ring index wraps.

    first packet            played 40 ms later
    came too late           dropped and counted; the leg waits one tick, up to 120 ms in all
    nothing there to play   concealed, and the leg waits (a stall upstream), up to 120 ms
    40 ms early for 3 s     two frames are blended into one: the delay shrinks again, and clocks that drift are followed
    more than 120 ms ahead  the oldest is skipped (a burst after a stall)
    nothing for 200 ms,     the next packet begins a new stream in the same place
    or out of the ring,
    or late 25 times
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from walletdesk.adapters.telephony.media.concealment import FRAME, HISTORY, Concealment, Slots
from walletdesk.adapters.telephony.media.g711 import Samples

FRAMES = 32  # of the ring: 640 ms
LEAST, MOST = 2 * FRAME, 6 * FRAME  # 40 and 120 ms
CALM_TICKS = 150
STARVED_TICKS = 10
LATE_IN_A_ROW = 25
_FAR = 1 << 40
_HISTORY_FRAMES = np.arange(-HISTORY // FRAME, 0)
_FADE_IN = (np.arange(FRAME, dtype=np.float32) + 0.5) / FRAME


class JitterBuffers:
    """For ``slots`` legs. In one call to ``put`` a slot may appear once; ``read`` is called once a tick."""

    def __init__(self, slots: int) -> None:
        self._ring = np.zeros((slots, FRAMES, FRAME), dtype=np.int16)
        self._there = np.zeros((slots, FRAMES, FRAME), dtype=bool)
        self.running = np.zeros(slots, dtype=bool)
        self._next = np.zeros(slots, dtype=np.int64)  # position of the frame to be read next
        self._first = np.zeros(slots, dtype=np.int64)  # where its stream begins; nothing is missing before that
        self._top = np.zeros(slots, dtype=np.int64)  # end of the newest packet
        self._place = np.zeros(slots, dtype=np.int64)  # a position, and …
        self._stamp = np.zeros(slots, dtype=np.uint32)  # … the timestamp that stands there
        self._margin = np.full(slots, _FAR, dtype=np.int64)  # the least time to spare of late
        self._calm = np.zeros(slots, dtype=np.int64)
        self._starved = np.zeros(slots, dtype=np.int64)
        self._late_row = np.zeros(slots, dtype=np.int64)
        self._wait = np.zeros(slots, dtype=bool)
        self.late = np.zeros(slots, dtype=np.int64)  # packets, over the leg's life
        self._concealment = Concealment(slots)

    def reset(self, slot: int) -> None:
        """Another stream, or another leg: nothing of the old one will be heard."""
        self.running[slot] = False
        self._there[slot] = False
        self._ring[slot] = 0
        self._concealment.forget(slot)

    def delay_samples(self, slot: int) -> int:
        """What is waiting to be played."""
        return int(self._top[slot] - self._next[slot]) if self.running[slot] else 0

    # ── in ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def put(
        self, slots: Slots, stamps: npt.NDArray[np.uint32], samples: Samples, lengths: npt.NDArray[np.intp]
    ) -> None:
        """``samples`` [n, longest] of which ``lengths`` count, at most 480."""
        start = self._position(slots, stamps)
        fresh = ~self.running[slots] | (start + lengths > self._next[slots] + (FRAMES - 4) * FRAME)
        if fresh.any():
            self._begin(slots[fresh], stamps[fresh])
            start[fresh] = self._place[slots[fresh]]
        spare = start - self._next[slots]
        late = spare < 0
        if late.any():
            self._came_late(slots[late])
            late &= spare + lengths <= 0  # else its end is still of use
        good = ~late
        slots, start, lengths, stamps, spare = slots[good], start[good], lengths[good], stamps[good], spare[good]
        self._late_row[slots[spare >= 0]] = 0
        self._margin[slots] = np.minimum(self._margin[slots], spare)
        self._write(slots, start, samples[good], lengths)
        newer = start + lengths > self._top[slots]
        self._top[slots[newer]] = (start + lengths)[newer]
        self._place[slots], self._stamp[slots] = start, stamps
        self._starved[slots] = 0
        self._skip_surplus(slots)

    def _position(self, slots: Slots, stamps: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
        return self._place[slots] + (stamps - self._stamp[slots]).view(np.int32)

    def _begin(self, slots: Slots, stamps: npt.NDArray[np.uint32]) -> None:
        """A stream begins, 40 ms before it is read; its positions go on from the old ones."""
        self._there[slots] = False
        self._place[slots] = self._top[slots] = self._first[slots] = self._next[slots] + LEAST
        self._stamp[slots] = stamps
        self._margin[slots], self._calm[slots], self._late_row[slots] = _FAR, 0, 0
        self._wait[slots] = False
        self.running[slots] = True

    def _came_late(self, slots: Slots) -> None:
        self.late[slots] += 1
        self._late_row[slots] += 1
        self._wait[slots] = True
        self.running[slots[self._late_row[slots] >= LATE_IN_A_ROW]] = False

    def _write(
        self, slots: Slots, start: npt.NDArray[np.int64], samples: Samples, lengths: npt.NDArray[np.intp]
    ) -> None:
        whole = (lengths == FRAME) & (start % FRAME == 0)
        if whole.any():
            at = (start[whole] // FRAME) % FRAMES
            self._ring[slots[whole], at] = samples[whole, :FRAME]
            self._there[slots[whole], at] = True
        for row in np.flatnonzero(~whole):
            self._write_odd(int(slots[row]), int(start[row]), samples[row, : lengths[row]])

    def _write_odd(self, slot: int, start: int, samples: Samples) -> None:
        """A packet of another length, or off the frames; what of it is late is left out."""
        late = max(0, int(self._next[slot]) - start)
        places = (np.arange(start + late, start + len(samples))) % (FRAMES * FRAME)
        self._ring[slot].reshape(-1)[places] = samples[late:]
        self._there[slot].reshape(-1)[places] = True

    def _skip_surplus(self, slots: Slots) -> None:
        surplus = (self._top[slots] - self._next[slots] - MOST) // FRAME
        for row in np.flatnonzero(surplus > 0):
            slot, first = int(slots[row]), int(self._next[slots[row]]) // FRAME
            self._there[slot, np.arange(first, first + surplus[row]) % FRAMES] = False
            self._next[slot] += surplus[row] * FRAME
            self._margin[slot] = _FAR

    # ── out ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, slots: Slots) -> Samples:
        """The next 20 ms of each of these legs."""
        frames = self._next[slots] // FRAME % FRAMES
        out = self._ring[slots, frames]
        there = self._there[slots, frames]
        whole = there.all(axis=1)
        running = self.running[slots]
        early = running & (self._next[slots] < self._first[slots])
        out[early] = 0
        starved = running & (self._top[slots] <= self._next[slots])
        delay = self._top[slots] - self._next[slots]
        wait = starved | (running & ~early & self._wait[slots] & (delay < MOST))
        self._wait[slots] = False
        broken = running & ~early & (wait | ~whole)
        if broken.any():
            out[broken] = self._conceal(slots[broken], out[broken], there[broken] & ~wait[broken, None])
        out[~running] = 0
        back = running & ~broken & ~early & (self._concealment.gap[slots] > 0)
        if back.any():
            frames_back = out[back]
            self._concealment.blend(slots[back], frames_back)
            out[back] = frames_back
        self._advance(slots, frames, running & ~wait, broken, out)
        self._note_starved(slots, starved)
        self._shrink(slots, out, running & ~broken)
        return out

    def _conceal(self, slots: Slots, heard: Samples, there: npt.NDArray[np.bool_]) -> Samples:
        new = self._concealment.gap[slots] == 0
        if new.any():
            begun = slots[new]
            frames = (self._next[begun, None] // FRAME + _HISTORY_FRAMES) % FRAMES
            self._concealment.begin(begun, self._ring[begun[:, None], frames].reshape(len(begun), HISTORY))
        filled = np.where(there, heard, self._concealment.fill(slots))
        self._concealment.gap[slots] += FRAME
        return filled

    def _advance(
        self, slots: Slots, frames: Slots, moves: npt.NDArray[np.bool_], broken: npt.NDArray[np.bool_], out: Samples
    ) -> None:
        patched = moves & broken
        if patched.any():
            self._ring[slots[patched], frames[patched]] = out[patched]  # history for the next gap
        self._there[slots[moves], frames[moves]] = False
        self._next[slots[moves]] += FRAME

    def _note_starved(self, slots: Slots, starved: npt.NDArray[np.bool_]) -> None:
        dry = slots[starved]
        if len(dry):
            self._starved[dry] += 1
            ended = dry[self._starved[dry] >= STARVED_TICKS]
            self.running[ended] = False
            self._concealment.gap[ended] = 0

    def _shrink(self, slots: Slots, out: Samples, sound: npt.NDArray[np.bool_]) -> None:
        """Whoever had 40 ms to spare for three seconds gets 20 ms nearer: this frame and the next become one."""
        self._calm[slots] += 1
        due = self._calm[slots] >= CALM_TICKS
        if not due.any():
            return
        spare = due & sound & (self._margin[slots] > LEAST) & (self._margin[slots] < _FAR)
        nearer = slots[spare]
        frames = self._next[nearer] // FRAME % FRAMES
        ready = self._there[nearer, frames].all(axis=1)
        nearer, frames, rows = nearer[ready], frames[ready], np.flatnonzero(spare)[ready]
        out[rows] = (out[rows] * (1 - _FADE_IN) + self._ring[nearer, frames] * _FADE_IN).astype(np.int16)
        self._there[nearer, frames] = False
        self._next[nearer] += FRAME
        self._calm[slots[due]] = 0
        self._margin[slots[due]] = _FAR
