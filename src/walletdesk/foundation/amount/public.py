"""``Asset`` and ``Amount``: whole minor units, exact, and how they are read and shown.

    Amount(3800, CNY)           ¥38.00
    Amount(3800, JPY)           ¥3,800
    read_amount("38.5", CNY)    Amount(3850, CNY)

An amount fits a signed 64-bit column (``BIGGEST``). Text is read strictly, because a payment is no place to guess:
see :func:`read_amount` for what is refused. ISO 4217 gives the digits of a currency; a custom asset brings its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from walletdesk.foundation.errors import Invalid
from walletdesk.foundation.i18n.words import Words

BIGGEST = 2**63 - 1
DIGITS_OF_BIGGEST = 19
_PLAIN_FIGURE = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)


class NotAnAmount(Invalid):
    code = "amount_not_readable"
    what = Words("这个金额看不懂", "This amount cannot be read")
    next = Words("请只用数字和一个小数点，例如 38.50", "Use digits and one point only, for example 38.50")


class AmountTooSmall(Invalid):
    code = "amount_not_positive"
    what = Words("金额要大于零", "The amount must be above zero")
    next = Words("请改一下金额", "Please change the amount")


class AmountTooFine(Invalid):
    code = "amount_too_fine"
    what = Words("{asset} 最多 {digits} 位小数", "{asset} has at most {digits} decimals")
    next = Words("请改一下金额", "Please change the amount")


class AmountTooBig(Invalid):
    code = "amount_too_big"
    what = Words("这个金额太大", "This amount is too big")
    next = Words("请改一下金额", "Please change the amount")


class OtherAsset(Invalid):
    code = "asset_differs"
    what = Words("两种货币不能直接相加", "Two currencies cannot be added")
    next = Words("请选择同一种货币", "Choose one currency")


@dataclass(frozen=True, slots=True)
class Asset:
    """A currency (ISO 4217 alphabetic code, its digits and, for codes in QR payloads, its number) or a custom asset."""

    code: str
    digits: int
    symbol: str = ""
    number: str = ""

    @property
    def sign(self) -> str:
        return self.symbol or f"{self.code} "


CNY = Asset("CNY", 2, "¥", "156")
USD = Asset("USD", 2, "$", "840")
EUR = Asset("EUR", 2, "€", "978")
HKD = Asset("HKD", 2, "HK$", "344")
JPY = Asset("JPY", 0, "¥", "392")
KWD = Asset("KWD", 3, "KD ", "414")
XTS = Asset("XTS", 2, "", "963")
"""ISO 4217's code for testing: play money, which is worth nothing and never meets the other kinds."""
KNOWN_ASSETS = {asset.code: asset for asset in (CNY, USD, EUR, HKD, JPY, KWD)}


@dataclass(frozen=True, slots=True, order=False)
class Amount:
    """``minor`` whole minor units of ``asset``; may be negative (a difference), never a fraction."""

    minor: int
    asset: Asset

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("an amount is made of whole minor units")
        if abs(self.minor) > BIGGEST:
            raise AmountTooBig()

    def _same(self, other: Amount) -> int:
        if other.asset != self.asset:
            raise OtherAsset(asset=self.asset.code, other=other.asset.code)
        return other.minor

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.minor + self._same(other), self.asset)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.minor - self._same(other), self.asset)

    def __neg__(self) -> Amount:
        return Amount(-self.minor, self.asset)

    def __lt__(self, other: Amount) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Amount) -> bool:
        return self.minor <= self._same(other)

    @property
    def whole(self) -> str:
        """The integer part with thousands separators, without sign: ``2,846``."""
        return f"{abs(self.minor) // 10**self.asset.digits:,}"

    @property
    def decimals(self) -> str:
        """The decimals with their point, as many as the asset has: ``.17``, or nothing."""
        if not self.asset.digits:
            return ""
        return f".{abs(self.minor) % 10**self.asset.digits:0{self.asset.digits}d}"

    @property
    def plain(self) -> str:
        """For machines and CSV: ``-38.00``."""
        return f"{'-' if self.minor < 0 else ''}{self.whole.replace(',', '')}{self.decimals}"

    def __str__(self) -> str:
        return f"{'−' if self.minor < 0 else ''}{self.asset.sign}{self.whole}{self.decimals}"


def read_amount(text: str, asset: Asset) -> Amount:
    """The positive amount that a person or a payload wrote.

    Refuses, in this order: what is not ASCII digits with at most one point (``NotAnAmount``: signs, commas, exponents,
    full-width digits, ``NaN``); more decimals than the asset has (``AmountTooFine``); more than 64 bits
    (``AmountTooBig``); zero (``AmountTooSmall``).
    """
    match = _PLAIN_FIGURE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise NotAnAmount()
    whole, decimals = match[1], match[2] or ""
    if len(decimals) > asset.digits:
        raise AmountTooFine(asset=asset.code, digits=asset.digits)
    if len(whole) > DIGITS_OF_BIGGEST:
        raise AmountTooBig()
    minor = int(whole) * 10**asset.digits + int(decimals.ljust(asset.digits, "0") or 0)
    if minor > BIGGEST:
        raise AmountTooBig()
    if minor == 0:
        raise AmountTooSmall()
    return Amount(minor, asset)


def share_of(amount: Amount, basis_points: int) -> Amount:
    """``basis_points`` / 10,000 of an amount, rounded half up to the minor unit: how a fee is computed.

    Half of a negative amount goes up as well (−0.5 becomes 0), so a fee is never larger than its share by more than half.
    """
    return Amount((amount.minor * basis_points + 5_000) // 10_000, amount.asset)
