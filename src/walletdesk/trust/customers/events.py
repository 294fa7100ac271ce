"""What happened to customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("customer_registered")
@dataclass(frozen=True)
class CustomerRegistered(Fact):
    customer_id: UUID
    user_id: UUID
    number: str
    name: str
    email: str
    language: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("pin_locked_out")
@dataclass(frozen=True)
class PinLockedOut(Fact):
    """Somebody, perhaps not the owner, used up the tries. The owner is told at once."""

    customer_id: UUID
    tries: int
    until: datetime
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("pin_changed")
@dataclass(frozen=True)
class PinChanged(Fact):
    """The PIN was set for the first time or replaced by a new one."""

    customer_id: UUID
    first: bool
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("tier_changed")
@dataclass(frozen=True)
class TierChanged(Fact):
    """How well the customer is known has changed, and with it what they may move. ``by`` is an actor."""

    customer_id: UUID
    before: int
    after: int
    by: str
    reason: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]
