"""Bars as SVG, made on the server: at most three inks, words at the bars, no style and no script of its own.

    bars([Bar("9", [Part("go", 96), Part("wait", 22)], over="81%", ghost=112)], width=900, height=360, label="…")

A chart never stands alone: its table is beside it, and ``label`` says in a sentence what a glance would see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

LEFT, TOP, FOOT = 40.0, 34.0, 26.0


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, in the chart's own unit; ``ink``: go, wait, ink, or nothing for grey."""

    ink: str
    size: float


@dataclass(frozen=True, slots=True)
class Bar:
    """``parts`` from the foot up; ``over``: words above it; ``ghost``: a dashed bar behind it (what is forecast)."""

    name: str
    parts: Sequence[Part] = ()
    over: str = ""
    ghost: float | None = None
    strong: bool = False
    named: bool = True

    @property
    def top(self) -> float:
        return max(sum(part.size for part in self.parts), self.ghost or 0.0)


def steps(highest: float, most: int = 4, whole: bool = False) -> list[float]:
    """Round figures from 0 to at least ``highest``, at most ``most`` above zero; ``whole``: people and calls have no
    halves."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = max(highest / most, 1.0) if whole else highest / most
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * (1 - 1e-9))
    return [step * count for count in range(math.ceil(highest / step - 1e-9) + 1)]


def bars(shown: Sequence[Bar], *, width: float, height: float, label: str, whole: bool = True) -> SafeString:
    """The chart; ``whole`` when its unit has no halves."""
    scale = steps(max((bar.top for bar in shown), default=0.0), whole=whole)
    foot, room = height - FOOT, height - FOOT - TOP
    unit = room / scale[-1]
    slot = (width - LEFT) / max(1, len(shown))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        _n(width),
        _n(height),
        label,
        _lines(scale, unit, foot, width),
        format_html_join(
            "", "{}", ((_bar(bar, LEFT + slot * place, slot, unit, foot),) for place, bar in enumerate(shown))
        ),
    )


def _lines(scale: Sequence[float], unit: float, foot: float, width: float) -> SafeString:
    return format_html_join(
        "",
        '<path class="{}" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            ("grid" if at else "axis", _n(LEFT), _n(foot - at * unit), _n(width), _n(LEFT - 8), _n(foot - at * unit + 4),
             f"{at:g}")
            for at in scale
        ),
    )  # fmt: skip


def _bar(bar: Bar, left: float, slot: float, unit: float, foot: float) -> SafeString:
    wide, x = slot * 0.8, left + slot * 0.1
    at, pieces = foot, []
    if bar.ghost:
        tall = bar.ghost * unit
        pieces.append(
            format_html(
                '<rect class="ghost" x="{}" y="{}" width="{}" height="{}"/>', _n(x), _n(foot - tall), _n(wide), _n(tall)
            )
        )
    for part in bar.parts:
        tall = part.size * unit
        at -= tall
        if tall > 0:
            pieces.append(
                format_html(
                    '<rect class="b{}" x="{}" y="{}" width="{}" height="{}"/>',
                    f"-{part.ink}" if part.ink else "",
                    _n(x),
                    _n(at),
                    _n(wide),
                    _n(tall),
                )
            )
    middle = _n(left + slot / 2)
    if bar.over:
        over = min(at, foot - (bar.ghost or 0.0) * unit) if not bar.parts else at
        pieces.append(
            format_html(
                '<text class="over strong" x="{}" y="{}" text-anchor="middle">{}</text>', middle, _n(over - 6), bar.over
            )
        )
    if bar.named:
        pieces.append(
            format_html(
                '<text class="under{}" x="{}" y="{}" text-anchor="middle">{}</text>',
                " strong" if bar.strong else "",
                middle,
                _n(foot + 19),
                bar.name,
            )
        )
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped above


def _n(number: float) -> str:
    """At most one decimal, and none where none is needed."""
    return f"{number:.1f}".removesuffix(".0")
