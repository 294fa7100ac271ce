"""What happened to wallets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("wallet_opened")
@dataclass(frozen=True)
class WalletOpened(Fact):
    wallet_id: UUID
    customer_id: UUID
    asset: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("wallet_frozen")
@dataclass(frozen=True)
class WalletFrozen(Fact):
    """``mode``: ``debit`` (nothing goes out), ``credit`` (nothing comes in), ``full``."""

    wallet_id: UUID
    customer_id: UUID
    mode: str
    reason: str
    actor: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", "desk"]


@fact("wallet_unfrozen")
@dataclass(frozen=True)
class WalletUnfrozen(Fact):
    wallet_id: UUID
    customer_id: UUID
    reason: str
    actor: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", "desk"]
