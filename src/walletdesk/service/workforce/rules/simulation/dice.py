"""Chance from a seed: the same numbers on every machine and in every version of Python (SplitMix64, public domain)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


class Dice:
    """``Dice(7).share()`` is always the same first number."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def _bits(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def share(self) -> float:
        """Evenly from 0 up to, not including, 1."""
        return (self._bits() >> 11) / (1 << 53)

    def gap(self, mean: float) -> float:
        """A wait without memory."""
        return -math.log(1 - self.share()) * mean

    def around(self, mean: float, variation: float) -> float:
        """A positive time whose logarithm is normal; ``variation`` is its standard deviation over its mean."""
        spread = math.sqrt(math.log(1 + variation * variation))
        normal = math.sqrt(-2 * math.log(1 - self.share())) * math.cos(2 * math.pi * self.share())
        return mean * math.exp(spread * normal - spread * spread / 2)

    def pick(self, weights: Mapping[T, float]) -> T:
        """One of the keys, by its weight."""
        left = self.share() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(list(weights)))

    def another(self) -> Dice:
        """Dice of their own, so that what is drawn there changes nothing here."""
        return Dice(self._bits())
