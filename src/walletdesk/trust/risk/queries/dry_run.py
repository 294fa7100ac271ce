"""What another rule set would have said of the past: the stored inputs judged once more. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.trust.risk.models import RiskDecision
from walletdesk.trust.risk.rules.looks import Look
from walletdesk.trust.risk.rules.marks import STOPPING
from walletdesk.trust.risk.rules.rule_set import RuleSet, judge

MOST_LOOKED_AT = 20_000
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Changed:
    decision_id: UUID
    customer_id: UUID
    at: datetime
    amount_minor: int
    asset: str
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """``moved`` counts (before, after); ``changed`` are the latest that would have been answered otherwise."""

    since: datetime | None
    looked_at: int
    moved: dict[tuple[str, str], int]
    changed: tuple[Changed, ...]

    @property
    def before(self) -> dict[str, int]:
        return self._sums(0)

    @property
    def after(self) -> dict[str, int]:
        return self._sums(1)

    def _sums(self, place: int) -> dict[str, int]:
        sums: Counter[str] = Counter()
        for pair, count in self.moved.items():
            sums[pair[place]] += count
        return dict(sums)


def dry_run(rules: RuleSet, compared_with: RuleSet, limit: int = MOST_LOOKED_AT) -> DryRun:
    """Both rule sets over the last ``limit`` decisions that rules made; what a mark stopped is left out, for no rule
    would change it. Counters such as "stopped before" are as they were then, not as they would have become.
    """
    rows = RiskDecision.objects.order_by("-at", "-id").values_list(
        "id", "customer_id", "at", "amount_minor", "asset", "reasons", "inputs"
    )[:limit]
    moved: Counter[tuple[str, str]] = Counter()
    changed: list[Changed] = []
    since: datetime | None = None
    for id_, customer_id, at, amount_minor, asset, reasons, inputs in rows.iterator(chunk_size=2_000):
        if reasons and reasons[0] in STOPPING:
            continue
        since = at
        look = Look.from_stored(inputs)
        before, after = judge(look, compared_with).outcome, judge(look, rules)
        moved[before, after.outcome] += 1
        if before != after.outcome and len(changed) < MOST_SHOWN:
            changed.append(Changed(id_, customer_id, at, amount_minor, asset, before, after.outcome, after.fired))
    return DryRun(since, sum(moved.values()), dict(moved), tuple(changed))
