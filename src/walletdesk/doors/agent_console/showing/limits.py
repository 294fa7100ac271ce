"""What the customer may still pay, for the agent who is asked "why was it refused?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.doors._shared.limit_words import LIMIT_GROUPS, LIMIT_KINDS, TIER_KNOWN
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.wallets.public import LimitLine, limits_of

SHOWN = (("out", "single"), ("out", "day"), ("out", "month"), ("out", "year"), ("", "balance"))
"""The wide ones always; a narrower one (codes, tapping, transfers) when nothing is left under it."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """``own``: the customer's own limit is the one that holds. ``left`` of ``holds``; ``resets_at`` None: never."""

    words: Words
    holds: Amount
    left: Amount
    own: bool
    used_up: bool
    resets_at: datetime | None


@dataclass(frozen=True, slots=True)
class LimitsShown:
    tier: int
    known: Words
    rows: Sequence[LimitRow]


def of_customer(customer_id: UUID) -> LimitsShown | None:
    """None for who has no wallet in the house's asset."""
    view = limits_of(customer_id)
    if view is None:
        return None
    rows = [row for line in view.lines if (row := _row(line)) and (_is_wide(line) or row.used_up)]
    return LimitsShown(view.tier, TIER_KNOWN[view.tier], rows)


def _is_wide(line: LimitLine) -> bool:
    return (line.group, line.kind) in SHOWN


def _row(line: LimitLine) -> LimitRow | None:
    if line.holds is None or line.left is None:
        return None
    kind, group = LIMIT_KINDS[line.kind], LIMIT_GROUPS[line.group]
    words = kind if _is_wide(line) else Words(f"{group.zh}，{kind.zh}", f"{group.en}, {kind.en.lower()}")
    own = line.own is not None and line.own == line.holds and line.own != line.house
    return LimitRow(words, line.holds, line.left, own, line.left.minor <= 0, line.resets_at)
