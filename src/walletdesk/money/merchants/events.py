"""What happened to shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("merchant_signed_up")
@dataclass(frozen=True)
class MerchantSignedUp(Fact):
    merchant_id: UUID
    user_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return [f"merchant:{self.merchant_id}"]
