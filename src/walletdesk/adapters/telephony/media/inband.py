"""Keys heard as tones, for the telephones that know no telephone-events: all such legs of a tick in one product.

Two frames (40 ms) of the same pair make a press; it is over after two frames without it, so that a frame that was lost
does not make two. A pair counts if it holds most of the frame's energy and neither tone is far below the other: voices
do not do that for 40 ms. Legs with telephone-events are not listened to, so nobody's speech presses a key of theirs.
"""

from __future__ import annotations

import numpy as np

from walletdesk.adapters.telephony.media.concealment import FRAME, Slots
from walletdesk.adapters.telephony.media.g711 import Samples

LOW, HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
PAD = "123A456B789C*0#D"
SHARE_OF_BOTH, SHARE_OF_EACH = 0.75, 0.12
SOFTEST = 250.0  # root mean square of a frame
BEGIN_FRAMES, END_FRAMES = 2, 2
NONE = -1

_TIME = np.arange(FRAME) / 8000
_WAVES = np.exp(-2j * np.pi * np.outer(_TIME, LOW + HIGH)).astype(np.complex64)


def keys_in(frames: Samples) -> Slots:
    """For each row the index in ``PAD`` of the key that sounds, or -1."""
    sound = frames.astype(np.float32)
    energy = np.maximum((sound**2).sum(axis=1), 1.0)
    shares = np.abs(sound @ _WAVES) ** 2 * (2 / FRAME) / energy[:, None]
    low, high = shares[:, :4], shares[:, 4:]
    both = low.max(axis=1) + high.max(axis=1)
    each = np.minimum(low.max(axis=1), high.max(axis=1))
    sounds = (both > SHARE_OF_BOTH) & (each > SHARE_OF_EACH) & (energy > FRAME * SOFTEST**2)
    return np.where(sounds, 4 * low.argmax(axis=1) + high.argmax(axis=1), NONE)


class ToneEar:
    """Per slot: the pair that sounds, for how many frames, and whether it was told."""

    def __init__(self, slots: int) -> None:
        self._key = np.full(slots, NONE, dtype=np.intp)
        self._frames = np.zeros(slots, dtype=np.intp)
        self._quiet = np.zeros(slots, dtype=np.intp)

    def reset(self, slot: int) -> None:
        self._key[slot], self._frames[slot], self._quiet[slot] = NONE, 0, 0

    def hear(self, slots: Slots, frames: Samples) -> tuple[list[tuple[int, str]], Slots]:
        """The presses that begin in this tick, as (row, key), and the rows in which a key sounds."""
        keys = keys_in(frames)
        same = (keys != NONE) & (keys == self._key[slots])
        other = (keys != NONE) & ~same
        self._frames[slots[same]] += 1
        self._quiet[slots] = np.where(same, 0, self._quiet[slots] + 1)
        self._key[slots[other]] = keys[other]
        self._frames[slots[other]] = 1
        self._quiet[slots[other]] = 0
        over = slots[self._quiet[slots] >= END_FRAMES]
        self._key[over], self._frames[over] = NONE, 0
        begun = np.flatnonzero(same & (self._frames[slots] == BEGIN_FRAMES))
        return [(int(row), PAD[keys[row]]) for row in begun], np.flatnonzero(keys != NONE)
