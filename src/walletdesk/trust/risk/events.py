"""What risk noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("risk_flagged")
@dataclass(frozen=True)
class RiskFlagged(Fact):
    flag_id: UUID
    kind: str
    customer_ids: list[UUID]
    transfer_ids: list[UUID]
    amount_minor: int
    at: datetime

    def topics(self) -> list[str]:
        return ["risk"]


@fact("freeze_ordered")
@dataclass(frozen=True)
class FreezeOrdered(Fact):
    """Risk saw a drain: nothing of this customer's goes out from now on. Wallets, notice and case follow in one go."""

    customer_id: UUID
    decision_id: UUID
    reasons: list[str]
    at: datetime

    def topics(self) -> list[str]:
        return ["risk"]


@fact("restriction_made")
@dataclass(frozen=True)
class RestrictionMade(Fact):
    """Something stands on this customer until a moment (``rules/marks.py`` says what it does)."""

    customer_id: UUID
    kind: str
    until: datetime | None
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", "risk"]


@fact("risk_rules_published")
@dataclass(frozen=True)
class RiskRulesPublished(Fact):
    number: int
    made_by: str
    published_by: str
    at: datetime

    def topics(self) -> list[str]:
        return ["risk"]
