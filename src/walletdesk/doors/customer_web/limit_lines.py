"""Limits as a phone shows them: the words of each line, its bar, and the ladder of tiers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from uuid import UUID

from django.utils import timezone

from walletdesk.doors._shared.limit_words import LIMIT_GROUPS, LIMIT_KINDS, TIER_KNOWN
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import merchants
from walletdesk.money.wallets.public import LimitLine, LimitsView, PayeeLimitLine, tier_figures
from walletdesk.trust.customers.public import customers

TIERS = (4, 3, 2, 1)
_LADDER = (("out", "single"), ("out", "day"), ("out", "year"), ("", "balance"))
_PAYEE = Words("给{name}", "To {name}")
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
    def of(self) -> str:
        """What it speaks of: a group, or one payee."""
        group = self.line.group
        return f"{group}/{self.line.payee_id}" if isinstance(self.line, PayeeLimitLine) else group

    @property
    def address(self) -> str:
        return f"/wallet/me/limits/{self.of}/{self.line.kind}/"


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


def payee_rows(lines: Iterable[PayeeLimitLine]) -> list[LimitRow]:
    """Each under the name of its payee: a shop by its own, a person masked as on a transfer."""
    lines = list(lines)
    names = _payee_names({line.payee_id for line in lines})
    return [replace(row_of(line), group=names[line.payee_id]) for line in lines if line.payee_id in names]


def _payee_names(ids: set[UUID]) -> dict[UUID, Words]:
    shops = {one: shop.name for one, shop in merchants(ids).items()}
    people = {one: Words(found.masked_name, found.masked_name) for one, found in customers(ids - shops.keys()).items()}
    return {one: _to(name) for one, name in (shops | people).items()}


def _to(name: Words) -> Words:
    said = _PAYEE.both(name=name)
    return Words(said["zh-hans"], said["en"])


def _percent(line: LimitLine) -> int | None:
    """Rounded down, so that a bar is full only when nothing is left."""
    if line.used is None or line.holds is None:
        return None
    if line.left is not None and line.left.minor == 0:
        return 100
    return min(99, 100 * line.used.minor // line.holds.minor)


def panels(rows: Sequence[LimitRow]) -> list[Panel]:
    first = {row.of: row for row in reversed(rows)}
    return [
        Panel(first[one].group, [row for row in rows if row.of == one]) for one in dict.fromkeys(row.of for row in rows)
    ]


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
