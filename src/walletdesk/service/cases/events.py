"""What happened to cases, in the past tense."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.outbox.public import Fact, fact


class _CaseFact(Fact):
    case_id: uuid.UUID
    customer_id: uuid.UUID
    merchant_id: uuid.UUID | None

    def topics(self) -> list[str]:
        """The desk, the customer, whoever has the case on screen, and the merchant whom it concerns."""
        heard = ["desk", f"customer:{self.customer_id}", f"case:{self.case_id}"]
        return [*heard, f"merchant:{self.merchant_id}"] if self.merchant_id else heard


@fact("case_opened")
@dataclass(frozen=True)
class CaseOpened(_CaseFact):
    case_id: uuid.UUID
    customer_id: uuid.UUID
    merchant_id: uuid.UUID | None
    reference: str
    kind: str
    at: datetime


@fact("case_changed")
@dataclass(frozen=True)
class CaseChanged(_CaseFact):
    """``what``: the kind of the timeline entry that tells it (taken, promise_kept, refund_posted, …)."""

    case_id: uuid.UUID
    customer_id: uuid.UUID
    merchant_id: uuid.UUID | None
    what: str
    state: str
    at: datetime


@fact("case_closed")
@dataclass(frozen=True)
class CaseClosed(_CaseFact):
    """``closed_by``: customer, time, agent, or restored (the account)."""

    case_id: uuid.UUID
    customer_id: uuid.UUID
    merchant_id: uuid.UUID | None
    reference: str
    closed_by: str
    at: datetime
