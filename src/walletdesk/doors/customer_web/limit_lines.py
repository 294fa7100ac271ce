"""Limits as a phone shows them: the words of each line, its bar, and the ladder of tiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.utils import timezone

from walletdesk.doors._shared.limit_words import LIMIT_GROUPS, LIMIT_KINDS, TIER_KNOWN
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.wallets.public import LimitLine, LimitsView, tier_figures

TIERS = (4, 3, 2, 1)
_LADDER = (("out", "single"), ("out", "day"), ("out", "year"), ("", "balance"))
_SETTING = {
    "single": Words("每一笔最多", "At most each time"),
    "day": Words("每天最多", "At most a day"),
    "month": Words("每月最多", "At most a month"),
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
    return LimitRow(line, LIMIT_GROUPS[line.group], LIMIT_KINDS[line.kind], percent, tone, _SETTING.get(line.kind))


def _percent(line: LimitLine) -> int | None:
    """Rounded down, so that a bar is full only when nothing is left."""
    if line.used is None or line.holds is None:
        return None
    if line.left is not None and line.left.minor == 0:
        return 100
    return min(99, 100 * line.used.minor // line.holds.minor)


def panels(rows: Sequence[LimitRow]) -> list[Panel]:
    groups = list(dict.fromkeys(row.line.group for row in rows))
    return [Panel(LIMIT_GROUPS[group], [row for row in rows if row.line.group == group]) for group in groups]


def ladder(limits: LimitsView) -> list[Step]:
    """What each tier may, the lowest first."""
    asset = limits.wallet.asset

    def step(tier: int) -> Step:
        figures = tier_figures(tier, asset.code, limits.at)

        def at_most(place: tuple[str, str]) -> str:
            return _short(Amount(figures[place], asset)) if place in figures else ""

        return Step(tier, TIER_KNOWN[tier], tuple(map(at_most, _LADDER)), tier == limits.tier)

    return [step(tier) for tier in TIERS]


def _short(amount: Amount) -> str:
    """Without decimals where they say nothing: ``¥2,000``."""
    return str(amount) if amount.decimals.strip(".0") else f"{amount.asset.sign}{amount.whole}"


def zone_note(zone: tzinfo) -> dict[str, str]:
    """Whose midnight it is, and in whose time it is shown."""
    return {"house": str(zone), "reader": timezone.get_current_timezone_name()}
