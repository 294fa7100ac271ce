"""Money as the API says it: whole minor units of an asset.

    Money(3800, "CNY")              {"minor": 3800, "asset": "CNY"}, ¥38.00
    Money.of("38.00", "CNY")        the same, from what a person wrote
    Money.read("38.00 CNY")         the same, from one word or two

Never a float: what cannot be said in whole minor units of its asset is refused, not rounded.
"""

from __future__ import annotations

import re
from typing import Self

import msgspec

DIGITS = {"CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "JPY": 0, "KWD": 3, "XTS": 2}
"""ISO 4217's digits after the point. ``XTS`` is its code for testing: play money of a test key."""

_FIGURE = re.compile(r"(0|[1-9][0-9]{0,17})(?:\.([0-9]+))?", re.ASCII)
_WITH_ASSET = re.compile(r"(\S+?) ?([A-Z][A-Z0-9]{2,11})", re.ASCII)


class Money(msgspec.Struct, frozen=True, order=False):
    """``minor`` units of ``asset``. Two amounts are added or compared only when they are of one asset."""

    minor: int
    asset: str

    @classmethod
    def of(cls, figure: str, asset: str) -> Self:
        """``figure`` is digits with at most one point. Refuses (``ValueError``) signs, commas, exponents, and more decimals
        than the asset has; an asset whose digits are not known here has to be given in minor units.
        """
        match = _FIGURE.fullmatch(figure)
        if asset not in DIGITS:
            raise ValueError(f"the digits of {asset} are not known here; give minor units: Money(minor, {asset!r})")
        if match is None or len(match[2] or "") > DIGITS[asset]:
            raise ValueError(f"{figure!r} is not an amount of {asset} with at most {DIGITS[asset]} decimals")
        return cls(int(match[1] + (match[2] or "").ljust(DIGITS[asset], "0")), asset)

    @classmethod
    def read(cls, text: str) -> Self:
        """``38.00 CNY`` or ``38.00CNY``."""
        match = _WITH_ASSET.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not an amount with its asset, like 38.00 CNY")
        return cls.of(match[1], match[2])

    def _same(self, other: Money) -> int:
        if self.asset != other.asset:
            raise ValueError(f"{self.asset} and {other.asset} cannot be put together")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.asset)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.asset)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __str__(self) -> str:
        digits = DIGITS.get(self.asset)
        if digits is None:
            return f"{self.minor} minor units of {self.asset}"
        whole, rest = divmod(abs(self.minor), 10**digits)
        decimals = f".{rest:0{digits}d}" if digits else ""
        return f"{'-' if self.minor < 0 else ''}{whole}{decimals} {self.asset}"
