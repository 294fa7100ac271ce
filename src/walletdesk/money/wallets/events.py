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


@fact("own_limit_changed")
@dataclass(frozen=True)
class OwnLimitChanged(Fact):
    """The owner set a limit (``group``: out, transfer; ``window``: single, day, month; minor units, None: no limit).

    ``group`` payee: of what goes to ``payee_id`` alone. ``raised``: it was asked to rise, and holds only from
    ``holds_from``; until then it can be cancelled.
    """

    customer_id: UUID
    wallet_id: UUID
    asset: str
    group: str
    window: str
    before_minor: int | None
    minor: int | None
    raised: bool
    holds_from: datetime
    at: datetime
    payee_id: UUID | None = None

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("own_limit_raise_cancelled")
@dataclass(frozen=True)
class OwnLimitRaiseCancelled(Fact):
    """What was asked to rise stays as it is."""

    customer_id: UUID
    wallet_id: UUID
    asset: str
    group: str
    window: str
    at: datetime
    payee_id: UUID | None = None

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]
