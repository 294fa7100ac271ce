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
