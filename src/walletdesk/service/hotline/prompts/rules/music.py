"""What a waiting caller hears: soft tones of our own making, in a slow pattern that closes on itself.

Nobody's tune: eight chords of a five-note scale, each tone a struck bar that rings out. 24 seconds, so that the announcements
fall between; quieter than a voice, so that one notices when somebody speaks.
"""

from __future__ import annotations

import numpy as np

from walletdesk.service.hotline.prompts.rules.sound import RATE, Samples, in_telephone_band

SECONDS = 24
LEVEL_DB = -26.0
BEAT = 0.75
RING = 2.4
PATTERN = "0.24.31.2.45.3.11.35.42.0.13.2.4"
SCALE_HZ = (392.0, 440.0, 523.25, 587.33, 659.25, 783.99)


def music() -> Samples:
    """The whole loop; its end rings into its beginning."""
    length = SECONDS * RATE
    loop = np.zeros(length)
    for beat, step in enumerate(PATTERN):
        if step != ".":
            tone = _struck(SCALE_HZ[int(step)]) + 0.5 * _struck(SCALE_HZ[max(0, int(step) - 2)])
            place = (int(beat * BEAT * RATE) + np.arange(len(tone))) % length
            np.add.at(loop, place, tone)
    carried = in_telephone_band(np.tile(loop, 3), RATE)[length : 2 * length]
    return carried * (10.0 ** (LEVEL_DB / 20.0) / np.sqrt(np.mean(carried**2)))


def _struck(hertz: float) -> Samples:
    seconds = np.arange(int(RING * RATE)) / RATE
    body = np.sin(2 * np.pi * hertz * seconds) + 0.3 * np.sin(4 * np.pi * hertz * seconds) * np.exp(-4 * seconds)
    return np.minimum(1.0, seconds / 0.02) * np.exp(-2.2 * seconds) * body * np.clip((RING - seconds) / 0.2, 0.0, 1.0)
