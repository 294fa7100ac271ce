"""What happened in verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("verification_asked")
@dataclass(frozen=True)
class VerificationAsked(Fact):
    """The customer's phone shows a question now."""

    prompt_id: UUID
    case_id: UUID
    case_reference: str
    customer_id: UUID
    employee_id: UUID
    expires_at: datetime
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}"]


@fact("customer_verified")
@dataclass(frozen=True)
class CustomerVerified(Fact):
    """The case stands at ``level`` from now on. ``employee_id`` is None when nobody asked (signed in)."""

    case_id: UUID
    customer_id: UUID
    employee_id: UUID | None
    level: int
    how: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}"]


@fact("agent_disowned")
@dataclass(frozen=True)
class AgentDisowned(Fact):
    """An alarm: the customer says that whoever speaks to them is not genuine."""

    prompt_id: UUID
    case_id: UUID
    case_reference: str
    customer_id: UUID
    employee_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}", "desk"]
