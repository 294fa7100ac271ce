"""Whether an account stands still, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.i18n.words import Words
from walletdesk.money.wallets.public import freezes_of, wallets_of
from walletdesk.service.freezes.models import AccountFreeze
from walletdesk.trust.risk.public import restrictions_of


@dataclass(frozen=True, slots=True)
class FreezeState:
    """``mode`` is what the wallets say now: ``none``, ``debit``, ``credit`` or ``full``, the hardest of them. The rest is
    of the open record; a wallet frozen without one says neither why nor since when.
    """

    customer_id: UUID
    mode: str
    id: UUID | None = None
    ordered_by: str = ""
    channel: str = ""
    reason: Words | None = None
    case_id: UUID | None = None
    since: datetime | None = None

    @property
    def frozen(self) -> bool:
        return self.mode != "none"

    @property
    def own_to_lift(self) -> bool:
        """Whether the customer may lift it alone, with a proof."""
        return self.frozen and self.ordered_by in ("self", "risk")


_HARDEST = ("none", "credit", "debit", "full")


def freeze_state(customer_id: UUID) -> FreezeState:
    """How this customer's account stands now; read on the primary."""
    mode = max((wallet.freeze for wallet in wallets_of(customer_id)), key=_HARDEST.index, default="none")
    row = open_freeze(customer_id)
    if row is None:
        return FreezeState(customer_id, "debit" if mode == "none" and _risk_denies(customer_id) else mode)
    reason = Words(row.reason["zh-hans"], row.reason["en"])
    mode = mode if mode != "none" else row.mode
    return FreezeState(customer_id, mode, row.id, row.ordered_by, row.channel, reason, row.case_id, row.frozen_at)


def _risk_denies(customer_id: UUID) -> bool:
    """Risk has ordered a freeze and denies by itself; the wallets follow within moments."""
    return any(one.kind == "frozen" for one in restrictions_of(customer_id))


def open_freeze(customer_id: UUID) -> AccountFreeze | None:
    return AccountFreeze.objects.filter(customer_id=customer_id, lifted_at=None).first()


def frozen_by(wallet_id: UUID) -> str:
    """Who set the flag that stands on this wallet now; nobody for a wallet that moves."""
    return next((one.actor for one in freezes_of(wallet_id) if one.lifted_at is None), "")
