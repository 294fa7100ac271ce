"""G.711 as tables: μ-law and A-law to 16 bits and back, for whole arrays of legs at once.

Decoding is the table of ITU-T G.711 (levels scaled to 16 bits), encoding its decision values: at the border of two
segments that is not the nearest level. A sample on a decision value goes to the outer level.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
Bytes = npt.NDArray[np.uint8]

CODECS: Final = ("PCMU", "PCMA")
CODEC_INDEX: Final = {"PCMU": 0, "PCMA": 1}
SILENCE: Final = (0xFF, 0xD5)  # the byte of silence, by codec


def _mu_law_levels() -> Samples:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    magnitude = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


def _a_law_levels() -> Samples:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    segment, step = (code & 0x70) >> 4, (code & 0x0F) << 4
    magnitude = np.where(segment == 0, step + 8, (step + 0x108) << np.maximum(segment - 1, 0))
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.int16)


def _by_decision_values(levels: Samples, half_steps: npt.NDArray[np.int64]) -> Bytes:
    """For each 16-bit sample, seen as unsigned, its code. A level begins half a step of its own segment below it."""
    samples = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32)
    codes = np.arange(256)
    table = np.empty(65536, dtype=np.uint8)
    for side, positive in ((samples >= 0, True), (samples < 0, False)):
        # Both laws keep the sign in the top bit, set for positive: two zeros of μ-law stay apart.
        own = codes[(codes & 0x80 != 0) == positive]
        own = own[np.argsort(np.abs(levels[own].astype(np.int32)))]
        decisions = np.abs(levels[own].astype(np.int64)) - half_steps
        table[side] = own[np.searchsorted(decisions[1:], np.abs(samples[side]), side="right")]
    return table


_SEGMENT = np.arange(128) // 16
LEVELS: Final = np.stack([_mu_law_levels(), _a_law_levels()])
CODES: Final = np.stack(
    [
        _by_decision_values(LEVELS[0], 4 << _SEGMENT),
        _by_decision_values(LEVELS[1], 8 << np.maximum(_SEGMENT - 1, 0)),
    ]
)
_FLAT_LEVELS = LEVELS.ravel()
_FLAT_CODES = CODES.ravel()


def decode(coded: Bytes, codec: npt.NDArray[np.intp]) -> Samples:
    """``coded`` [legs, n] to samples; ``codec`` [legs] is 0 for μ-law, 1 for A-law."""
    return np.take(_FLAT_LEVELS, coded + (codec << 8).astype(np.uint16)[:, None])


def encode(samples: Samples, codec: npt.NDArray[np.intp]) -> Bytes:
    """``samples`` [legs, n] to bytes by each leg's codec."""
    return np.take(_FLAT_CODES, samples.view(np.uint16) + (codec << 16).astype(np.uint32)[:, None])
