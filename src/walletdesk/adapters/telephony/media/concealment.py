"""What is heard where sound was lost: the last pitch period again, fading out. All legs that miss something at once.

The period is where the last 20 ms resemble what came before them most (25 to 200 Hz); it is looked for once a gap. A
gap is full for 20 ms, gone after 80. Where sound returns, 5 ms are blended, so that nothing clicks.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from walletdesk.adapters.telephony.media.g711 import Samples

FRAME = 160
HISTORY = 480
SHORTEST, LONGEST = 40, 320
FULL, GONE = 160, 640  # samples into the gap
BLEND = 40
MOST_SEARCHES = 32  # in one tick: when a whole trunk falls silent, later ones repeat their last 20 ms as it is

Slots = npt.NDArray[np.intp]
_WITHIN = np.arange(FRAME)
_IN = (np.arange(BLEND, dtype=np.float32) + 0.5) / BLEND


class Concealment:
    """Per slot: how far into a gap, and the period that is repeated there."""

    def __init__(self, slots: int) -> None:
        self.gap = np.zeros(slots, dtype=np.int64)
        self._period = np.full(slots, FRAME, dtype=np.int64)
        self._pattern = np.zeros((slots, LONGEST), dtype=np.int16)

    def forget(self, slot: int) -> None:
        self.gap[slot] = 0
        self._pattern[slot] = 0

    def begin(self, slots: Slots, history: Samples) -> None:
        """Gaps begin here; ``history`` [n, HISTORY] is what was heard last."""
        periods = np.full(len(slots), FRAME, dtype=np.int64)
        searched = min(len(slots), MOST_SEARCHES)
        periods[:searched] = pitch_periods(history[:searched])
        self._period[slots] = periods
        self._pattern[slots] = history[:, -LONGEST:]

    def fill(self, slots: Slots) -> Samples:
        """The next frame of each of these gaps; does not move on."""
        since = self.gap[slots][:, None] + _WITHIN
        period = self._period[slots][:, None]
        samples = self._pattern[slots[:, None], LONGEST - period + since % period]
        fade = np.clip((GONE - since) / (GONE - FULL), 0, 1, dtype=np.float32)
        return (samples * fade).astype(np.int16)

    def blend(self, slots: Slots, frames: Samples) -> None:
        """Sound is back in ``frames``: lead into it from the gap, and end the gap."""
        old = self.fill(slots)[:, :BLEND]
        frames[:, :BLEND] = (old * (1 - _IN) + frames[:, :BLEND] * _IN).astype(np.int16)
        self.gap[slots] = 0


def pitch_periods(history: Samples) -> npt.NDArray[np.int64]:
    """The lag at which the last frame of each row resembles its past most, by normalised correlation."""
    if not len(history):
        return np.zeros(0, dtype=np.int64)
    past = history.astype(np.float32)
    last = past[:, -FRAME:]
    # Window k begins at k, so its lag is HISTORY - FRAME - k: from LONGEST down to SHORTEST.
    windows = np.lib.stride_tricks.sliding_window_view(past, FRAME, axis=1)[:, : LONGEST - SHORTEST + 1]
    likeness = np.einsum("nkw,nw->nk", windows, last)
    squares = np.cumsum(np.pad(past**2, ((0, 0), (1, 0))), axis=1, dtype=np.float64)
    energy = (squares[:, FRAME:] - squares[:, :-FRAME])[:, : LONGEST - SHORTEST + 1]
    score = likeness / np.sqrt(np.maximum(energy, 1.0))
    # The shortest lag that is nearly as good as the best: a period, not a multiple that hides a change.
    good = score[:, ::-1] >= 0.98 * score.max(axis=1, keepdims=True)
    return np.where(score.max(axis=1) > 0, SHORTEST + good.argmax(axis=1), FRAME)
