"""How long it takes to get back in: what is published, and from how many; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""Fewer cases than these say nothing about the next one, and might say something about one person."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """``count`` ways back; half of them took at most ``median`` seconds, nine of ten at most ``ninety``. None: too few."""

    count: int
    median: int | None
    ninety: int | None


def restoring(seconds: Sequence[int]) -> Restoring:
    """Nearest rank: the value that half, or nine tenths, of all do not exceed; no value that nobody had."""
    if len(seconds) < FEWEST:
        return Restoring(len(seconds), None, None)
    ordered = sorted(seconds)
    return Restoring(len(ordered), _rank(ordered, 50), _rank(ordered, 90))


def _rank(ordered: Sequence[int], percent: int) -> int:
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
