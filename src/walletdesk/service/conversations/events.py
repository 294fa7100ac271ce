"""What happened in conversations, in the past tense."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.outbox.public import Fact, fact


@fact("message_said")
@dataclass(frozen=True, slots=True)
class MessageSaid(Fact):
    """A message stands in a thread of a case. Who does not read that thread does not hear of it."""

    message_id: uuid.UUID
    case_id: uuid.UUID
    customer_id: uuid.UUID
    merchant_id: uuid.UUID | None
    author_kind: str
    audience: str
    at: datetime

    def topics(self) -> list[str]:
        match self.audience:
            case "customer":
                return ["desk", f"customer:{self.customer_id}", f"case:{self.case_id}"]
            case "merchant":
                return ["desk", f"merchant:{self.merchant_id}"]
        return ["desk"]
