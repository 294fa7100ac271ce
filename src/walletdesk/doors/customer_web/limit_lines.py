"""Limits as a phone shows them: the words of each line, its bar, and the ladder of tiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.utils import timezone

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.wallets.public import LimitLine, LimitsView, tier_figures

TIERS = (4, 3, 2, 1)
_LADDER = (("out", "single"), ("out", "day"), ("out", "year"), ("", "balance"))
_GROUPS = {
    "out": Words("付款和转账", "Payments and transfers"),
    "codes": Words("扫码付款", "Paying by code"),
    "static_code": Words("扫印好的码", "Printed codes"),
    "dynamic_code": Words("扫当场出的码", "Codes made for the order"),
    "tap": Words("碰一碰", "Tapping"),
    "transfer": Words("其中转账", "Of these, transfers"),
    "top_up": Words("充值", "Top-ups"),
    "": Words("钱包余额", "Wallet balance"),
}
_KINDS = {
    "single": Words("每一笔", "Each one"),
    "day": Words("今天", "Today"),
    "month": Words("本月", "This month"),
    "year": Words("今年", "This year"),
    "lifetime": Words("开户以来", "Since you joined"),
    "balance": Words("最多存放", "Most it may hold"),
}
_SETTING = {
    "single": Words("每一笔最多", "At most each time"),
    "day": Words("每天最多", "At most a day"),
    "month": Words("每月最多", "At most a month"),
}
_KNOWN = {
    4: Words("只有手机号或邮箱", "Phone or e-mail only"),
    3: Words("核对过姓名", "Name checked"),
    2: Words("核对过证件", "Papers checked"),
    1: Words("当面核对过", "Known in person"),
}


@dataclass(frozen=True, slots=True)
class LimitRow:
    """``percent`` of the limit that is used, 0 to 100, None where there is nothing to draw; ``tone`` of its bar."""

    line: LimitLine
    group: Words
    kind: Words
    percent: int | None
    tone: str
    setting: Words | None

    @property
    def address(self) -> str:
        return f"/wallet/me/limits/{self.line.group}/{self.line.kind}/"


@dataclass(frozen=True, slots=True)
class Panel:
    """The lines of one group."""

    words: Words
    rows: Sequence[LimitRow]


@dataclass(frozen=True, slots=True)
class Step:
    """A tier of the ladder. ``figures``: each, a day, a year, balance, as they are written; empty where there is none."""

    tier: int
    known: Words
    figures: tuple[str, ...]
    here: bool


def row_of(line: LimitLine) -> LimitRow:
    percent = _percent(line)
    tone = "near" if percent is not None and percent >= 80 else ""
    return LimitRow(line, _GROUPS[line.group], _KINDS[line.kind], percent, tone, _SETTING.get(line.kind))


def _percent(line: LimitLine) -> int | None:
    """Rounded down, so that a bar is full only when nothing is left."""
    if line.used is None or line.holds is None:
        return None
    if line.left is not None and line.left.minor == 0:
        return 100
    return min(99, 100 * line.used.minor // line.holds.minor)


def panels(rows: Sequence[LimitRow]) -> list[Panel]:
    groups = list(dict.fromkeys(row.line.group for row in rows))
    return [Panel(_GROUPS[group], [row for row in rows if row.line.group == group]) for group in groups]


def ladder(limits: LimitsView) -> list[Step]:
    """What each tier may, the lowest first."""
    asset = limits.wallet.asset

    def step(tier: int) -> Step:
        figures = tier_figures(tier, asset.code, limits.at)

        def at_most(place: tuple[str, str]) -> str:
            return _short(Amount(figures[place], asset)) if place in figures else ""

        return Step(tier, _KNOWN[tier], tuple(map(at_most, _LADDER)), tier == limits.tier)

    return [step(tier) for tier in TIERS]


def _short(amount: Amount) -> str:
    """Without decimals where they say nothing: ``¥2,000``."""
    return str(amount) if amount.decimals.strip(".0") else f"{amount.asset.sign}{amount.whole}"


def zone_note(zone: tzinfo) -> dict[str, str]:
    """Whose midnight it is, and in whose time it is shown."""
    return {"house": str(zone), "reader": timezone.get_current_timezone_name()}
