"""Every pair of tokens that carries text or meaning, against WCAG 2.2 AA, in both lights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import walletdesk.doors._shared as shared

CSS = (Path(shared.__file__).parent / "static/walletdesk/tokens.css").read_text(encoding="utf-8")
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "sheet", "well")
STATES = ("jade", "amber", "vermilion", "unknown")

PAIRS: list[tuple[str, str, float]] = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "jade") for ground in GROUNDS],
    *[(ink, ground, TEXT) for ink in ("amber-ink", "vermilion", "vermilion-ink") for ground in ("paper", "sheet")],
    *[(f"{state}-ink", f"{state}-wash", TEXT) for state in STATES],
    *[(ink, f"{state}-wash", TEXT) for ink in ("ink", "ink-2") for state in STATES],
    ("on-jade", "jade-fill", TEXT),
    ("on-jade", "jade-fill-2", TEXT),
    ("on-vermilion", "vermilion-fill", TEXT),
    *[(ink, ground, TEXT) for ink in ("on-bar", "on-bar-2") for ground in ("bar", "bar-2")],
    ("bar-go", "bar", TEXT),
    ("bar-wait", "bar", TEXT),
    *[("amber", ground, SHAPE) for ground in ("paper", "sheet", "amber-wash")],
    ("jade", "jade-wash", SHAPE),
    ("vermilion", "vermilion-wash", SHAPE),
    *[("unknown", ground, SHAPE) for ground in ("paper", "sheet", "unknown-wash")],
    *[(edge, ground, SHAPE) for edge in ("rule-ui", "focus") for ground in GROUNDS],
    ("qr-ink", "qr-paper", TEXT),
]


def tokens_of(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


LIGHT_BLOCK, REST = CSS.split("@media (prefers-color-scheme: dark)", 1)
SYSTEM_DARK, ASKED_DARK = REST.split(':root[data-theme="dark"]', 1)
LIGHTS = {"light": tokens_of(LIGHT_BLOCK), "dark": tokens_of(LIGHT_BLOCK) | tokens_of(ASKED_DARK)}


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_dark_by_wish_and_dark_by_system_are_the_same() -> None:
    assert tokens_of(SYSTEM_DARK) == tokens_of(ASKED_DARK)


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize(("fore", "ground", "needed"), PAIRS)
def test_a_pair_can_be_read(light: str, fore: str, ground: str, needed: float) -> None:
    tokens = LIGHTS[light]
    assert contrast(tokens[fore], tokens[ground]) >= needed, f"{fore} on {ground}"
