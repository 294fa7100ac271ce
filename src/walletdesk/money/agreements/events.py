"""What happened to agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("agreement_accepted")
@dataclass(frozen=True)
class AgreementAccepted(Fact):
    """Minor units of ``asset``: what the shop may take without a PIN, at once and in a day."""

    agreement_id: UUID
    customer_id: UUID
    merchant_id: UUID
    title: str
    max_single_minor: int
    max_day_minor: int
    asset: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"merchant:{self.merchant_id}"]


@fact("agreement_ended")
@dataclass(frozen=True)
class AgreementEnded(Fact):
    """``by`` is ``customer`` or ``merchant``; nobody had accepted it where ``customer_id`` is None."""

    agreement_id: UUID
    customer_id: UUID | None
    merchant_id: UUID
    title: str
    by: str
    at: datetime

    def topics(self) -> list[str]:
        topics = [f"merchant:{self.merchant_id}"]
        return [*topics, f"customer:{self.customer_id}"] if self.customer_id else topics
