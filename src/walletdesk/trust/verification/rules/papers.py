"""Photos of documents: which are needed for what, and whether one can be read at all; pure.

A photo is judged on its grey values, 0 to 255, one byte a pixel, before a person spends time on it:

    size        the shorter side has at least 600 pixels: a card then has about 300 to the inch
    sharpness   variance of the Laplacian; a blurred photo has few edges (Pech-Pacheco and others, ICPR 2000)
    glare       share of pixels that are burnt out (250 and above) in blotches; a reflection of a lamp hides letters
    darkness    mean grey below 40: nothing can be read

This finds what a person would send back at once. It does not find forgeries; that is the second agent's work.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from walletdesk.foundation.i18n.words import Words

UNLOCK, TIER = "unlock", "tier"
PURPOSES = {
    UNLOCK: Words("重新打开账户", "To open the account again"),
    TIER: Words("提高限额", "For higher limits"),
}
SIDES = {
    "front": Words("证件正面", "Front of the document"),
    "back": Words("证件背面", "Back of the document"),
    "face": Words("您拿着证件", "You, holding the document"),
}
NEEDED = {UNLOCK: ("front", "face"), TIER: ("front", "back")}
"""Which photos a purpose needs; others may be added."""
DOCUMENTS = {
    "id_card": Words("居民身份证", "Chinese identity card"),
    "passport": Words("护照", "Passport"),
    "permit": Words("港澳台居民居住证或永久居留证", "Residence permit"),
}
SHORTEST_SIDE = 600
LEAST_SHARPNESS = 45.0
MOST_GLARE = 0.06
LEAST_LIGHT = 40.0
LOOKED_AT = 1024
"""The longer side in pixels at which sharpness and glare are measured, so that one limit serves every camera."""
_BLOTCH = 8


@dataclass(frozen=True, slots=True)
class Quality:
    """``width`` and ``height`` of the photo as sent; ``sharpness``, ``glare`` (0 to 1) and ``light`` as measured."""

    width: int
    height: int
    sharpness: float
    glare: float
    light: float


def measure(grey: np.ndarray, width: int, height: int) -> Quality:
    """``grey``: a picture of at most ``LOOKED_AT`` on its longer side, rows of bytes. ``width``, ``height``: the original's."""
    pixels = grey.astype(np.float32)
    edges = (
        pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:] - 4 * pixels[1:-1, 1:-1]
        if min(pixels.shape) > 2
        else np.zeros((1, 1), np.float32)
    )
    return Quality(width, height, round(float(edges.var()), 1), round(_glare(grey), 4), round(float(pixels.mean()), 1))


def _glare(grey: np.ndarray) -> float:
    """Share of the picture in burnt-out blotches: squares of eight by eight that are burnt through and through.

    White paper around a card is burnt out too, now and then, but touches the rim; only what lies inside counts.
    """
    rows, columns = (side // _BLOTCH for side in grey.shape)
    if rows < 3 or columns < 3:
        return 0.0
    squares = grey[: rows * _BLOTCH, : columns * _BLOTCH].reshape(rows, _BLOTCH, columns, _BLOTCH)
    burnt = (squares >= 250).mean(axis=(1, 3)) >= 0.9
    return float((burnt & ~_reached_from_rim(burnt)).mean())


def _reached_from_rim(burnt: np.ndarray) -> np.ndarray:
    """The burnt squares that hang together with a burnt square at the rim."""
    reached = np.zeros_like(burnt)
    reached[0], reached[-1], reached[:, 0], reached[:, -1] = burnt[0], burnt[-1], burnt[:, 0], burnt[:, -1]
    for _ in range(sum(burnt.shape)):
        wider = reached.copy()
        wider[1:] |= reached[:-1]
        wider[:-1] |= reached[1:]
        wider[:, 1:] |= reached[:, :-1]
        wider[:, :-1] |= reached[:, 1:]
        wider &= burnt
        if (wider == reached).all():
            break
        reached = wider
    return reached


def fault_of(quality: Quality) -> str | None:
    """The first of ``too_small``, ``too_dark``, ``glare``, ``blurred`` that holds; None for a photo that can be read."""
    if min(quality.width, quality.height) < SHORTEST_SIDE:
        return "too_small"
    if quality.light < LEAST_LIGHT:
        return "too_dark"
    if quality.glare > MOST_GLARE:
        return "glare"
    return "blurred" if quality.sharpness < LEAST_SHARPNESS else None


def missing(purpose: str, sides: set[str]) -> str | None:
    """The first photo that ``purpose`` needs and ``sides`` lacks."""
    return next((side for side in NEEDED[purpose] if side not in sides), None)
