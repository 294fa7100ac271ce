"""What happened to refunds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("refund_posted")
@dataclass(frozen=True)
class RefundPosted(Fact):
    """``case_id`` is set when a case asked for it; minor units of ``asset``."""

    refund_id: UUID
    number: str
    payment_id: UUID
    customer_id: UUID
    merchant_id: UUID
    amount_minor: int
    asset: str
    authority: str
    approval_id: UUID | None
    case_id: UUID | None
    at: datetime

    def topics(self) -> list[str]:
        topics = [f"customer:{self.customer_id}", f"merchant:{self.merchant_id}"]
        return [*topics, f"case:{self.case_id}"] if self.case_id else topics
